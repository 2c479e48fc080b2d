"""A guest book: the application."""

from __future__ import annotations

from flask import Flask, abort, jsonify, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response


def create_app() -> Flask:
    """The application; entries live as long as it does."""
    app = Flask(__name__)
    app.secret_key = "not a secret: an example"
    entries: list[tuple[str, str]] = [("Ada", "What a machine!")]

    @app.get("/")
    def index() -> str:
        return render_template("index.html", entries=entries, you=session.get("name"))

    @app.post("/sign")
    def sign() -> Response:
        name, text = request.form.get("name", "").strip(), request.form.get("text", "").strip()
        if not name or not text:
            abort(400, "a name and a text are needed")
        entries.append((name, text))
        session["name"] = name
        return redirect(url_for("index"))

    @app.get("/api/entries")
    def api() -> Response:
        return jsonify([{"name": name, "text": text} for name, text in entries])

    return app

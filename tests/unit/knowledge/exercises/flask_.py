"""Flask, jinja2, werkzeug's debugger."""

from flask import Flask, render_template_string, session
from werkzeug.debug import DebuggedApplication
from werkzeug.test import Client

app = Flask("x")
app.secret_key = "x"


@app.route("/")
def index() -> str:
    """A page."""
    session["a"] = 1
    return render_template_string("{{ x|tojson }} {% for i in range(2) %}{{ i }}{% endfor %}", x=1)


app.test_client().get("/")
Client(DebuggedApplication(app)).get("/?__debugger__=yes&cmd=resource&f=style.css")

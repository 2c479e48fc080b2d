"""Serve on the loopback, or, with `--check`, ask the application through its test client."""

from __future__ import annotations

import sys

from guestbook import create_app


def check() -> int:
    """A few requests and their answers."""
    client = create_app().test_client()
    page = client.get("/")
    print(page.status, page.content_type)
    print(page.text)
    print(client.get("/static/style.css").text.strip())
    signed = client.post("/sign", data={"name": "Bob & Co", "text": "<b>hello</b>"})
    print(signed.status, signed.headers["Location"])
    print(client.get("/").text)
    print(client.get("/api/entries").text.strip())
    print(client.post("/sign", data={}).status, client.get("/nowhere").status)
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(check())
    create_app().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 5000)

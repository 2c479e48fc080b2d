"""`six.moves`, wherever a copy of six lies: it is no file; six makes its modules at run time out of the standard library's.

Goes in: wanted names.  Comes out: the copy of six that provides them, and wants of the modules behind them.  (Six itself is in package
knowledge as well: who imports it may come to its moves by attributes.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pybuild.graph.finder import Finder
from pybuild.graph.wants import Want

_RENAMED = {
    "BaseHTTPServer": "http.server",
    "CGIHTTPServer": "http.server",
    "SimpleHTTPServer": "http.server",
    "_dummy_thread": "_thread",
    "_thread": "_thread",
    "builtins": "builtins",
    "cPickle": "pickle",
    "collections_abc": "collections.abc",
    "configparser": "configparser",
    "copyreg": "copyreg",
    "dbm_gnu": "dbm.gnu",
    "dbm_ndbm": "dbm.ndbm",
    "email_mime_base": "email.mime.base",
    "email_mime_image": "email.mime.image",
    "email_mime_multipart": "email.mime.multipart",
    "email_mime_nonmultipart": "email.mime.nonmultipart",
    "email_mime_text": "email.mime.text",
    "filterfalse": "itertools",
    "getoutput": "subprocess",
    "html_entities": "html.entities",
    "html_parser": "html.parser",
    "http_client": "http.client",
    "http_cookiejar": "http.cookiejar",
    "http_cookies": "http.cookies",
    "queue": "queue",
    "reduce": "functools",
    "reload_module": "importlib",
    "reprlib": "reprlib",
    "shlex_quote": "shlex",
    "socketserver": "socketserver",
    "urllib_error": "urllib.error",
    "urllib_parse": "urllib.parse",
    "urllib_robotparser": "urllib.robotparser",
    "winreg": "winreg",
    "xmlrpc_client": "xmlrpc.client",
    "xmlrpc_server": "xmlrpc.server",
    "zip_longest": "itertools",
}
_URLLIB = ("error", "parse", "request", "response", "robotparser")


class Moves:
    """The moves of one graph."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._release: list[Want] = []

    def provider(self, want: Want) -> str:
        """The module six that makes what is wanted; "" when it is no move."""
        six, found, move = f".{want.name}.".partition(".six.moves.")
        if not found:
            return ""
        name = f"{six}.six".removeprefix(".")
        module = self._finder.get(name)
        if module is None or module.locations is not None:
            return ""
        for moved in _moved(move.removesuffix(".")):
            self._release.append(replace(want, name=moved, tentative=True, plain=False))
        return name

    def released(self) -> Iterator[Want]:
        """The modules behind the moves."""
        released, self._release = self._release, []
        yield from released


def _moved(move: str) -> tuple[str, ...]:
    """The standard library's modules behind a move; one that is no module needs none."""
    first, _, rest = move.partition(".")
    if first == "urllib":
        return (f"urllib.{rest.partition('.')[0]}",) if rest else tuple(f"urllib.{part}" for part in _URLLIB)
    if first.startswith("tkinter"):
        return ("tkinter", *([f"tkinter.{first.removeprefix('tkinter_').removeprefix('tk')}"] if first != "tkinter" else []))
    return (_RENAMED[first],) if first in _RENAMED else ()

"""One TOML file in memory: its values, its lines, and where everything stands.

Goes in: a path.  Comes out: a `Source` with tomli's values, or a `UserError` that points at the byte or character that is
wrong.  Positions are scanned when the first one is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pybuild.errors import Diagnostic, Place, UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pybuild.manifest.positions import KeyPath, Position, Spot

_DEEPEST = 100  # levels; a manifest with targets in profiles has eight
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Source:
    """A TOML file; `text` has `\\n` line ends.  Key paths are those of the whole file, also for `[tool.pybuild]`."""

    path: Path
    text: str
    values: Mapping[str, Any]

    @cached_property
    def positions(self) -> Mapping[KeyPath, Position]:
        """All key paths with their places."""
        from pybuild.manifest.positions import scan

        return scan(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The text line by line."""
        return self.text.split("\n")

    def key_place(self, path: KeyPath) -> Place:
        """Where the key of `path` stands; the nearest table around it when `path` itself is not written."""
        return self._place(path, key=True)

    def value_place(self, path: KeyPath) -> Place:
        """Where the value of `path` stands; the nearest table around it when `path` itself is not written."""
        return self._place(path, key=False)

    def _place(self, path: KeyPath, *, key: bool) -> Place:
        while path and path not in self.positions:
            path = path[:-1]
            key = True  # something around: its name says more than where its braces are
        if not path:
            return Place(self.path)
        position = self.positions[path]
        return self._place_of(position.key if key else position.value)

    def _place_of(self, spot: Spot) -> Place:
        return Place(self.path, spot.line, spot.column, self.lines[spot.line - 1], spot.width)


def read_source(path: Path) -> Source:
    """Read and parse `path`.  Raises UserError: unreadable, not UTF-8, not TOML."""
    try:
        data = path.read_bytes()
    except IsADirectoryError:
        raise _error(
            "unreadable", f"`{path}` is a folder, not a manifest", Place(path), f"name the file: `{path / 'pybuild.toml'}`"
        ) from None
    except OSError as problem:
        cause = problem.strerror or str(problem)
        raise _error("unreadable", f"the manifest cannot be read: {cause}", Place(path), "check the path and its permissions") from None
    return parse_source(path, _decode(path, data))


def parse_source(path: Path, text: str) -> Source:
    """Parse `text` as the content of `path`.  Raises UserError with the place of the first syntax error."""
    import tomli

    text = text.replace("\r\n", "\n")
    try:
        values = tomli.loads(text)
        if _is_deep(values):  # what tomli can read depends on its version; what comes after it walks trees by recursion
            raise RecursionError
    except tomli.TOMLDecodeError as problem:
        raise _syntax_error(path, text, problem) from None
    except RecursionError:
        hint = "nothing in a manifest has more than a few levels"
        raise _error("syntax", "arrays or tables are nested too deeply", Place(path), hint) from None
    except ValueError as problem:  # what Python itself refuses, like an integer of thousands of digits
        raise _error("syntax", f"not valid TOML: {problem}", Place(path), "") from None
    return Source(path, text, values)


def _is_deep(values: Mapping[str, Any]) -> bool:
    """Whether tables and arrays in `values` are nested beyond all use; looked at level by level, so without recursion."""
    level: list[Any] = [values]
    for _ in range(_DEEPEST):
        level = [
            inner for outer in level for inner in (outer.values() if isinstance(outer, dict) else outer) if isinstance(inner, dict | list)
        ]
    return bool(level)


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if data.startswith(_UTF16):
            raise _error("encoding", "the manifest is UTF-16, not UTF-8", Place(path), "save the file as UTF-8") from None
        # After a byte order mark `object` and `start` do not count it; the offsets are those of `object`.
        before = problem.object[: problem.start]
        start = before.rfind(b"\n") + 1
        end = problem.object.find(b"\n", problem.start)
        line = problem.object[start : end if end >= 0 else None]
        place = Place(path, before.count(b"\n") + 1, len(before[start:].decode()) + 1, line.decode(errors="replace").rstrip("\r"))
        byte = problem.object[problem.start]
        raise _error(
            "encoding", f"the manifest is not UTF-8: byte 0x{byte:02x} cannot stand here", place, "save the file as UTF-8"
        ) from None


def _syntax_error(path: Path, text: str, problem: ValueError) -> UserError:
    """tomli's complaint with its line; the attributes are there since tomli 2.1."""
    import ast
    import re

    from pybuild.manifest.origin import header

    lineno, colno, message = getattr(problem, "lineno", 0), getattr(problem, "colno", 0), getattr(problem, "msg", str(problem))
    lines = text.split("\n")
    place = Place(path, lineno, colno, lines[lineno - 1]) if 0 < lineno <= len(lines) else Place(path)
    if message == "Cannot overwrite a value" and place.line:
        message = "this has a value already"
        # tomli stands behind the second one by now; what it means is the whole of that line.
        start = len(place.text) - len(place.text.lstrip()) + 1
        place = Place(path, lineno, start, place.text, max(1, colno - start))
    said = re.sub(r"\((?:'[^']*'(?:, )?)+,?\)", lambda match: header(ast.literal_eval(match[0])), message)  # tomli names tables as tuples
    hint = _unquoted_key(place) or _SYNTAX_HINTS.get(message, "")
    return _error("syntax", f"not valid TOML: {said[:1].lower()}{said[1:]}", place, hint)


def _unquoted_key(place: Place) -> str:
    """How to write the key or marker in which tomli stopped, because something in it must be quoted; else nothing."""
    import re

    marker = re.match(r"""\s*\[((?:profile\.[\w-]+\.)?target)\.\s*(\w[^\]]*?[=<>!~ ][^\]]*)\]""", place.text)
    if marker is not None:
        return f"a marker stands in quotes: [{marker[1]}.'{marker[2]}']"
    key = re.match(r"""\s*(?:\[\[?\s*)?([^'"=\[\]#]*?)\s*(?:=|\]|$)""", place.text)
    if key is None or not key.start(1) < place.column <= key.end(1):
        return ""
    parts = [part.strip() for part in key[1].split(".")]
    quoted = ".".join(part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"' for part in parts)
    return f"a key with other signs than A-Z, a-z, 0-9, - and _ stands in quotes: {quoted}" if all(parts) and '"' in quoted else ""


_SYNTAX_HINTS = {
    "Invalid value": 'strings stand in quotes: key = "value"',
    "this has a value already": "a key is given once in a table",
    "Illegal character '\\n'": 'a string ends on its line; one of several lines stands in """',
    "Expected newline or end of document after a statement": "one `key = value` a line",
}


def _error(code: str, message: str, place: Place, hint: str) -> UserError:
    return UserError((Diagnostic(message, place, hint, code=f"manifest-{code}"),))

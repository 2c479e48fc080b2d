"""Where every key and value of a TOML text stands.

Goes in: the text of a document that tomli has parsed without complaint.  Comes out: for every key path of tomli's result
(array indices included) the place of the key and of the value.  tomli gives no positions, and searching the text for a
key would find it in comments and strings; this scanner reads the text as TOML, but leaves all checking and all values to
tomli.  The grammar is that of TOML 1.1 (https://toml.io/en/v1.1.0), a superset of 1.0.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_BLANK_OR_COMMA = re.compile(r"(?:[ \t\n,]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""(?P<bare>[A-Za-z0-9_-]+)|"(?P<basic>(?:[^"\\]|\\.)*)"|'(?P<literal>[^']*)'""")
_SCALAR = re.compile(
    r'''"""(?s:(?:\\.|[^\\])*?)"{3,5}'''  # a multi-line string may end in one or two quotes of its own
    r"""|'''(?s:.*?)'{3,5}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
    r"|\d{4}-\d{2}-\d{2} \d{2}:[^\s,\]}#]*"  # the one value with a space in it
    r"|[^\s,\]}#]+"
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))")
_SHORT_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of one line: 1-based line and column, both in characters; of what spans lines only the first line's part."""

    line: int
    column: int
    width: int


@dataclass(frozen=True, slots=True)
class Position:
    """Where a key stands and where its value does; the two are the same for tables, headers and array items without a key."""

    key: Spot
    value: Spot


def scan(text: str) -> Mapping[KeyPath, Position]:
    """The positions of all key paths of `text`, which must be valid TOML."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


@dataclass(slots=True)
class _Open:
    """An array or inline table whose end has not come yet."""

    path: KeyPath
    key: Spot | None
    start: int
    is_table: bool
    count: int = 0


class _Scanner:
    """One pass over `text`; `at` is the index of the next character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.found: dict[KeyPath, Position] = {}
        self.table_counts: dict[KeyPath, int] = {}  # arrays of tables: how many items so far

    def scan(self) -> dict[KeyPath, Position]:
        prefix: KeyPath = ()
        while True:
            self._skip(_BLANK)
            if self.at >= len(self.text):
                return self.found
            if self.text[self.at] == "[":
                prefix = self._header()
            else:
                self._pair(prefix)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        assert match is not None  # every skipped pattern matches the empty string
        self.at = match.end()

    def _spot(self, start: int, end: int) -> Spot:
        line = bisect_right(self.line_starts, start)
        newline = self.text.find("\n", start, end)
        return Spot(line, start - self.line_starts[line - 1] + 1, max(1, (end if newline < 0 else newline) - start))

    def _keys(self) -> list[tuple[str, Spot]]:
        """A dotted key; stops behind it."""
        keys = []
        while True:
            self._skip(_SPACE)
            match = _KEY.match(self.text, self.at)
            if match is None:
                raise ValueError(f"no key at offset {self.at}: the text is not valid TOML")
            self.at = match.end()
            basic = match["basic"]
            name = _unescape(basic) if basic is not None else match["bare"] or match["literal"] or ""
            keys.append((name, self._spot(match.start(), match.end())))
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _header(self) -> KeyPath:
        """`[a.b]` or `[[a.b]]`; returns the path that the following keys are below."""
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        path: KeyPath = ()
        keys = self._keys()
        self.at += 2 if double else 1
        for name, spot in keys[:-1]:
            path = self._enter((*path, name), spot)
        name, spot = keys[-1]
        path = (*path, name)
        if not double:
            path = self._enter(path, spot)
            self.found[path] = Position(spot, spot)  # the header itself, rather than a longer one that implied it
            return path
        self.found.setdefault(path, Position(spot, spot))
        index = self.table_counts.get(path, 0)
        self.table_counts[path] = index + 1
        path = (*path, index)
        self.found[path] = Position(spot, spot)
        return path

    def _enter(self, path: KeyPath, spot: Spot) -> KeyPath:
        """A header's part on the way: the table at `path`, or the last one if it is an array of tables."""
        self.found.setdefault(path, Position(spot, spot))
        count = self.table_counts.get(path)
        return path if count is None else (*path, count - 1)

    def _key_of(self, prefix: KeyPath) -> tuple[KeyPath, Spot]:
        """`a.b =` below `prefix`; stops at the value."""
        keys = self._keys()
        path = prefix
        for name, spot in keys[:-1]:
            path = (*path, name)
            self.found.setdefault(path, Position(spot, spot))
        self.at += 1  # the equals sign
        self._skip(_BLANK)
        return (*path, keys[-1][0]), keys[-1][1]

    def _pair(self, prefix: KeyPath) -> None:
        """A key and its value, with everything in it; a stack instead of recursion, so that depth costs no frames."""
        path, key = self._key_of(prefix)
        spot: Spot | None = key
        opened: list[_Open] = []
        while True:
            start = self.at
            if self.text[start] in "[{":
                opened.append(_Open(path, spot, start, self.text[start] == "{"))
                self.at += 1
            else:
                match = _SCALAR.match(self.text, start)
                if match is None:
                    raise ValueError(f"no value at offset {start}: the text is not valid TOML")
                self.at = match.end()
                self._note(path, spot, start)
            self._close(opened)
            if not opened:
                return
            path, spot = self._next(opened[-1])

    def _close(self, opened: list[_Open]) -> None:
        """Close what ends here; stops at the next item of the innermost open one."""
        while opened:
            self._skip(_BLANK_OR_COMMA)
            if self.text[self.at] not in "]}":
                return
            self.at += 1
            done = opened.pop()
            self._note(done.path, done.key, done.start)

    def _next(self, container: _Open) -> tuple[KeyPath, Spot | None]:
        if container.is_table:
            return self._key_of(container.path)
        path = (*container.path, container.count)
        container.count += 1
        return path, None

    def _note(self, path: KeyPath, key: Spot | None, start: int) -> None:
        value = self._spot(start, self.at)
        self.found[path] = Position(key or value, value)


def _unescape(text: str) -> str:
    def replace(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        return chr(int(code, 16)) if code else _SHORT_ESCAPES[match[4]]

    return _ESCAPE.sub(replace, text) if "\\" in text else text

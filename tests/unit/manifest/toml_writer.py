"""TOML documents for fuzzing: random values, written in every way that TOML allows.

A document is drawn as nested values first and then written: each table inline, with dotted keys, under a header of its own, or
only implied by the headers below it; each array of tables inline or with double brackets; every string, number and date in any
of its notations; blanks, comments and line ends where they may stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]

KEYS = st.one_of(
    st.sampled_from(["a", "b", "key", "mode", "1", "0x", "-", "_x-9", "true", "2024-01-01", "replace"]),
    st.text(st.sampled_from("ab.#[]{}=\"'\\ \t\n\u00e9\U0001f600,"), max_size=4),
)
TEXTS = st.one_of(
    st.text(st.sampled_from("ab#[]{}=\"'\\ \t\n\r\u00e9\U0001f600,\x00"), max_size=8),
    st.sampled_from(['"""', "'''", "\\", '"', "", "# no"]),
)
SCALARS = st.one_of(
    TEXTS,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.booleans(),
    st.datetimes(
        dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30), timezones=st.sampled_from([None, dt.UTC, dt.timezone(dt.timedelta(hours=-7))])
    ),
    st.dates(),
    st.times(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=3),
        st.lists(st.dictionaries(KEYS, inner, max_size=2), max_size=2),
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, max_size=5)


@st.composite
def toml_documents(draw: Any) -> str:
    """The text of a valid document."""
    values = draw(DOCUMENTS)
    writer = _Writer(draw)
    text = "".join(writer.body(values, ()) + writer.blocks())
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    if not draw(st.booleans()):
        text = text.removesuffix("\n")
    return text.replace("\n", newline)


class _Writer:
    """Writes one document; `pending` are the tables that get a header, with the body that stands above theirs."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.pending: list[str] = []

    def one(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    # --- tables

    def blocks(self) -> list[str]:
        return self.pending

    def body(self, table: dict[str, Any], path: tuple[str, ...]) -> list[str]:
        """The lines of `table` below its header; tables in it that get headers are left in `pending`, in some order."""
        lines: list[str] = []
        below: list[list[str]] = []
        for key, value in table.items():
            form = self.form(value)
            here = (*path, key)
            if form == "table":
                below.append(self.table(value, here))
            elif form == "array":
                below.append(
                    [block for item in value for block in self.headed(f"[[{self.blank()}{self.keys(here)}{self.blank()}]]", item, here)]
                )
            elif form == "dotted":
                lines += self.dotted((key,), value)
            else:
                lines.append(self.pair((key,), value))
            lines.append(self.one("", "", "\n", '# [x] a = "b\n', " \t\n"))
        order = self.draw(st.permutations(below))
        self.pending = [block for blocks in order for block in blocks]
        return lines

    def form(self, value: Any) -> str:
        if isinstance(value, dict):
            return str(self.one("inline", "table", "table", "dotted" if _dottable(value) else "inline"))
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            return str(self.one("inline", "array"))
        return "inline"

    def table(self, value: dict[str, Any], path: tuple[str, ...]) -> list[str]:
        header, *blocks = self.headed(f"[{self.blank()}{self.keys(path)}{self.blank()}]", value, path)
        empty = header.rpartition("]")[2].strip() == "" and header.count("\n") == 1
        if empty and blocks and self.one(True, False):
            return blocks  # implied by the headers below it
        if blocks and self.one(True, False, False) and not any(block.lstrip().startswith("[[") for block in blocks):
            return [*blocks, header]  # after its own subtables
        return [header, *blocks]

    def headed(self, header: str, value: dict[str, Any], path: tuple[str, ...]) -> list[str]:
        own = self.body(value, path)
        return [f"{self.blank()}{header}{self.end()}{''.join(own)}", *self.pending]

    def dotted(self, prefix: tuple[str, ...], table: dict[str, Any]) -> list[str]:
        lines = []
        for key, value in table.items():
            if isinstance(value, dict) and _dottable(value) and self.one(True, False):
                lines += self.dotted((*prefix, key), value)
            else:
                lines.append(self.pair((*prefix, key), value))
        return lines

    def pair(self, path: tuple[str, ...], value: Any) -> str:
        return f"{self.blank()}{self.keys(path)}{self.blank()}={self.blank()}{self.value(value)}{self.end()}"

    # --- keys and values

    def blank(self) -> str:
        return str(self.one("", "", " ", "\t "))

    def end(self) -> str:
        return str(self.one("\n", "\n", " # c = 'x\n", "#]\n"))

    def keys(self, path: tuple[str, ...]) -> str:
        return f"{self.blank()}.{self.blank()}".join(self.key(key) for key in path)

    def key(self, key: str) -> str:
        bare = key != "" and key.isascii() and all(c.isalnum() or c in "-_" for c in key)
        literal = "'" not in key and all(c.isprintable() or c == "\t" for c in key)
        forms = [_basic(key), _basic(key, escape_all=True)] + [key] * (2 * bare) + [f"'{key}'"] * literal
        return str(self.one(*forms))

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = [f"{self.keys((k,))}{self.blank()}={self.blank()}{self.value(v)}" for k, v in value.items()]
            return "{" + self.blank() + f"{self.blank()},{self.blank()}".join(pairs) + self.blank() + "}"
        if isinstance(value, list):
            items = [self.gap() + self.value(item) + self.gap() for item in value]
            return "[" + ",".join(items) + (self.one("", ",") if items else "") + self.gap() + "]"
        return self.scalar(value)

    def gap(self) -> str:
        return str(self.one("", "", " ", "\n", '# ], "\n\t'))

    def scalar(self, value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int):
            return str(self.one(str(value), f"{value:+_}", *([hex(value), oct(value), bin(value)] if value >= 0 else [])))
        if isinstance(value, float):
            return repr(value) if "e" in repr(value) or "." in repr(value) or "n" in repr(value) else f"{value!r}.0"
        if isinstance(value, dt.datetime):
            return value.isoformat(self.one("T", " ", "t"))
        return str(value.isoformat())

    def text(self, value: str) -> str:
        printable = all(c.isprintable() or c in "\t\n" for c in value)
        forms = [_basic(value), _basic(value, escape_all=True), f'"""{_multi(value)}"""']
        forms += [f'"""\n{_multi(value)}\\\n   """'] if not value.endswith(("\\", " ", "\t", "\n")) else []
        if printable and "\n" not in value and "'" not in value:
            forms.append(f"'{value}'")
        if printable and "'''" not in value and not value.startswith("\n"):
            forms += [f"'''{value}'''"] if not value.endswith("'''") else []
        return str(self.one(*forms))


def _dottable(table: dict[str, Any]) -> bool:
    return bool(table)


def _basic(text: str, *, escape_all: bool = False) -> str:
    def escape(c: str) -> str:
        if escape_all or not (c.isprintable() or c == "\t"):
            return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08X}"
        return {'"': '\\"', "\\": "\\\\"}.get(c, c)

    return '"' + "".join(map(escape, text)) + '"'


def _multi(text: str) -> str:
    """`text` between triple quotes: line ends stay, one or two quotes at the end too."""
    out, quotes = "", 0
    for c in text:
        quotes = quotes + 1 if c == '"' else 0
        if c == "\n" and out:
            out += c
        elif quotes == 3:
            out, quotes = out + '\\"', 0
        elif c == '"':
            out += c
        else:
            out += _basic(c)[1:-1]
    return out

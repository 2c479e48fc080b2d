"""Where a value comes from, and values that know it.

Goes in: TOML values and the section that they stand in.  Comes out: a tree of `Node`s, each with its `Origin`: the place in
a file, an option of the command line, or the default.  The tree is what is merged; the typed manifest is made from it last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pybuild.errors import Place
    from pybuild.manifest.document import Source
    from pybuild.manifest.positions import KeyPath

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def quote_key(key: str) -> str:
    """`key` as TOML writes it."""
    if _BARE.fullmatch(key):
        return key
    return f"'{key}'" if "'" not in key and key.isprintable() else quote(key)


def quote(text: str) -> str:
    """`text` as a basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else _escape(c) for c in escaped) + '"'


def _escape(character: str) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}.get(character)
    code = ord(character)
    return short or (f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}")


def header(path: KeyPath) -> str:
    """The header of the table at `path`: `[build]`, `[target.windows.build]`, `[[entry-point]]` for one of an array."""
    if not path:
        return "the manifest"
    name = ".".join(quote_key(step) for step in path if isinstance(step, str))
    return f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]"


def name_of(path: KeyPath) -> str:
    """The key that `path` ends at, for an array's item that of the array."""
    return next((step for step in reversed(path) if isinstance(step, str) and step != "replace"), "")


@dataclass(frozen=True)
class Where:
    """How to speak of a path below the checked values: its places, and the table's header."""

    place: Callable[[KeyPath, bool], Place | None]  # (path, whether the key is meant rather than the value)
    prefix: KeyPath = ()

    def header(self, path: KeyPath) -> str:
        """The header of the table at `path`."""
        return header((*self.prefix, *path))


@dataclass(frozen=True)
class Origin:
    """`section` is a table's header, an option of the command line, or "default"; `source` and `path` say where it is written."""

    section: str = "default"
    source: Source | None = None
    path: KeyPath = ()

    @property
    def place(self) -> Place | None:
        """Where the value stands; None when it is in no file."""
        return self.source.value_place(self.path) if self.source else None

    @property
    def key_place(self) -> Place | None:
        """Where the key stands; None when it is in no file."""
        return self.source.key_place(self.path) if self.source else None

    @property
    def short(self) -> str:
        """`pybuild.toml:12`, `--set`, `default`."""
        place = self.place
        return f"{place.path.name}:{place.line}" if place else self.section

    def __str__(self) -> str:
        """`pybuild.toml:12 [build]`, `--set`, `default`."""
        return f"{self.short} {self.section}" if self.source else self.section


@dataclass(frozen=True)
class Node:
    """A TOML value with its origin; `value` is a dict of nodes, a list of nodes, or a plain value."""

    value: Any
    origin: Origin

    @property
    def plain(self) -> Any:
        """The value without origins."""
        if isinstance(self.value, dict):
            return {key: node.plain for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain for node in self.value]
        return self.value

    def at(self, path: KeyPath) -> Node | None:
        """The node at `path`, or None."""
        node: Node | None = self
        for step in path:
            inside = node.value if node else None
            if isinstance(inside, dict):
                node = inside.get(step)
            elif isinstance(inside, list) and isinstance(step, int):
                node = inside[step] if 0 <= step < len(inside) else None
            else:
                return None
        return node


def from_file(value: Any, source: Source, path: KeyPath) -> Node:
    """The tree of `value`, which stands at `path` of `source`."""
    origin = Origin(header(_table_path(value, path)), source, path)
    if isinstance(value, Mapping):
        return Node({key: from_file(inner, source, (*path, key)) for key, inner in value.items()}, origin)
    if isinstance(value, list):
        return Node([from_file(inner, source, (*path, index)) for index, inner in enumerate(value)], origin)
    return Node(value, origin)


def _table_path(value: Any, path: KeyPath) -> KeyPath:
    """The table that a reader would look for: for a plain value and an array's item the one around it."""
    if isinstance(value, Mapping):
        return path
    while path and (isinstance(path[-1], int) or path[-1] == "replace"):
        path = path[:-1]
    return path[:-1]


def from_option(value: Any, option: str) -> Node:
    """The tree of `value`, which the command line's `option` gave."""
    origin = Origin(option)
    if isinstance(value, Mapping):
        return Node({key: from_option(inner, option) for key, inner in value.items()}, origin)
    if isinstance(value, list):
        return Node([from_option(inner, option) for inner in value], origin)
    return Node(value, origin)

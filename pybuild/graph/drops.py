"""Dropped edges that are followed after all when the program names what leads to them.

`shutil` imports `tarfile` in functions behind `make_archive` and `unpack_archive`.  Who calls these names them: imports them
from the package, or imports the package (or a module of it) and writes them as an attribute or in a string.  The edge waits
until a module outside the standard library does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pybuild.graph.knowledge import Drop, Knowledge
from pybuild.graph.model import ImportKind, ModuleKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.wants import Want

Door = tuple[
    str, tuple[str, ...], tuple[str, ...]
]  # top-level package, names that lead to the dropped import, text that must be there, too


class Drops:
    """The waiting edges of one build."""

    def __init__(self, growing: Growing, knowledge: Knowledge) -> None:
        self._growing = growing
        self._knowledge = knowledge
        self._waiting: dict[Door, list[Want]] = {}
        self._lifted: set[Door] = set()
        self._named: dict[str, set[tuple[str, str]]] = {}  # package → (importer, name imported from it)
        self._whole: dict[str, dict[str, bool]] = {}  # package → importers that have all its names, and whether without a prefix
        self._tested: dict[tuple[str, bytes], bool] = {}

    def notice(self, want: Want, is_module: bool) -> None:
        """Take note of what is imported from packages that have doors; `is_module`: the name stands for a module."""
        top, _, rest = want.name.partition(".")
        if want.line == 0 or not self._knowledge.has_doors(top):
            return
        if want.tentative and not is_module:
            self._named.setdefault(top, set()).add((want.importer, rest.rpartition(".")[2]))
        elif want.plain or want.tentative:
            self._whole.setdefault(top, {}).setdefault(want.importer, False)

    def notice_star(self, package: str, want: Want) -> None:
        """The same for `from package import *`."""
        self._whole.setdefault(package.partition(".")[0], {})[want.importer] = True

    def lifted(self, drop: Drop, want: Want) -> bool:
        """Whether a drop that matches `want` no longer counts; if it does, remember the want."""
        if not drop.unless_named:
            return False
        door = (want.importer.partition(".")[0], drop.unless_named, drop.by_text)
        if door in self._lifted:
            return True
        self._waiting.setdefault(door, []).append(want)
        return False

    def lift(self) -> Iterator[Want]:
        """The edges whose doors are named by now."""
        for door in list(self._waiting):
            if self._is_named(door):
                self._lifted.add(door)
                for want in self._waiting.pop(door):
                    self._growing.forget(want.importer, want.name, want.line, ImportKind.UNREACHABLE)
                    yield want

    def _is_named(self, door: Door) -> bool:
        top, words, by_text = door
        naming = {importer for importer, name in self._named.get(top, ()) if name in words and self._is_outside(importer, top)}
        for importer, bare in self._whole.get(top, {}).items():
            if self._is_outside(importer, top) and self._finds(importer, _mention(words, bare)):
                naming.add(importer)
        if not naming or not by_text:
            return bool(naming)
        own = (name for name, node in self._growing.nodes.items() if node.party is Party.FIRST)
        return any(self._finds(name, _any_of(by_text)) for name in (*sorted(naming), *own))

    def _finds(self, name: str, pattern: bytes) -> bool:
        """Whether the module's text holds `pattern`; the text does not change while a build looks at it."""
        if (name, pattern) not in self._tested:
            self._tested[name, pattern] = _text_matches(self._growing.nodes[name], pattern)
        return self._tested[name, pattern]

    def _is_outside(self, importer: str, top: str) -> bool:
        """Whether the module is neither the standard library's nor the package's own."""
        node = self._growing.nodes.get(importer)
        return node is not None and node.party is not Party.STDLIB and importer.partition(".")[0] != top


def _any_of(words: tuple[str, ...]) -> bytes:
    return rb"\b(?:" + b"|".join(rb"\s+".join(map(re.escape, word.encode().split())) for word in words) + rb")\b"


def _mention(words: tuple[str, ...], bare: bool) -> bytes:
    """Matches one of `words` as a name, or, unless `bare`, as an attribute or a string."""
    names = b"|".join(word.encode() for word in words)
    return _any_of(words) if bare else rb"\.\s*(?:" + names + rb")\b|[\"'](?:" + names + rb")[\"']"


def _text_matches(node: Node, pattern: bytes) -> bool:
    if node.found.kind is not ModuleKind.SOURCE:
        return node.has_code or node.found.kind is ModuleKind.EXTENSION  # there is no text to say that it does not
    try:
        text = Path(node.found.origin).read_bytes()
    except OSError:
        return True
    return re.search(pattern, text) is not None

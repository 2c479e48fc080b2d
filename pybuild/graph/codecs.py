"""Codecs: all of `encodings` is in every program, but what a codec needs besides only where that codec may be asked for.

A third of a megabyte of Python tables costs little; `unicodedata` behind `idna`, `bz2` and their like cost more than a small program.
They are followed when a module that is not the standard library's names the codec or chooses one at run time, or package knowledge
says so.  Codecs that a locale may have are not withheld: where it is Japanese, Chinese or Korean and not UTF-8, the interpreter does not
start without its codec.  They are 0.9 MB; but for 3.12, whose own library is larger by as much, they would make the smallest program
larger than it may be (7.5 MB), so there they have to be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pybuild.graph.model import Edge, ImportKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.wants import Want

if TYPE_CHECKING:
    from pybuild.graph.knowing import Knowing

_PLAIN = {"codecs", "encodings", "io", "_codecs", "builtins", "sys"}  # what every codec may import
# of those of glibc's locales (localedata/SUPPORTED): EUC-JP, Shift_JIS, GB2312, GBK, GB18030, Big5, Big5-HKSCS, EUC-KR and their like
_OF_LOCALES = {"_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_multibytecodec"}
_TOO_LARGE_FOR = (3, 12)
ALL = "*"


class Codecs:
    """Withholds what codecs need until they are asked for."""

    def __init__(self, growing: Growing, version: tuple[int, ...]) -> None:
        self._growing = growing
        self._free = _PLAIN if version[:2] == _TOO_LARGE_FOR else _PLAIN | _OF_LOCALES
        self._needed: set[str] = set()
        self._withheld: dict[str, list[Want]] = {}
        self._release: list[Want] = []

    def withholds(self, want: Want) -> bool:
        """Whether the import is kept back, being made by a codec that nobody asked for yet."""
        if not want.importer.startswith("encodings.") or want.name.partition(".")[0] in self._free:
            return False
        if want.importer in self._needed or ALL in self._needed:
            return False
        self._withheld.setdefault(want.importer, []).append(want)
        return True

    def imported(self, want: Want, name: str) -> None:
        """A codec's module that is imported as such is needed."""
        if name.startswith("encodings.") and want.kind is not ImportKind.ESSENTIAL and not want.importer.startswith("encodings"):
            self._need(name)

    def used(self, node: Node, scan: dict[str, Any]) -> Iterator[Want]:
        """What a module outside the standard library says of codecs."""
        if node.party is Party.STDLIB:
            return
        if scan.get("any_codec") and ALL not in self._needed:
            self._needed.add(ALL)
            self._growing.edge(Edge(node.name, "encodings", 0, ImportKind.KNOWLEDGE, reason="chooses a codec at run time"))
            self._let_go(list(self._withheld))
        for codec in scan.get("codecs", ()):
            yield Want(node.name, f"encodings.{codec}", 0, ImportKind.KNOWLEDGE, reason="names the codec")

    def asked_by_knowledge(self, node: Node, knowing: Knowing) -> Iterator[Want]:
        """What package knowledge says that `node` asks for."""
        for codec, reason in knowing.codecs_of(node):
            if codec == ALL:
                self._needed.add(ALL)
                self._growing.edge(Edge(node.name, "encodings", 0, ImportKind.KNOWLEDGE, reason=reason))
                self._let_go(list(self._withheld))
            else:
                yield Want(node.name, f"encodings.{codec}", 0, ImportKind.KNOWLEDGE, reason=reason)

    def released(self) -> Iterator[Want]:
        """Imports that need be kept back no longer."""
        released, self._release = self._release, []
        yield from released

    def _need(self, module: str) -> None:
        if module not in self._needed:
            self._needed.add(module)
            self._let_go([module])

    def _let_go(self, modules: list[str]) -> None:
        for module in modules:
            self._release.extend(self._withheld.pop(module, ()))

"""Modules that strings name: the formatter of a logging configuration, the application that a server is told to import.

Goes in: modules and the names among their strings (`worker/named.py`).  Comes out: wants for those that are modules and that no import
brings in: of the program itself when one of its own modules names them, of the same top-level package when someone else's
module does.  A string `"a.b.C"` names `a.b` and what is around it.  One that names a top-level module must look like it: `"main:app"`,
or `"logs.Formatter"` where `logs` defines `Formatter`; else every `"main.py"` would name a module `main`.
"""

# ruff: noqa: PTH123
# (plain strings: this runs for every module)

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pybuild.graph.finder import Finder
from pybuild.graph.model import ImportKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.wants import Want


class Named:
    """The strings of one build that have not been looked at."""

    def __init__(self, finder: Finder, growing: Growing) -> None:
        self._finder, self._growing = finder, growing
        self._noticed: list[tuple[Node, int, str]] = []

    def notice(self, node: Node, scan: dict[str, Any]) -> None:
        """Take note of what the scan of a new module says."""
        if node.party is not Party.STDLIB:
            self._noticed += ((node, line, text) for line, text in scan.get("named", ()))

    def more(self) -> Iterator[Want]:
        """The modules that strings noticed by now may name and that are not there for another reason."""
        noticed, self._noticed = self._noticed, []
        self._finder.resolve(sorted({_top(text) for node, _, text in noticed if node.party is Party.FIRST}))
        for node, line, text in noticed:
            if not self._may_name(node, _top(text)):
                continue
            module, colon, _ = text.removesuffix("()").partition(":")
            parts = module.split(".")
            kind = ImportKind.DYNAMIC if node.party is Party.FIRST else ImportKind.KNOWLEDGE
            for count in range(1 if colon or self._defines(parts) else 2, len(parts) + 1):
                name = ".".join(parts[:count])
                if name not in self._growing.nodes:
                    yield Want(node.name, name, line, kind, reason=f"named in the string {text!r}", tentative=True)

    def _may_name(self, node: Node, top: str) -> bool:
        if node.party is not Party.FIRST:
            return node.name.partition(".")[0] == top
        found = self._finder.get(top)
        return found is not None and self._growing.placing.party(found) is Party.FIRST

    def _defines(self, parts: list[str]) -> bool:
        """Whether `parts` are a top-level module of one file and a name that its text shows to be bound there."""
        found = self._finder.get(parts[0])
        if len(parts) != 2 or found is None or not found.origin.endswith(".py"):
            return False
        name = re.escape(parts[1]).encode()
        bound = re.compile(rb"^(?:(?:class|def|async def)[ \t]+" + name + rb"\b|" + name + rb"[ \t]*[:=])", re.MULTILINE)
        try:
            with open(found.origin, "rb") as stream:
                return bound.search(stream.read()) is not None
        except OSError:
            return False


def _top(text: str) -> str:
    return text.partition(":")[0].partition(".")[0]

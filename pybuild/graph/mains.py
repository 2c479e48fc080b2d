"""Modules that are run as `__main__`: their imports under `if __name__ == "__main__"` count.

Entry points are known from the start; what the program runs in processes of its own (`sys.executable -m name`) is seen while the
graph grows, perhaps after the module was scanned: then the imports that were passed over are wanted after all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pybuild.graph.model import ImportKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.wants import Star, Want, wants_of
from pybuild.resolve.model import EntryKind, EntryPoint
from pybuild.worker import flags

# What other people's packages run to install something: a program that was packed has nothing to install into.
_INSTALLERS = {"pip", "ensurepip"}


class Mains:
    """Which modules are run as `__main__`."""

    def __init__(self, growing: Growing, entry_points: tuple[EntryPoint, ...]) -> None:
        self._growing = growing
        self._names = {entry.module for entry in entry_points if entry.kind is not EntryKind.FUNCTION}
        self._passed_over: dict[str, list[list[Any]]] = {}  # module → records of its scan
        self._release: list[Want | Star] = []

    def scanned(self, node: Node, scan: dict[str, Any]) -> None:
        """Take note of what is passed over in `node` because it is only imported."""
        node.is_main = node.name in self._names
        if not node.is_main and (records := [record for record in scan["imports"] if record[1] & flags.MAIN_ONLY]):
            self._passed_over[node.name] = records

    def needless(self, want: Want) -> str:
        """Why a module that a command line names is not wanted; "" when it is."""
        importer = self._growing.nodes.get(want.importer)
        if not want.run or importer is None or importer.party is Party.FIRST or want.name.partition(".")[0] not in _INSTALLERS:
            return ""
        return "installs packages, for which a program that was packed has no place"

    def started(self, want: Want, node: Node) -> None:
        """Take note of a module that is run; of a package `__main__` is, which is wanted with it."""
        if want.run:
            self._release.append(Want(want.importer, "runpy", want.line, want.kind, want.in_function, want.function, command=True))
        if not want.run or node.is_package or node.name in self._names:
            return
        self._names.add(node.name)
        node.is_main = True
        for item in wants_of(node.name, False, True, {"imports": self._passed_over.pop(node.name, [])}):
            want = item.want if isinstance(item, Star) else item
            self._growing.forget(want.importer, want.name, want.line, ImportKind.UNREACHABLE)
            self._release.append(item)

    def released(self) -> Iterator[Want | Star]:
        """Imports that count now."""
        released, self._release = self._release, []
        yield from released

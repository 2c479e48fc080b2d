"""The general rule for data files: a package whose code opens files by its own place is shipped with the files that lie in it.

Goes in: nodes and what their scans say of files beside them (`worker/beside.py`).  Comes out: packages of nothing but data, as
wants; data files and libraries.  It counts for the program's own packages as for others', and not for packages whose data a file of
package knowledge lists.

A package here is a top-level one, or one at the top of a namespace.  Its data are there when one of its modules in the program
names `__file__` or the like, when any module asks for its resources by its name, or when it is part of a distribution, or nothing
but data and imported by a module, of which that is true.  A script or a single module has no folder of its own: of what lies beside
it, what its constants name is taken.  The same holds for what lies beside a package of the program's own.
"""

# ruff: noqa: PTH112, PTH113, PTH118, PTH119, PTH120, PTH122
# (plain strings: packages may hold thousands of files)

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pybuild.graph import owners
from pybuild.graph.model import GraphData, ImportKind, ModuleKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.package_files import Walk, holds
from pybuild.graph.selection import Selection
from pybuild.graph.wants import Want
from pybuild.resolve.model import Plan

_WORDS = (b"__file__", b"get_data", b"importlib.resources", b"importlib_resources")


class Beside:
    """The rule at work in one build; `is_listed` tells of a package whether its data are known otherwise."""

    def __init__(self, plan: Plan, growing: Growing, is_listed: Callable[[str], bool]) -> None:
        self._plan, self._growing, self._is_listed = plan, growing, is_listed
        self._selection = Selection(plan.modules)
        self._strings: dict[str, list[str]] = {}  # modules that open files by their own place → what they may be called
        self._asked: dict[str, str] = {}  # packages whose resources are asked for → by which module
        self._walks: dict[str, Walk] = {}
        self._compiled: dict[str, str] = {}  # packages → the compiled module that may open files, "" for none
        self._project = os.path.realpath(plan.project_dir)
        self._output = frozenset({os.path.realpath(plan.output_dir)})

    def notice(self, node: Node, scan: dict[str, Any]) -> Iterator[Want]:
        """Take note of what the scan of a new module says; the packages whose resources it asks for."""
        if node.party is Party.STDLIB:
            return
        if scan.get("beside"):
            self._strings[node.name] = scan.get("strings", [])
        for line, package in scan.get("resources", ()):
            self._asked.setdefault(package, node.name)
            yield Want(node.name, package, line, ImportKind.DYNAMIC, reason="its resources are asked for", tentative=True)

    def more(self) -> Iterator[Want]:
        """Packages of nothing but data in packages that count by now."""
        for node, _ in self._packages():
            if node.name in self._walks:
                continue
            for name in self._walk(node).packages:
                reason = "it holds data beside modules that open files by their own place"
                yield Want(node.name, name, 0, ImportKind.KNOWLEDGE, reason=reason, tentative=True)

    def data(self) -> Iterator[GraphData]:
        """Data files and libraries, when all modules are known and whose they are."""
        self._walks.clear()  # folders that were listed before all modules were known
        for node, reason in self._packages():
            home = node.name.replace(".", "/")
            yield from self._shipped(self._walk(node), home, reason)
        for node, folder, home, strings in self._neighbours():
            walk = self._named(node, folder, home, strings)
            yield from self._shipped(walk, home, f"named in {_shown(node.name)}, beside it")

    def _shipped(self, walk: Walk, home: str, reason: str) -> Iterator[GraphData]:
        self._growing.folders.update(walk.folders)
        for item in walk.items:
            yield GraphData(Path(item.path), f"{home}/{item.below}" if home else item.below, reason, item.library)

    # -- which packages

    def _packages(self) -> list[tuple[Node, str]]:
        """The packages whose folders are looked into, each with the reason."""
        nodes = self._growing.nodes
        parts = self._parts()
        if not parts:
            return []
        reasons = {leader: reason for leader in parts if (reason := self._own_reason(leader, parts[leader]))}
        distributions = {nodes[leader].distribution: reason for leader, reason in reasons.items() if nodes[leader].distribution}
        imported = {edge.imported: edge.importer for edge in self._growing.edges if edge.importer in self._strings and edge.line}
        found: list[tuple[Node, str]] = []
        for leader, members in parts.items():
            reason = reasons.get(leader) or distributions.get(nodes[leader].distribution, "")
            if not reason and leader in imported and self._is_data(leader, members):
                reason = f"{_shown(imported[leader])} imports it, and opens files by the place of a module"
            if reason and not self._is_listed(leader):
                found += ((node, reason) for node in members if node.is_package and self._has_folder(node))
        return found

    def _parts(self) -> dict[str, list[Node]]:
        """The modules of each package outside the standard library, if any of them may open files."""
        nodes = self._growing.nodes
        outside = [node for node in nodes.values() if node.party is not Party.STDLIB and not node.name.startswith("@")]
        if not self._strings and not self._asked and not any(node.found.kind is ModuleKind.EXTENSION for node in outside):
            return {}
        parts: dict[str, list[Node]] = {}
        for node in outside:
            parts.setdefault(owners.leader(node, self._growing), []).append(node)
        return {name: members for name, members in parts.items() if nodes[name].is_package}

    def _own_reason(self, leader: str, members: list[Node]) -> str:
        """Why the files of the package at the top are there, as far as its own modules, or who asks for them by name, tell."""
        for node in members:
            if node.name in self._strings:
                return f"{node.name} opens files by its own place"
            if node.name in self._asked:
                return f"{_shown(self._asked[node.name])} asks for resources of {node.name}"
        if leader not in self._compiled:
            binaries = (node for node in members if node.found.kind is ModuleKind.EXTENSION and self._may_hold_data(members))
            self._compiled[leader] = next((node.name for node in binaries if any(holds(node.found.origin, word) for word in _WORDS)), "")
        compiled = self._compiled[leader]
        return f"{compiled}, which is compiled, names files by its own place" if compiled else ""

    def _may_hold_data(self, members: list[Node]) -> bool:
        """Whether there is anything to be shipped at all, which is found out faster."""
        return any(self._walk(node, keep=False).items for node in members if node.is_package and self._has_folder(node))

    def _is_data(self, leader: str, members: list[Node]) -> bool:
        return len(members) == 1 and not any(
            name.endswith((".py", ".so")) and not name.startswith("__init__.") for name in _names(self._growing.nodes[leader])
        )

    def _has_folder(self, node: Node) -> bool:
        """Whether the folder is the package's own; that of a namespace belongs to whoever asks for it by name."""
        return node.found.kind is not ModuleKind.NAMESPACE or (node.name in self._asked and not self._inside_package(node))

    def _inside_package(self, node: Node) -> bool:
        package = self._growing.nodes.get(owners.leader(node, self._growing))
        return package is not None and package.found.kind is not ModuleKind.NAMESPACE

    # -- which files

    def _walk(self, node: Node, keep: bool = True) -> Walk:
        walk = self._walks.get(node.name)
        if walk is None:
            locations = node.found.locations or ()
            walk = self._new_walk(node.party, locations[0] if locations else "")
            for folder in locations:
                walk.package(node.name, folder)
            if keep:
                self._walks[node.name] = walk
        return walk

    def _new_walk(self, party: Party, folder: str) -> Walk:
        real = os.path.realpath(folder)
        own = self._project if real.startswith(self._project + os.sep) else real
        boundary = own if party is Party.FIRST else ""
        return Walk(self._growing.nodes.__contains__, lambda name: bool(self._selection.exclusion(name)), self._output, boundary)

    def _neighbours(self) -> Iterator[tuple[Node, str, str, list[str]]]:
        """Modules beside which files may lie that only their constants tell: with the folder, its target, the constants."""
        for name, strings in self._strings.items():
            node = self._growing.nodes.get(name)
            if node is None or not node.found.origin:
                continue
            leader = node if name.startswith("@") else self._growing.nodes[owners.leader(node, self._growing)]
            if self._is_listed(leader.name):
                continue
            place, target = leader.found.origin, leader.target
            if not leader.is_package:
                stem = os.path.splitext(os.path.basename(place))[0]
                strings = [*strings, *(stem + text for text in strings if text.startswith("."))]  # with_suffix()
            elif leader.party is Party.FIRST and os.path.basename(place).startswith("__init__."):
                place, target = os.path.dirname(place), os.path.dirname(target)
            else:
                continue
            yield node, os.path.dirname(place), os.path.dirname(target), strings

    def _named(self, node: Node, folder: str, home: str, strings: list[str]) -> Walk:
        """The files, and the files in folders, that `strings` name beside a module."""
        walk = self._new_walk(node.party, folder)
        for text in strings:
            text = text.rstrip("/")
            path = os.path.join(folder, text)
            top = os.path.join(folder, text.partition("/")[0])
            if text.startswith(".") or os.path.isfile(os.path.join(top, "__init__.py")):
                continue
            if os.path.isfile(path):
                walk.file(path, text)
            elif os.path.isdir(path) and "/".join(filter(None, (home, text))).replace("/", ".") not in self._growing.nodes:
                self._named_folder(walk, node, path, text)
        return walk

    def _named_folder(self, walk: Walk, node: Node, path: str, text: str) -> None:
        """What is in a folder beside a module; among other distributions' folders only one without code can be its data."""
        before = len(walk.items)
        walk.top_folder(path, f"{text}/")
        if node.party is not Party.FIRST and any(item.below.endswith(".py") for item in walk.items[before:]):
            del walk.items[before:]


def _names(node: Node) -> list[str]:
    try:
        return [name for folder in node.found.locations or () for name in os.listdir(folder)]  # noqa: PTH208
    except OSError:
        return []


def _shown(name: str) -> str:
    return name.removeprefix("@")

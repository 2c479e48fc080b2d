"""Package knowledge applied to a graph that is being built.

Goes in: nodes as they appear, and their scans.  Comes out: further wants, dropped edges, names that modules provide, codecs,
data files.  Entries with conditions on other modules wait until these hold.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pybuild.errors import BuildFailure
from pybuild.graph import owners
from pybuild.graph.beside import Beside
from pybuild.graph.datafiles import data_files
from pybuild.graph.drops import Drops
from pybuild.graph.finder import Finder
from pybuild.graph.knowledge import Entry, Knowledge, Needed
from pybuild.graph.memory import Memory
from pybuild.graph.model import GraphData, ImportKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.patterns import compile_exact
from pybuild.graph.plugins import Plugins
from pybuild.graph.tcl import tcl_files
from pybuild.graph.wants import Want
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import Plan
from pybuild.resolve.tree import leaves_out


class Knowing:
    """The knowledge at work in one build; `whole` is false in accelerated mode, where little of it counts."""

    def __init__(self, plan: Plan, finder: Finder, growing: Growing, pool: WorkerPool, memory: Memory, whole: bool) -> None:
        self._plan, self._finder, self._growing, self._pool, self._memory, self._whole = plan, finder, growing, pool, memory, whole
        self._knowledge = Knowledge(plan.interpreter.version, plan.interpreter.markers)
        self._waiting: list[tuple[Node, Entry]] = []
        self._counting: list[tuple[Node, Entry]] = []
        self._codecs: dict[str, list[tuple[str, str]]] = {}
        self._direct: set[str] = set()
        self._extended = False
        self.drops = Drops(growing, self._knowledge)
        if plan.project_distribution and whole:
            growing.metadata[plan.project_distribution] = None
        self._plugins = Plugins(plan, growing, pool, memory)
        self._beside = Beside(plan, growing, self._knowledge.lists_data)

    def calls(self) -> dict[str, tuple[str, ...]]:
        """Essential modules whose functions the interpreter calls → what these import in vain."""
        return {name: needed.without for needed in self._knowledge.stdlib().essential if needed.functions for name in needed.imports}

    def essential(self) -> list[Want]:
        """What the interpreter needs to start."""
        return [
            Want("", name, 0, ImportKind.ESSENTIAL, reason=needed.reason, tentative=True)
            for needed in self._knowledge.stdlib().essential
            for name in self._expand(needed.imports)
        ]

    def about(self, node: Node) -> Iterator[Want]:
        """What is known of a new node."""
        for entry in self._knowledge.entries(node.name, node.party is Party.STDLIB):
            if self._counts(node, entry):
                yield from self._apply(node, entry)
            else:
                self._waiting.append((node, entry))

    def more(self) -> Iterator[Want]:
        """What entries say whose conditions hold by now."""
        yield from self.drops.lift()
        waiting, self._waiting = self._waiting, []
        for node, entry in waiting:
            if self._counts(node, entry):
                yield from self._apply(node, entry)
            else:
                self._waiting.append((node, entry))
        if self._extended:
            yield from self._found_after_all()
        if self._whole:
            yield from self._plugins.more()
            yield from self._beside.more()

    def _found_after_all(self) -> Iterator[Want]:
        """What was missing before the search path got longer."""
        self._extended = False
        lost, self._growing.lost = self._growing.lost, []
        self._finder.resolve(item.want.name for item in lost if not item.want.name.startswith("."))
        for item in lost:
            if self._finder.get(item.want.name) is not None:
                yield item.want
            else:
                self._growing.lost.append(item)

    def used(self, node: Node, scan: dict[str, Any]) -> Iterator[Want]:
        """What the scan of a new module shows besides imports: packages whose files it opens, builtin names that first-party code uses."""
        self._plugins.notice(node, scan)
        yield from self._beside.notice(node, scan)
        if node.party is not Party.FIRST:
            return
        for name in scan.get("builtins", ()):
            for needed in self._knowledge.stdlib().builtin:
                if needed.name == name:
                    yield from self._wants(node, needed)

    def imported(self, want: Want, name: str) -> None:
        """Remember what is imported by a module outside the standard library."""
        importer = self._growing.nodes.get(want.importer)
        if importer is not None and importer.party is not Party.STDLIB:
            self._direct.add(name)

    def dropped(self, want: Want) -> str:
        """Why the edge is not followed; "" when it is."""
        if not self._whole or want.line == 0:
            return ""
        importer = self._growing.nodes.get(want.importer)
        if importer is None:
            return ""
        for entry in self._knowledge.entries(importer.name, importer.party is Party.STDLIB):
            for drop in entry.drop:
                if drop.matches(want.name, want.function) and not self.drops.lifted(drop, want):
                    return f"knowledge: {entry.reason}"
        return ""

    def provider(self, name: str) -> str:
        """The module around `name` that puts it into sys.modules; "" when none does."""
        package = name.rpartition(".")[0]
        while package:
            found = self._finder.get(package)
            if found is not None:
                stdlib = self._growing.placing.party(found) is Party.STDLIB
                if any(pattern.matches(name) for entry in self._knowledge.entries(package, stdlib) for pattern in entry.provides):
                    return package
            package = package.rpartition(".")[0]
        return ""

    def codecs_of(self, node: Node) -> list[tuple[str, str]]:
        """Codecs that entries applied to `node` name, each with the reason; given once."""
        return self._codecs.pop(node.name, [])

    def data(self) -> tuple[GraphData, ...]:
        """Data files and libraries: those of the entries that counted, then those that the general rule finds.

        What the manifest places itself, and the programs themselves, are not replaced.
        """
        files: dict[str, GraphData] = {}
        taken = {str(item.target) for item in (*self._plan.data, *self._plan.libraries)}
        taken.update(name for entry in self._plan.entry_points for name in (entry.name, *entry.aliases))
        for node, entry in self._counting:
            for patterns, library in ((entry.data, False), (entry.libraries, True)):
                for item, folders in data_files(node, patterns, library, f"knowledge {node.name}: {entry.reason}"):
                    files.setdefault(item.target, item)
                    self._growing.folders.update(folders)
        tkinter = self._growing.nodes.get("_tkinter")
        if tkinter is not None and tkinter.found.origin and "tkinter" in self._growing.nodes:
            for item, folder in tcl_files(self._pool, self._memory, Path(tkinter.found.origin).parent):
                files.setdefault(item.target, item)
                self._growing.folders.add(folder)
        for item in self._beside.data():
            if item.target not in taken:
                files.setdefault(item.target, item)
        return tuple(files[target] for target in sorted(files) if not self._left_out(target))

    def _left_out(self, target: str) -> bool:
        """Whether `exclude` of a `[[data]]` speaks of it."""
        for exclusion in self._plan.data_exclusions:
            home = exclusion.package.replace(".", "/") + "/"
            if target.startswith(home) and any(leaves_out(pattern, target[len(home) :]) for pattern in exclusion.patterns):
                return True
        return False

    def _counts(self, node: Node, entry: Entry) -> bool:
        if any(name not in self._growing.nodes for name in entry.with_) or (entry.direct and node.name not in self._direct):
            return False
        return not entry.version or self._version_matches(node, entry.version)

    def _version_matches(self, node: Node, specifier: str) -> bool:
        from packaging.specifiers import SpecifierSet
        from packaging.version import InvalidVersion

        version = owners.version_of(node, self._plan, self._pool, self._memory)
        try:
            return bool(version) and SpecifierSet(specifier).contains(version, prereleases=True)
        except InvalidVersion as error:
            raise BuildFailure.of(
                f"the version of the distribution with {node.name} cannot be read: {error}", hint="install it again"
            ) from error

    def _apply(self, node: Node, entry: Entry) -> Iterator[Want]:
        self._counting.append((node, entry))
        base = Path(node.found.origin).parent
        folders = [os.path.normpath(base / folder) for folder in entry.path if (base / folder).is_dir()]
        self._extended |= self._finder.extend(folders)
        for name in entry.metadata:
            self._growing.metadata[name] = None
        for codec in entry.codecs:
            self._codecs.setdefault(node.name, []).append((codec, f"knowledge: {entry.reason}"))
        yield from self._wants(node, Needed(entry.imports, f"knowledge: {entry.reason}"), not entry.required)

    def _wants(self, node: Node, needed: Needed, tentative: bool = True) -> Iterator[Want]:
        for name in self._expand(needed.imports):
            if name != node.name:
                yield Want(node.name, name, 0, ImportKind.KNOWLEDGE, reason=needed.reason, tentative=tentative)

    def _expand(self, texts: tuple[str, ...]) -> Iterator[str]:
        """The modules that names and patterns of knowledge stand for."""
        for text in texts:
            if "*" not in text:
                yield text
                continue
            pattern = compile_exact(text)
            for name in self._finder.submodules(pattern.literal, pattern.deep):
                if pattern.matches(name):
                    yield name

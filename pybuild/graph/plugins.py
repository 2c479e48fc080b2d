"""Plug-ins of installed distributions: modules behind entry points of the groups that the program asks for.

Goes in: scans, which say what strings a module that asks for entry points has (`worker/beside.py`).  Comes out: wants for the
modules of every entry point whose group one of these strings is; the metadata of their distributions come along, so that the program
finds at run time what CPython would.  Scripts are no plug-ins.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pybuild.graph.memory import Memory
from pybuild.graph.model import ImportKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.wants import Want
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import Plan


class Plugins:
    """The groups that are asked for in one build."""

    def __init__(self, plan: Plan, growing: Growing, pool: WorkerPool, memory: Memory) -> None:
        self._plan, self._growing, self._pool, self._memory = plan, growing, pool, memory
        self._named: dict[str, str] = {}  # what may be a group → the module that names it
        self._asked: set[str] = set()
        self._wanted: dict[str, str] = {}  # distribution → a module of its entry points

    def notice(self, node: Node, scan: dict[str, Any]) -> None:
        """Take note of what the scan of a new module says."""
        if node.party is not Party.STDLIB:
            for text in scan.get("groups", ()):
                self._named.setdefault(text, node.name)

    def more(self) -> Iterator[Want]:
        """The modules of plug-ins in groups that are named by now."""
        for distribution, module in self._wanted.items():
            if module in self._growing.nodes:
                self._growing.metadata[distribution] = None
        fresh = [text for text in self._named if text not in self._asked]
        if not fresh:
            return
        self._asked.update(fresh)
        groups = self._groups()
        for group in sorted(set(fresh) & set(groups)):
            for name, module, distribution in groups[group]:
                self._wanted[distribution] = module
                reason = f"entry point {name!r} of {distribution} in the group {group!r}"
                yield Want(self._named[group], module, 0, ImportKind.KNOWLEDGE, reason=reason, tentative=True)

    def _groups(self) -> dict[str, list[list[str]]]:
        """Group → `[name, module, distribution]` of each entry point."""
        question = "?entry points"
        groups: dict[str, list[list[str]]] | None = self._memory.answer(question)
        if groups is None:
            groups = self._pool.call("entry_points")["groups"]
            self._memory.learn_answer(question, groups, [str(folder) for folder in self._plan.interpreter.site_packages])
        return groups

"""Modules that do not compile: which of them make the build fail, and what is said of the others.

Goes in: the grown graph.  Comes out: errors for entry points and for the program's own modules that an import may come to unprepared;
warnings for those that are only imported where a SyntaxError is caught.  Other people's packages ship templates and files of Python 2:
such a module is reported like one that is missing.  All of them are in the program, where their import raises what Python says.
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from pybuild.errors import Diagnostic, Place
from pybuild.graph.entries import source_line
from pybuild.graph.model import Edge, Party
from pybuild.graph.nodes import Growing, Lost, Node
from pybuild.graph.scanner import Problem
from pybuild.graph.wants import NEVER, Want
from pybuild.progress import Progress
from pybuild.resolve.model import Plan


def errors(plan: Plan, growing: Growing) -> list[Diagnostic]:
    """Broken modules with which there is no program."""
    if not growing.broken:
        return []
    entries = {entry.module for entry in plan.entry_points}
    reached = _reached(growing)
    return [
        error(growing.nodes[name], problem)
        for name, problem in growing.broken.items()
        if name in entries or (growing.nodes[name].party is Party.FIRST and name in reached)
    ]


def error(node: Node, problem: Problem) -> Diagnostic:
    """A file of the program that does not compile, as Python shows it."""
    return Diagnostic(problem.message, _place(node, problem), "correct it, or keep the module out with [modules] exclude", code="syntax")


def report(growing: Growing, progress: Progress) -> None:
    """Warn of the program's own broken modules; that they are not errors has been made sure of."""
    for name, problem in growing.broken.items():
        node = growing.nodes[name]
        if node.party is Party.FIRST:
            hint = f"the program catches this error when it imports {name}; correct it, or keep the module out with [modules] exclude"
            progress.warn(Diagnostic(problem.message, _place(node, problem), hint, "warning", "syntax"))


def unprepared(growing: Growing) -> list[Lost]:
    """Imports of other people's broken modules where nothing catches the error."""
    return [
        Lost(Want(edge.importer, edge.imported, edge.line, edge.kind, edge.in_function), edge, growing.broken[edge.imported].message)
        for edge in growing.edges
        if edge.imported in growing.broken and growing.nodes[edge.imported].party is not Party.FIRST and _raises(edge, growing)
    ]


def _place(node: Node, problem: Problem) -> Place:
    path = Path(node.found.origin)
    return Place(path, problem.line, problem.column, problem.text or source_line(path, problem.line), problem.width)


def _raises(edge: Edge, growing: Growing) -> bool:
    return edge.kind not in NEVER and edge not in growing.caught


def _reached(growing: Growing) -> set[str]:
    """The modules that are reached from the manifest by imports none of which catches a SyntaxError."""
    outgoing: dict[str, list[str]] = {}
    for edge in growing.edges:
        if _raises(edge, growing):
            outgoing.setdefault(edge.importer, []).append(edge.imported)
    reached = {""}
    waiting = deque([""])
    while waiting:
        for name in outgoing.get(waiting.popleft(), ()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached

"""Entry points in the graph: scripts are nodes of their own, modules are wanted by the manifest; what is not there is refused with
the nearest name.

Goes in: the plan's entry points.  Comes out: first nodes and wants; errors that point into the manifest.
"""

from __future__ import annotations

import os
from pathlib import Path

from pybuild.errors import Diagnostic, Place
from pybuild.graph.finder import Finder, Found
from pybuild.graph.memory import Memory
from pybuild.graph.model import Edge, ImportKind, ModuleKind, Party
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.selection import Selection
from pybuild.graph.wants import Want
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import EntryKind, EntryPoint, Plan


def add_scripts(plan: Plan, growing: Growing) -> None:
    """A node for each script."""
    for entry in plan.entry_points:
        if entry.kind is EntryKind.SCRIPT and entry.script is not None:
            if entry.module not in growing.nodes:
                found = Found(ModuleKind.SOURCE, str(entry.script), None)
                node = Node(entry.module, found, Party.FIRST, entry.script_target)
                growing.nodes[entry.module] = node
                growing.fresh.append(node)
            growing.edge(Edge("", entry.module, 0, ImportKind.ENTRY, reason=entry.place))


def wants(plan: Plan) -> list[Want]:
    """The modules that entry points run."""
    return [
        Want("", entry.module, 0, ImportKind.ENTRY, reason=entry.place) for entry in plan.entry_points if entry.kind is not EntryKind.SCRIPT
    ]


def check(plan: Plan, growing: Growing, finder: Finder, selection: Selection) -> list[Diagnostic]:
    """What is wrong with entry points whose module is not in the graph after the first wave."""
    findings = []
    for entry in plan.entry_points:
        if entry.module in growing.nodes:
            continue
        excluded = selection.exclusion(entry.module)
        if excluded:
            findings.append(_finding(entry, f"its module {entry.module!r} is kept out by {excluded}", "remove one of the two"))
            continue
        findings.append(_finding(entry, *_reason(entry, finder)))
    return findings


def _reason(entry: EntryPoint, finder: Finder) -> tuple[str, str]:
    """What is wrong with the entry's module, and the next step."""
    package, _, last = entry.module.rpartition(".")
    found = finder.get(package) if package else None
    if last == "__main__" and found is not None:
        function = "give a function of it as `module:function`, or a module that is in it"
        return f"the package {package!r} cannot be run: it has no __main__.py", function
    if found is not None and found.locations is None:
        return f"there is no module {entry.module!r}: {package!r} is a module, not a package", f"`{package}:{last}` names a function in it"
    return f"there is no module {entry.module!r}", suggestion(entry.module, finder)


def _finding(entry: EntryPoint, message: str, hint: str) -> Diagnostic:
    return Diagnostic(f"entry point {entry.name!r}: {message}", entry.run_place, hint, code="missing-entry")


def check_functions(plan: Plan, growing: Growing, pool: WorkerPool, memory: Memory) -> list[Diagnostic]:
    """What is wrong with entry points whose function their module does not have, as far as its text shows."""
    import difflib

    findings = []
    for entry in plan.entry_points:
        node = growing.nodes.get(entry.module)
        if entry.kind is not EntryKind.FUNCTION or node is None or node.found.kind is not ModuleKind.SOURCE:
            continue
        question = f"?names {node.key}"
        answer = memory.answer(question)
        if answer is None:
            answer = pool.call("names", path=node.found.origin)
            memory.learn_answer(question, answer, [])
        function = entry.function.partition(".")[0]
        if answer["open"] or function in answer["names"]:
            continue
        near = difflib.get_close_matches(function, answer["names"], n=1)
        hint = f"did you mean {entry.module}:{near[0]}?" if near else f"define it in {node.found.origin}, or name another function"
        findings.append(_finding(entry, f"module {entry.module!r} has no {function!r}", hint))
    return findings


def suggestion(name: str, finder: Finder) -> str:
    """The nearest name that exists, else where modules are looked for."""
    import difflib

    package, _, last = name.rpartition(".")
    if package:
        finder.resolve([package])
        if finder.get(package) is None:
            return suggestion(package, finder)
        names = [item.rpartition(".")[2] for item in finder.submodules(package, deep=False)]
    else:
        names = [item for root in finder.roots for item in _modules_in(Path(root))]
    near = difflib.get_close_matches(last, names, n=1)
    if near:
        return f"did you mean {package + '.' if package else ''}{near[0]!s}?"
    return f"modules are searched in {', '.join(finder.roots)} and in the site-packages of the program's Python ([build] source-roots)"


def _modules_in(folder: Path) -> list[str]:
    try:
        return [entry.name.partition(".")[0] for entry in os.scandir(folder) if entry.is_dir() or entry.name.endswith(".py")]
    except OSError:
        return []


def source_line(path: Path, line: int) -> str:
    """Line `line` of a text file, "" when there is none."""
    try:
        with path.open("rb") as stream:
            for number, text in enumerate(stream, 1):
                if number == line:
                    return text.decode(errors="replace").rstrip()
    except OSError:
        pass
    return ""


def include_finding(text: str, place: Place | None, message: str, hint: str) -> Diagnostic:
    """What is wrong with a pattern in `include`, or in a rule that includes."""
    return Diagnostic(f"include {text!r}{message}", place, hint, code="modules")

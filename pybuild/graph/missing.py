"""What is wrong with imports: modules that nobody has, files that do not compile, imports that a rule speaks of; each with the
chain that leads there.

A missing module is a warning when a run can come to its import without being prepared for the failure: every import on the way
from an entry point is one that is not in a try, and is not in a function of someone else's package, where it is common to
import what is needed for a rarely used feature.  The rest is told with `--verbose`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path

from pybuild.errors import Diagnostic, Place
from pybuild.graph import broken, other_versions
from pybuild.graph.entries import source_line
from pybuild.graph.model import Edge, ImportKind, Missing, Party
from pybuild.graph.nodes import Growing, Lost
from pybuild.graph.wants import NEVER, Want
from pybuild.progress import Progress
from pybuild.resolve.model import ModuleRule, Plan


def values(growing: Growing) -> tuple[Missing, ...]:
    """The graph's `missing`: each edge once, in the order of edges."""
    unique = {lost.edge: None for lost in growing.lost if lost.edge.imported not in growing.nodes}
    ordered = sorted(unique, key=lambda edge: (edge.importer, edge.line, edge.imported, edge.kind, edge.in_function))
    return tuple(Missing(edge.imported, edge) for edge in ordered)


def paths(names: Iterable[str]) -> tuple[Path, ...]:
    """The files and folders, sorted."""
    return tuple(map(Path, sorted(names)))


def report(plan: Plan, growing: Growing, edges: tuple[Edge, ...], progress: Progress) -> None:
    """Warn of what is missing, one warning a module; tell the rest as details."""
    for name, line in growing.computed:
        path = growing.nodes[name].found.origin
        progress.detail(f"{path}:{line}: imports a module by a name that is computed; what it may be goes into [modules] include")
    lost = [item for item in growing.lost if item.edge.imported not in growing.nodes]
    lost += broken.unprepared(growing)
    if not lost:
        return
    chains = Chains(growing, edges)
    failed = {(item.want.importer, item.want.attempt) for item in lost if item.want.attempt > 0}
    tried = {(item.want.importer, _top(item)) for item in lost if item.want.attempt > 0}  # who tries once knows what to do without
    own = {_top(item) for item in lost if item.want.attempt > 0 and _party(item, growing) is Party.FIRST}
    warned: set[str] = set()
    for item in sorted(lost, key=lambda item: (len(chains.to(item.want.importer)), item.edge.importer, item.edge.line)):
        name = item.edge.imported
        prepared = item.want.attempt == 0 and (item.want.importer, _top(item)) in tried
        prepared = prepared or _knows(item, own, growing, plan)
        unprepared = not prepared and _unprepared(item, failed, growing) and chains.reaches(item.want.importer, item.edge.in_function)
        if unprepared and name not in warned:
            warned.add(name)
            progress.warn(_finding(item, chains, plan))
        elif not unprepared:
            what = f"not compiled ({item.problem})" if item.problem else "not found"
            progress.detail(
                f"{what}: {name}, wanted by {_shown(item.want.importer)}" + (f" (line {item.edge.line})" if item.edge.line else "")
            )


def _knows(item: Lost, tried: set[str], growing: Growing, plan: Plan) -> bool:
    """Whether the import is made under a condition that says enough.

    Other people's conditions on what they can do without are taken for good; the program's own where it tries the module somewhere
    (`tried`), or where it is a module of another version's or system's standard library.
    """
    want = item.want
    if item.problem or not (want.branch or want.attempt or want.kind is ImportKind.OPTIONAL):
        return False
    if other_versions.has_other(want.name, plan.interpreter):
        return True
    return want.branch and (_party(item, growing) is Party.THIRD or _top(item) in tried)


def _party(item: Lost, growing: Growing) -> Party | None:
    importer = growing.nodes.get(item.want.importer)
    return importer.party if importer is not None else None


def _top(item: Lost) -> str:
    return item.want.name.partition(".")[0]


def _unprepared(item: Lost, failed: set[tuple[str, int]], growing: Growing) -> bool:
    """Whether the import itself fails where nothing expects it; one in a handler is only tried when the try has failed.

    What a child of the program imports is missed only in packages of the program's own: other names may be a try whether they are there.
    """
    want = item.want
    if want.command:
        package = growing.nodes.get(_top(item))
        return package is not None and package.party is Party.FIRST
    if want.attempt < 0:
        return (want.importer, -want.attempt) in failed
    return want.kind not in (ImportKind.OPTIONAL, *NEVER) and not (item.problem and want.kind is ImportKind.KNOWLEDGE)


class Chains:
    """Shortest chains of imports from the entry points over imports that a run cannot avoid; over any, where there is no such chain."""

    def __init__(self, growing: Growing, edges: tuple[Edge, ...]) -> None:
        self._growing = growing
        self._hard = self._search([edge for edge in edges if edge.imported in growing.nodes and self._is_hard(edge)])
        self._any = self._search([edge for edge in edges if edge.imported in growing.nodes and edge.kind not in NEVER])

    def _is_hard(self, edge: Edge) -> bool:
        if edge.kind in (ImportKind.OPTIONAL, ImportKind.KNOWLEDGE, ImportKind.ESSENTIAL, *NEVER):
            return False
        importer = self._growing.nodes.get(edge.importer)
        if importer is None:
            imported = self._growing.nodes[edge.imported]
            return edge.kind is ImportKind.ENTRY or imported.party is Party.FIRST
        if importer.party is Party.STDLIB:
            return False  # what the standard library lacks on this platform it can do without
        return importer.party is Party.FIRST or not edge.in_function

    @staticmethod
    def _search(edges: list[Edge]) -> dict[str, Edge | None]:
        """The last edge of a shortest chain to each module that is reached."""
        outgoing: dict[str, list[Edge]] = {}
        for edge in edges:
            outgoing.setdefault(edge.importer, []).append(edge)
        last: dict[str, Edge | None] = {"": None}
        waiting = deque([""])
        while waiting:
            for edge in outgoing.get(waiting.popleft(), ()):
                if edge.imported not in last:
                    last[edge.imported] = edge
                    waiting.append(edge.imported)
        return last

    def reaches(self, name: str, in_function: bool) -> bool:
        """Whether a run comes to module `name` unprepared, and so to its imports; functions only of the program's own modules."""
        node = self._growing.nodes.get(name)
        if name not in self._hard:
            return False
        return node is None or node.party is Party.FIRST or (node.party is Party.THIRD and not in_function)

    def to(self, name: str) -> list[Edge]:
        """A shortest chain to `name`."""
        last = self._hard if name in self._hard else self._any
        chain: list[Edge] = []
        while (edge := last.get(name)) is not None:
            chain.append(edge)
            name = edge.importer
        return chain[::-1]


def _shown(name: str) -> str:
    return name.removeprefix("@") or "the manifest"


def _finding(item: Lost, chains: Chains, plan: Plan) -> Diagnostic:
    name, importer = item.edge.imported, item.want.importer
    what = f"module {name!r} cannot be compiled ({item.problem})" if item.problem else f"no module named {name!r}"
    if name.startswith("."):
        what = f"{_shown(importer)} imports {name!r} relative to a package that it does not lie in"
    hint = f"install it for {plan.interpreter.executable}, or guard the import with try/except ImportError"
    if item.problem:
        hint = f"its import raises that error; leave the module out with [modules] exclude = [{name!r}]"
    elif name.startswith("."):
        hint = "import it by its absolute name, or run the module as part of its package"
    return Diagnostic(
        f"{what}\n{_chain_text([*chains.to(importer), item.edge], chains)}", _place(item.edge, chains), hint, "warning", "missing-module"
    )


def _place(edge: Edge, chains: Chains) -> Place | None:
    node = chains._growing.nodes.get(edge.importer)
    if node is None or not node.found.origin or not edge.line:
        return None
    path = Path(node.found.origin)
    return Place(path, edge.line, text=source_line(path, edge.line))


def _chain_text(chain: list[Edge], chains: Chains) -> str:
    lines = []
    for edge in chain:
        node = chains._growing.nodes.get(edge.importer)
        if edge.kind is ImportKind.ENTRY:
            lines.append(f"  entry point {_shown(edge.imported)} ({edge.reason})")
            continue
        where = f"{node.found.origin}:{edge.line}" if node is not None and edge.line else edge.reason or "the manifest"
        lines.append(f"  {_shown(edge.importer)} imports {_shown(edge.imported)} ({where})")
    return "\n".join(lines)


def rule_finding(rule: ModuleRule, want: Want, name: str, growing: Growing, plan: Plan) -> Diagnostic:
    """What a rule with `warn` or `error` says of an import."""
    chains = Chains(growing, tuple(growing.edges))
    edge = want.edge(name)
    text = f"{_shown(want.importer)} imports {name}, which {rule.place} speaks against (module = {rule.module!r})"
    severity = "error" if rule.action == "error" else "warning"
    chain = _chain_text([*chains.to(want.importer), edge], chains)
    return Diagnostic(f"{text}\n{chain}", _place(edge, chains), "remove the import, or exclude the module", severity, "module-rule")

"""Why a module is in the program, or why not, in words.

Goes in: a module's name and the graph.  Comes out: text or data on stdout.
"""

from __future__ import annotations

import difflib
from itertools import islice

from pybuild.cli.chains import count_chains, find_ways, shortest_chains
from pybuild.cli.looking import edge_data, importer_place, module_data, shown_module, verb
from pybuild.cli.session import Session
from pybuild.errors import UserError
from pybuild.graph.model import Edge, ImportKind, ModuleGraph


def explain(module: str, graph: ModuleGraph, current: Session, limit: int) -> None:
    """Print the chains to `module`, or why it is not there.  Raises UserError when nothing speaks of it."""
    name = module if module in graph.modules else f"@{module}"
    if name not in graph.modules:
        _explain_absence(module, graph, current)
        return
    ways = find_ways(graph)
    chains = list(islice(shortest_chains(name, ways), limit))
    total = count_chains(name, ways)
    if current.output.json:
        shown = [[edge_data(edge) for edge in chain] for chain in chains]
        current.data({"module": module_data(graph.modules[name]), "chains": shown, "total": total})
        return
    node = graph.modules[name]
    where = f", {node.path}" if node.path else ""
    current.say(f"{module} ({node.party}, {node.kind}{where})")
    for chain in chains:
        current.say("")
        places = [importer_place(edge, graph, current.folder) for edge in chain]
        width = max(map(len, places))
        for place, edge in zip(places, chain, strict=True):
            current.say(f"  {place:<{width}}  {_step(edge)}")
    if total > len(chains):
        current.say(f"\n{total - len(chains)} more chains of the same length; --limit {total} shows all")


def _step(edge: Edge) -> str:
    imported = shown_module(edge.imported)
    if edge.importer:
        return f"{shown_module(edge.importer)} {verb(edge)} {imported}" + (f" ({edge.reason})" if edge.reason else "")
    return {ImportKind.ESSENTIAL: f"the interpreter starts with {imported}", ImportKind.ENTRY: f"entry point: {imported}"}.get(
        edge.kind, f"{imported} is included"
    )


def _explain_absence(module: str, graph: ModuleGraph, current: Session) -> None:
    asked = [miss.edge for miss in graph.missing if miss.name == module]
    skipped = [edge for edge in graph.edges if edge.imported == module]
    excluded = graph.excluded.get(module)
    if not (asked or skipped or excluded):
        near = difflib.get_close_matches(module, graph.modules, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`pybuild tree` shows what is in the program"
        raise UserError.of(f"{module} is not in the program, and nothing in it imports {module}", hint=hint, code="not-in-graph")
    if current.output.json:
        found = [edge_data(edge) for edge in (asked or skipped)]
        current.data({"module": None, "excluded": excluded, "missing": bool(asked), "imported_by": found, "chains": [], "total": 0})
        return
    if excluded:
        current.say(f"{module} is not in the program: excluded by {excluded}")
    elif asked:
        current.say(f"{module} is not in the program: it is not installed where the program's Python finds it")
    else:
        only_types = all(edge.kind is ImportKind.TYPE_CHECKING for edge in skipped)
        why = "only type checkers import it" if only_types else "no import of it can be reached in this program"
        current.say(f"{module} is not in the program: {why}")
    for edge in asked or skipped:
        current.say(f"  {importer_place(edge, graph, current.folder)}  {shown_module(edge.importer)} {verb(edge)} {module}")

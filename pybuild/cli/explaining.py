"""Why a module is in the program, or why not, in words.

Goes in: the name of a module or an entry point, and the graph.  Comes out: text or data on stdout.
"""

from __future__ import annotations

from itertools import islice

from pybuild.cli.chains import count_chains, find_ways, shortest_chains
from pybuild.cli.looking import Looked, edge_data, importer_place, module_data, nearest_names, nodes_called, shown_module, verb
from pybuild.cli.session import Session
from pybuild.errors import UserError
from pybuild.graph.model import Edge, ImportKind


def explain(asked: str, looked: Looked, current: Session, limit: int) -> None:
    """Print the chains to what is called `asked` (a module or script, else an entry point), or why it is not there.

    Raises UserError when nothing speaks of it.
    """
    graph = looked.graph
    called = nodes_called(asked, looked)
    if not called:
        _explain_absence(asked, looked, current)
        return
    name = called[-1]  # of an entry point and a module of one name, the module
    module = shown_module(name)
    ways = find_ways(graph)
    chains = list(islice(shortest_chains(name, ways), limit))
    total = count_chains(name, ways)
    if current.output.json:
        shown = [[edge_data(edge) for edge in chain] for chain in chains]
        current.data({"module": module_data(graph.modules[name]), "chains": shown, "total": total})
        return
    node = graph.modules[name]
    where = f", {node.path}" if node.path else ""
    started = f"entry point {asked} starts " if module != asked else ""
    current.say(f"{started}{module} ({node.party}, {node.kind}{where})")
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


def _explain_absence(module: str, looked: Looked, current: Session) -> None:
    graph = looked.graph
    asked = [miss.edge for miss in graph.missing if miss.name == module]
    skipped = [edge for edge in graph.edges if edge.imported == module]
    excluded = graph.excluded.get(module)
    if not (asked or skipped or excluded):
        message = f"{module} is not in the program, and nothing in it imports {module}"
        raise UserError.of(message, hint=nearest_names(module, looked), code="not-in-graph")
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

"""Ways through the module graph: all shortest chains of imports from an entry point to a module.

Goes in: a `ModuleGraph`.  Comes out: chains of edges, in a fixed order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pybuild.graph.model import Edge, ModuleGraph


@dataclass(frozen=True)
class Ways:
    """Per module its distance from the roots (the manifest and the interpreter, importer ""), and the edges into it."""

    distance: Mapping[str, int]
    into: Mapping[str, tuple[Edge, ...]]  # one edge an importer: the first line that counts


def find_ways(graph: ModuleGraph) -> Ways:
    """Breadth-first distances over all edges that are followed."""
    outgoing: dict[str, list[Edge]] = {}
    into: dict[str, dict[str, Edge]] = {}
    for edge in graph.edges:
        if edge.followed and edge.imported in graph.modules:
            outgoing.setdefault(edge.importer, []).append(edge)
            into.setdefault(edge.imported, {}).setdefault(edge.importer, edge)
    distance = {"": 0}
    waiting = deque([""])
    while waiting:
        name = waiting.popleft()
        for edge in outgoing.get(name, ()):
            if edge.imported not in distance:
                distance[edge.imported] = distance[name] + 1
                waiting.append(edge.imported)
    return Ways(distance, {name: tuple(edges[importer] for importer in sorted(edges)) for name, edges in into.items()})


def count_chains(module: str, ways: Ways) -> int:
    """How many shortest chains lead to `module` (there may be very many), without making them."""
    counts = {"": 1}

    def count(name: str) -> int:
        # Distances fall by one at each step, so the depth is that of the shortest chain: no deep recursion.
        if name not in counts:
            counts[name] = sum(count(edge.importer) for edge in _last_steps(name, ways))
        return counts[name]

    return count(module) if module in ways.distance else 0


def shortest_chains(module: str, ways: Ways) -> Iterator[tuple[Edge, ...]]:
    """Every shortest chain to `module`, its first edge being the one from the manifest or the interpreter; none if there is no way."""
    if module == "":
        yield ()
        return
    for edge in _last_steps(module, ways):
        for chain in shortest_chains(edge.importer, ways):
            yield (*chain, edge)


def _last_steps(module: str, ways: Ways) -> Iterator[Edge]:
    """The edges into `module` that stand at the end of a shortest chain."""
    distance = ways.distance.get(module)
    for edge in ways.into.get(module, ()) if distance else ():
        if ways.distance.get(edge.importer, distance) == distance - 1:  # type: ignore[operator]
            yield edge

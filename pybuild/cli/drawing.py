"""The module graph as a tree of lines.

Goes in: a `ModuleGraph`.  Comes out: lines, each module taken apart where it is first met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pybuild.cli.looking import edge_data, module_data, shown_module
from pybuild.graph.model import Edge, ImportKind, ModuleGraph, Party


@dataclass
class Drawing:
    """A tree being drawn."""

    graph: ModuleGraph
    depth: int | None
    everything: bool
    shown: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.children: dict[str, list[Edge]] = {}
        seen: set[tuple[str, str]] = set()
        for edge in self.graph.edges:
            pair = (edge.importer, edge.imported)
            if edge.followed and edge.kind is not ImportKind.PARENT and pair not in seen and edge.imported in self.graph.modules:
                seen.add(pair)
                self.children.setdefault(edge.importer, []).append(edge)

    def lines(self, roots: Sequence[str] = ()) -> Iterator[str]:
        """The whole tree, or that below the nodes `roots`; a module that was taken apart above ends in `(*)`."""
        for name in roots or self._entries():
            yield self._label(name, None)
            yield from self._below(name, "", 1)
        parties = [module.party for module in self.graph.modules.values()]
        counts = ", ".join(f"{parties.count(party)} {party.value}" for party in Party)
        yield f"{len(parties)} modules: {counts}"

    def _below(self, name: str, indent: str, level: int) -> Iterator[str]:
        if name in self.shown or (self.depth is not None and level > self.depth) or not self._opened(name):
            return
        self.shown.add(name)
        edges = self.children.get(name, [])
        for position, edge in enumerate(edges):
            last = position == len(edges) - 1
            yield f"{indent}{'└── ' if last else '├── '}{self._label(edge.imported, edge)}"
            yield from self._below(edge.imported, indent + ("    " if last else "│   "), level + 1)

    def _label(self, name: str, edge: Edge | None) -> str:
        module = self.graph.modules[name]
        parts = [shown_module(name)]
        if module.party is Party.THIRD and module.distribution:
            parts.append(f"[{module.distribution}]")
        if edge is not None and edge.line:
            parts.append(f":{edge.line}")
        if edge is not None and edge.kind is not ImportKind.STATIC:
            parts.append(f"({edge.kind.value})")
        if name in self.shown and self.children.get(name) and self._opened(name):
            parts.append("(*)")
        return " ".join(parts)

    def _opened(self, name: str) -> bool:
        return self.everything or self.graph.modules[name].party is not Party.STDLIB

    def _entries(self) -> list[str]:
        wanted = [edge.imported for edge in self.children.get("", ()) if edge.kind in (ImportKind.ENTRY, ImportKind.INCLUDE)]
        return list(dict.fromkeys(wanted))


def graph_data(graph: ModuleGraph) -> dict[str, object]:
    return {
        "modules": [module_data(module) for module in graph.modules.values()],
        "edges": [edge_data(edge) for edge in graph.edges],
        "missing": [{"name": miss.name, **edge_data(miss.edge)} for miss in graph.missing],
        "excluded": dict(graph.excluded),
    }

"""The growing graph: modules by name, and the edges between them, while `build` follows imports."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pybuild.graph.finder import Found
from pybuild.graph.model import Edge, ImportKind, Module, ModuleKind, Party
from pybuild.graph.placing import Placing
from pybuild.graph.scanner import Problem, Source
from pybuild.graph.wants import Want


@dataclass(slots=True)
class Node:
    """A module under construction."""

    name: str
    found: Found
    party: Party
    target: str
    is_main: bool = False
    key: str = ""
    distribution: str = ""
    problem: str = ""

    @property
    def is_package(self) -> bool:
        """Whether it has a `__path__`."""
        return self.found.locations is not None

    @property
    def has_code(self) -> bool:
        """Whether there is bytecode of it."""
        return self.found.kind in (ModuleKind.SOURCE, ModuleKind.BYTECODE)

    def source(self) -> Source:
        """Its file, for the scanner."""
        return Source(self.name, self.found.kind, self.found.origin, self.target)

    def module(self) -> Module:
        """The finished value."""
        found = self.found
        return Module(
            self.name,
            found.kind,
            self.party,
            self.is_package,
            Path(found.origin) if found.origin else None,
            self.target,
            tuple(map(Path, found.locations or ())),
            self.distribution,
            self.key,
            self.problem,
        )


@dataclass(slots=True)
class Lost:
    """A wanted name that nobody has, or whose file cannot be compiled (`problem` says why)."""

    want: Want
    edge: Edge
    problem: str = ""


@dataclass
class Growing:
    """Nodes and edges so far; `fresh` are the nodes not yet looked into."""

    placing: Placing
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)
    fresh: list[Node] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    excluded: dict[str, str] = field(default_factory=dict)
    all_names: dict[str, list[str]] = field(default_factory=dict)  # package → constant __all__
    metadata: dict[str, None] = field(default_factory=dict)  # names of distributions that are asked for
    folders: set[str] = field(default_factory=set)  # read on the way, besides those of the finder
    computed: list[tuple[str, int]] = field(default_factory=list)
    broken: dict[str, Problem] = field(default_factory=dict)  # modules that do not compile
    caught: set[Edge] = field(default_factory=set)  # edges of imports that may raise SyntaxError

    def add(self, name: str, found: Found) -> Node:
        """The node of `name`, made with an edge to its package when it is new.  Its packages are already there."""
        node = self.nodes.get(name)
        if node is None:
            party = self.placing.party(found)
            node = Node(name, found, party, self.placing.target(name, found, party))
            self.nodes[name] = node
            self.fresh.append(node)
            parent = name.rpartition(".")[0]
            if parent:
                self.edge(Edge(name, parent, 0, ImportKind.PARENT))
        return node

    def edge(self, edge: Edge, caught: bool = False) -> None:
        """Keep `edge` once; it is `caught` when a SyntaxError is, wherever it stands for an import."""
        if not caught:
            self.caught.discard(edge)
        elif edge not in self.edges:
            self.caught.add(edge)
        self.edges[edge] = None

    def forget(self, importer: str, imported: str, line: int, kind: ImportKind) -> None:
        """Take back such edges."""
        for edge in [edge for edge in self.edges if edge.importer == importer and edge.line == line]:
            if edge.imported == imported and edge.kind is kind:
                del self.edges[edge]

    def scan_of(self, node: Node, scan: dict[str, Any]) -> None:
        """Keep what a scan says besides imports."""
        if "all" in scan:
            self.all_names[node.name] = scan["all"]
        if node.party is Party.STDLIB:
            return
        for name in scan.get("metadata", ()):
            self.metadata[{"{__name__}": node.name, "{__package__}": node.name.rpartition(".")[0] or node.name}.get(name, name)] = None
        if node.party is Party.FIRST:
            self.computed.extend((node.name, line) for line in scan.get("computed", ()))

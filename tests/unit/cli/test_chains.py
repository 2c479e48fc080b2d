"""Ways through the module graph."""

from __future__ import annotations

from pybuild.cli.chains import count_chains, find_ways, shortest_chains
from pybuild.cli.drawing import Drawing
from pybuild.graph.model import Edge, ImportKind, Module, ModuleGraph, ModuleKind, Party


def graph(*edges: tuple[str, str, int] | tuple[str, str, int, ImportKind]) -> ModuleGraph:
    names = sorted({name for edge in edges for name in edge[:2] if name})
    modules = {name: Module(name, ModuleKind.SOURCE, Party.FIRST, False, None, f"{name}.py") for name in names}
    made = [Edge(e[0], e[1], e[2], e[3] if len(e) > 3 else ImportKind.STATIC) for e in edges]
    return ModuleGraph(modules, tuple(made), (), {})


def chains(module: str, made: ModuleGraph) -> list[list[tuple[str, int]]]:
    return [[(edge.imported, edge.line) for edge in chain] for chain in shortest_chains(module, find_ways(made))]


DIAMOND = graph(
    ("", "main", 0, ImportKind.ENTRY),
    ("main", "left", 1),
    ("main", "right", 2),
    ("left", "end", 5),
    ("right", "end", 6),
    ("end", "main", 9),
)


def test_all_shortest_chains_with_their_lines() -> None:
    assert chains("end", DIAMOND) == [[("main", 0), ("left", 1), ("end", 5)], [("main", 0), ("right", 2), ("end", 6)]]
    assert chains("main", DIAMOND) == [[("main", 0)]]


def test_longer_ways_do_not_count() -> None:
    made = graph(("", "main", 0), ("main", "a", 1), ("a", "b", 2), ("b", "end", 3), ("main", "end", 7))
    assert chains("end", made) == [[("main", 0), ("end", 7)]]


def test_what_only_type_checkers_import_is_no_way() -> None:
    made = graph(("", "main", 0), ("main", "typed", 1, ImportKind.TYPE_CHECKING))
    assert chains("typed", made) == []
    assert count_chains("typed", find_ways(made)) == 0


def test_very_many_chains_are_counted_without_being_made() -> None:
    edges = [("", "m0", 0)]
    for level in range(60):
        edges += [
            (f"m{level}", f"l{level}", 1),
            (f"m{level}", f"r{level}", 2),
            (f"l{level}", f"m{level + 1}", 3),
            (f"r{level}", f"m{level + 1}", 4),
        ]
    ways = find_ways(graph(*edges))
    assert count_chains("m60", ways) == 2**60
    assert len(next(shortest_chains("m60", ways))) == 121


def test_a_tree_takes_each_module_apart_once() -> None:
    lines = list(Drawing(DIAMOND, None, False).lines(()))
    assert lines == [
        "main",
        "├── left :1",
        "│   └── end :5",
        "│       └── main :9 (*)",
        "└── right :2",
        "    └── end :6 (*)",
        "4 modules: 4 first-party, 0 third-party, 0 stdlib",
    ]


def test_a_tree_to_a_depth_and_from_a_root() -> None:
    assert list(Drawing(DIAMOND, 1, False).lines(["left"]))[:-1] == ["left", "└── end :5"]
    assert list(Drawing(DIAMOND, 0, False).lines(()))[:-1] == ["main"]

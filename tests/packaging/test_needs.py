"""When modules are needed, as the graph tells."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pybuild.graph.model import Edge, ImportKind, Module, ModuleGraph, ModuleKind, Party
from pybuild.package.needs import needs
from pybuild.package.packing import Need
from tests.packaging.sample_plans import Sample


def graph_of(sample: Sample, *edges: Edge) -> ModuleGraph:
    names = {"@hello.py", "encodings", "encodings.cp500"} | {name for edge in edges for name in (edge.importer, edge.imported) if name}
    modules = {name: Module(name, ModuleKind.SOURCE, Party.FIRST, False, None, f"{name}.py") for name in sorted(names)}
    return replace(sample.graph(), modules=modules, edges=edges)


def edge(importer: str, imported: str, kind: ImportKind = ImportKind.STATIC, *, in_function: bool = False) -> Edge:
    return Edge(importer, imported, 1, kind, in_function)


def test_what_imports_run_functions_import_and_nothing_names(tmp_path: Path) -> None:
    sample = Sample(tmp_path, tmp_path / "launcher")
    found = needs(
        sample.plan(),
        graph_of(
            sample,
            edge("@hello.py", "a"),
            edge("a", "package.b"),
            edge("@hello.py", "package", ImportKind.TYPE_CHECKING),
            edge("a", "late", in_function=True),
            edge("late", "later"),
            edge("", "included", ImportKind.INCLUDE),
            edge("@hello.py", "typed", ImportKind.TYPE_CHECKING),
        ),
    )
    assert {name: need.name for name, (need, _) in found.items()} == {
        "encodings": "START",
        "encodings.cp500": "LATER",
        "@hello.py": "IMPORT",
        "a": "IMPORT",
        "package": "IMPORT",
        "package.b": "IMPORT",
        "late": "CALL",
        "later": "CALL",
        "included": "LATER",
        "typed": "LATER",
    }
    order = sorted((place, name) for name, (need, place) in found.items() if need in (Need.IMPORT, Need.CALL))
    assert [name for _, name in order] == ["@hello.py", "a", "package.b", "package", "late", "later"]


def test_cycles_end(tmp_path: Path) -> None:
    sample = Sample(tmp_path, tmp_path / "launcher")
    found = needs(sample.plan(), graph_of(sample, edge("@hello.py", "a"), edge("a", "b"), edge("b", "a"), edge("b", "a", in_function=True)))
    assert {found[name][0] for name in ("a", "b")} == {Need.IMPORT}

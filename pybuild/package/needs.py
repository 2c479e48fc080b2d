"""When each module is needed, read from the graph: what decides where its bytecode is stored.

Goes in: plan and graph.  Comes out: for each module a `Need` and its place in the order in which modules are stored, which is the order
in which they would be imported.  A wrong answer costs time or space and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pybuild.graph.model import Edge, ImportKind, ModuleGraph
from pybuild.package.packing import Need
from pybuild.resolve.model import Plan

_AT_START = ("encodings", "encodings.aliases", "encodings.utf_8")  # what Python itself needs wherever UTF-8 is the encoding
_RUN = (ImportKind.STATIC, ImportKind.OPTIONAL, ImportKind.CONDITIONAL, ImportKind.DYNAMIC)


def needs(plan: Plan, graph: ModuleGraph) -> dict[str, tuple[Need, int]]:
    """The need and the place of every module of `graph`; modules of which nothing is known share the last place."""
    on_import, in_functions = _imports(graph.edges)
    result: dict[str, tuple[Need, int]] = {}
    need, roots = Need.IMPORT, sorted(entry.module for entry in plan.entry_points)
    while roots:
        found = [name for root in roots for name in _import(root, on_import, need, result)]
        roots = [imported for name in found for imported in in_functions.get(name, ())]
        need = Need.CALL
    last = (Need.LATER, len(result))
    return {name: (Need.START, 0) if name in _AT_START else result.get(name, last) for name in graph.modules}


_Imports = Mapping[str, list[str]]


def _imports(edges: Iterable[Edge]) -> tuple[_Imports, _Imports]:
    """Module → what its import imports, and what its functions import; in the order of the lines."""
    on_import: dict[str, list[str]] = {}
    in_functions: dict[str, list[str]] = {}
    for edge in edges:
        if edge.kind in _RUN:
            (in_functions if edge.in_function else on_import).setdefault(edge.importer, []).append(edge.imported)
    return on_import, in_functions


def _import(root: str, imports: _Imports, need: Need, result: dict[str, tuple[Need, int]]) -> list[str]:
    """Everything that importing `root` imports and `result` does not have yet, packages of modules too; it gets `need` there."""
    reached: list[str] = []
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in result:
            result[name] = (need, len(result))
            reached.append(name)
            waiting += reversed(imports.get(name, ()))
            waiting += [name.rpartition(".")[0]] if "." in name and not name.startswith("@") else []
    return reached

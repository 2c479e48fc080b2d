"""What the commands that only look at the graph share: making it, and saying where a module and an edge come from."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import Cache
from pybuild.cli.progress import TerminalProgress
from pybuild.cli.session import Session
from pybuild.graph.model import Edge, ImportKind, Module, ModuleGraph
from pybuild.request import BuildRequest
from pybuild.resolve.model import Plan


@dataclass(frozen=True)
class Looked:
    """A plan and its graph."""

    plan: Plan
    graph: ModuleGraph

    @property
    def entries(self) -> dict[str, str]:
        """The nodes that entry points start at, by every name and alias of them."""
        points = self.plan.entry_points
        return {name: point.module for point in points for name in (point.name, *point.aliases) if point.module in self.graph.modules}


def nodes_called(name: str, looked: Looked) -> list[str]:
    """The nodes that a user means by `name`: the module or script of an entry point or alias, and the module or script of that name.

    There may be two, as an entry point is often called like its package; none if nothing in the program is called so.
    """
    called = [looked.entries.get(name), *(node for node in (name, f"@{name}") if node in looked.graph.modules)]
    return list(dict.fromkeys(node for node in called if node is not None))


def nearest_names(name: str, looked: Looked) -> str:
    """What to look for instead of `name`, as a hint."""
    import difflib

    known = dict.fromkeys((*looked.entries, *map(shown_module, looked.graph.modules)))
    near = difflib.get_close_matches(name, known, n=3)
    return f"did you mean {' or '.join(near)}?" if near else "`pybuild tree` without arguments shows what is in the program"


def look(request: BuildRequest, session: Session) -> Looked:
    """The graph of `request`; stages are shown only where somebody watches, so that the output is the answer alone."""
    from pybuild import pipeline

    progress = TerminalProgress(sys.stderr, session.folder, quiet=not session.output.verbose, verbose=session.output.verbose)
    plan, graph = pipeline.look(request, Cache.default(), progress)
    return Looked(plan, graph)


def shown_module(name: str) -> str:
    """A script's node without its `@`."""
    return name.removeprefix("@")


def importer_place(edge: Edge, graph: ModuleGraph, folder: Path) -> str:
    """Where the edge stands: the importer's file and line, else the reason that is known."""
    importer = graph.modules.get(edge.importer)
    if importer is None or importer.path is None:
        return edge.reason or shown_module(edge.importer)
    path = importer.path
    shown = path.relative_to(folder) if path.is_relative_to(folder) else path
    return f"{shown}:{edge.line}" if edge.line else str(shown)


def verb(edge: Edge) -> str:
    """What the importer does, in words."""
    words = {
        ImportKind.OPTIONAL: "imports, if it is there,",
        ImportKind.CONDITIONAL: "imports, on this platform,",
        ImportKind.DYNAMIC: "imports by name",
        ImportKind.PARENT: "lies in",
        ImportKind.INCLUDE: "is given by the manifest",
        ImportKind.KNOWLEDGE: "needs, as is known of it,",
        ImportKind.ESSENTIAL: "starts with",
    }
    return words.get(edge.kind, "imports") + (" in a function" if edge.in_function and edge.kind is ImportKind.STATIC else "")


def module_data(module: Module) -> dict[str, object]:
    """A node as what JSON can hold."""
    return {
        "name": shown_module(module.name),
        "kind": module.kind.value,
        "party": module.party.value,
        "package": module.is_package,
        "path": str(module.path) if module.path else None,
        "distribution": module.distribution or None,
    }


def edge_data(edge: Edge) -> dict[str, object]:
    """An edge as what JSON can hold."""
    return {
        "importer": shown_module(edge.importer) or None,
        "imported": shown_module(edge.imported),
        "line": edge.line or None,
        "kind": edge.kind.value,
        "in_function": edge.in_function,
        "reason": edge.reason or None,
    }

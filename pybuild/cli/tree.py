"""`pybuild tree`: the program as a tree of imports, each module taken apart once.

The standard library's own imports are left out unless asked for: they are the same in every program and many.
"""

from __future__ import annotations

from typing import Annotated

import typer

from pybuild.cli import options as o
from pybuild.cli.session import session

Roots = Annotated[list[str] | None, typer.Argument(metavar="[MODULE]...", help="Start at these instead of the entry points.")]
Depth = Annotated[int | None, typer.Option("--depth", metavar="N", min=0, help="Show so many levels below the roots.")]
All = Annotated[bool, typer.Option("--all", help="Also what the standard library imports itself.")]


def tree(
    context: typer.Context,
    roots: Roots = None,
    main: o.Main = None,
    manifest: o.Manifest = None,
    mode: o.ModeOption = None,
    profile: o.Profile = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    depth: Depth = None,
    everything: All = False,
    verbose: o.Verbose = False,
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Show what the program imports, as a tree."""
    with session(o.Output(verbose, format=output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=main or (), profile=profile)
        from pybuild.cli.drawing import Drawing, graph_data
        from pybuild.cli.looking import look

        graph = look(request, current).graph
        if current.output.json:
            current.data(graph_data(graph))
            return
        drawing = Drawing(graph, depth, everything)
        for line in drawing.lines(roots or ()):
            current.say(line)

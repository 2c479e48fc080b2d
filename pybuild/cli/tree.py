"""`pybuild tree`: the program as a tree of imports, each module taken apart once.

The standard library's own imports are left out unless asked for: they are the same in every program and many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pybuild.cli import options as o
from pybuild.cli.session import session
from pybuild.errors import UserError

if TYPE_CHECKING:
    from pybuild.cli.looking import Looked

Roots = Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Start at these entry points, modules or scripts only.")]
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

        looked = look(request, current)
        chosen = _nodes(roots or (), looked)
        if current.output.json:
            current.data(graph_data(looked.graph))
            return
        for line in Drawing(looked.graph, depth, everything).lines(chosen):
            current.say(line)


def _nodes(names: Sequence[str], looked: Looked) -> list[str]:
    """The nodes that `names` mean.  Raises UserError when one is not in the program."""
    from pybuild.cli.looking import nearest_names, nodes_called

    chosen: list[str] = []
    for name in names:
        found = nodes_called(name, looked)
        if not found:
            raise UserError.of(f"{name} is not in the program", hint=nearest_names(name, looked), code="not-in-graph")
        chosen += found
    return list(dict.fromkeys(chosen))

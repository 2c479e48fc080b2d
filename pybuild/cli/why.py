"""`pybuild why NAME`: which imports brought a module into the program: all shortest chains, with their lines."""

from __future__ import annotations

from typing import Annotated

import typer

from pybuild.cli import options as o
from pybuild.cli.session import session

ModuleName = Annotated[
    str, typer.Argument(metavar="NAME", help="A module's import name, a script's file name, or an entry point.", show_default=False)
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Show so many chains at most.")]


def why(
    context: typer.Context,
    module: ModuleName,
    main: o.Main = None,
    manifest: o.Manifest = None,
    mode: o.ModeOption = None,
    profile: o.Profile = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    limit: Limit = 20,
    verbose: o.Verbose = False,
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Explain why a module is in the program."""
    with session(o.Output(verbose, format=output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=main or (), profile=profile)
        from pybuild.cli.explaining import explain
        from pybuild.cli.looking import look

        explain(module, look(request, current), current, limit)

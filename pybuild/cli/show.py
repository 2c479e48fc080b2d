"""`pybuild show`: the manifest as this build takes it: merged, with defaults; `--origin` says which line gave each value."""

from __future__ import annotations

from typing import Annotated

import typer

from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.session import session

ShowOrigin = Annotated[bool, typer.Option("--origin", help="Say for every value which section and line gave it.")]


def show(
    context: typer.Context,
    origin: ShowOrigin = False,
    main: o.Main = None,
    manifest: o.Manifest = None,
    mode: o.ModeOption = None,
    profile: o.Profile = None,
    output_dir: o.OutputDir = None,
    jobs: o.Jobs = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Print the manifest as it is after merging: targets, profile, command line and defaults."""
    with session(o.Output(format=output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=main or (), profile=profile)
        from pybuild import planning

        loaded = planning.load(request)
        merged = planning.merge(loaded, planning.find_interpreter(loaded, request, Cache.default()), request)
        if current.output.json:
            current.data(merged.model.model_dump(mode="json", by_alias=True, exclude_none=True))
        else:
            current.say(merged.show(origin=origin).rstrip("\n"))

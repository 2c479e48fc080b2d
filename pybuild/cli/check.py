"""`pybuild check`: is the manifest right, and is everything there that it names?  Nothing is built."""

from __future__ import annotations

import sys

import typer

from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.build import shown_path
from pybuild.cli.diagnostics import as_data
from pybuild.cli.progress import TerminalProgress
from pybuild.cli.session import session


def check(
    context: typer.Context,
    scripts: o.Scripts = None,
    main: o.Main = None,
    manifest: o.Manifest = None,
    mode: o.ModeOption = None,
    profile: o.Profile = None,
    output_dir: o.OutputDir = None,
    python: o.PythonOption = None,
    hints: o.HintFiles = None,
    settings: o.Set = None,
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Check the manifest and what it names, without building."""
    with session(o.Output(verbose, quiet, output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=[*(scripts or ()), *(main or ())], profile=profile)
        from pybuild import pipeline

        # Stages are of no interest here; warnings are, and are shown at the end.
        progress = TerminalProgress(sys.stderr, current.folder, quiet=True)
        plan, _ = pipeline.look(request, Cache.default(), progress)
        if current.output.json:
            current.data({"diagnostics": [as_data(d) for d in progress.warnings], "exit_status": 0})
            return
        current.show(tuple(progress.warnings))
        names = ", ".join(entry.name for entry in plan.entry_points)
        where = shown_path(str(plan.manifest_path), current.folder) if plan.manifest_path else "the command line"
        current.say(f"{where} is right: {plan.mode} build of {names} into {shown_path(str(plan.program_dir), current.folder)}")

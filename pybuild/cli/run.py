"""`pybuild run`: build what changed, then become the program.

The program replaces pybuild in its process, so its signals, its exit status and its terminal are its own.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, NoReturn

import typer

from pybuild.cli import options as o
from pybuild.cli.building import bring_up_to_date
from pybuild.cli.session import session
from pybuild.errors import UserError
from pybuild.uptodate import Built

Entry = Annotated[str | None, typer.Argument(metavar="[ENTRY]", help="The entry point or alias to start. Default: the default one.")]


def run(
    context: typer.Context,
    entry: Entry = None,
    main: o.Main = None,
    manifest: o.Manifest = None,
    mode: o.ModeOption = None,
    profile: o.Profile = None,
    output_dir: o.OutputDir = None,
    jobs: o.Jobs = None,
    python: o.PythonOption = None,
    hints: o.HintFiles = None,
    settings: o.Set = None,
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
) -> None:
    """Build what changed and start the program: pybuild run [ENTRY] [-- ARGUMENTS]."""
    with session(o.Output(verbose, quiet)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=main or (), profile=profile)
        finished = bring_up_to_date(request, current)
        start(program_of(finished.built, entry), context.obj.program_arguments)


def program_of(built: Built, entry: str | None) -> str:
    """The path that starts `entry` (or the default).  Raises UserError for an unknown name."""
    if entry is None:
        return built.executable
    programs = dict(built.programs)
    if entry not in programs:
        raise UserError.of(
            f"there is no entry point {entry!r}",
            hint=f"the entry points are: {', '.join(programs)}; the program's own arguments follow `--`",
            code="unknown-entry-point",
        )
    return programs[entry]


def start(program: str, arguments: tuple[str, ...]) -> NoReturn:
    """Become `program`.  Raises OSError."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(program, [program, *arguments])

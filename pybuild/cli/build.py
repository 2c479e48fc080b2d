"""`pybuild build`: bring the result up to date and say what it is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import typer

from pybuild.cli import options as o
from pybuild.cli.building import Finished, bring_up_to_date
from pybuild.cli.diagnostics import as_data
from pybuild.cli.session import Session, session

_MOST_SHOWN = 8


def build(
    context: typer.Context,
    scripts: o.Scripts = None,
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
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Build the program: everything that the manifest, or the given scripts, ask for."""
    with session(o.Output(verbose, quiet, output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=[*(scripts or ()), *(main or ())], profile=profile)
        finished = bring_up_to_date(request, current)
        if current.output.json:
            current.data(_as_data(finished))
        else:
            _summarise(finished, current)


def _summarise(finished: Finished, current: Session) -> None:
    built = finished.built
    path = shown_path(built.path, current.folder)
    glibc = f", needs glibc {built.glibc}" if built.glibc else ""
    size = format_size(built.size)
    if not finished.fresh:
        current.say(f"up to date: {path} ({size}{glibc})")
        return
    if current.output.verbose:
        for line in finished.progress.time_table():
            current.say(line)
        if built.glibc_symbol:
            current.say(f"  glibc {built.glibc} is needed by {built.glibc_file} ({built.glibc_symbol})")
        for name, program in built.programs:
            current.say(f"  {name}: {shown_path(program, current.folder)}")
    _, native, bytecode = built.native
    if native or bytecode:
        current.say(f"{_functions(native)} native, {bytecode} {'stays' if bytecode == 1 else 'stay'} bytecode")
    if finished.hot:
        shown = finished.hot if current.output.verbose else finished.hot[:_MOST_SHOWN]
        more = len(finished.hot) - len(shown)
        current.say(f"native beside the first party: {', '.join(shown)}{f' and {more} more' if more else ''}")
    current.say(f"built {path} ({size}{glibc}) in {finished.seconds:.2f} s")


def _as_data(finished: Finished) -> dict[str, Any]:
    built = finished.built
    return {
        "status": "built" if finished.fresh else "up-to-date",
        "path": built.path,
        "executable": built.executable,
        "programs": dict(built.programs),
        "size": built.size,
        "glibc": built.glibc or None,
        "glibc_file": built.glibc_file or None,
        "glibc_symbol": built.glibc_symbol or None,
        "seconds": round(finished.seconds, 3),
        "native": {
            "modules": built.native[0],
            "functions": built.native[1],
            "bytecode": built.native[2],
            "lifted": finished.lifted,
            "front_end_seconds": round(sum(s.seconds for s in finished.progress.stages if s.name == "native"), 3),
        },
        "stages": [{"name": s.name, "count": s.count, "seconds": round(s.seconds, 3)} for s in finished.progress.stages],
        "diagnostics": [as_data(d) for d in built.warnings],
    }


def _functions(count: int) -> str:
    return f"{count} function{'' if count == 1 else 's'}"


def shown_path(path: str, folder: Path) -> str:
    """`path` relative to the working directory where it lies below it."""
    return os.path.relpath(path, folder) if Path(path).is_relative_to(folder) else path


def format_size(size: int) -> str:
    """`size` in bytes as people read it: `812 B`, `5.9 MB` (decimal units)."""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in ("kB", "MB", "GB", "TB"):
        amount /= 1000
        if amount < 1000 or unit == "TB":
            break
    return f"{amount:.1f} {unit}"

"""`pybuild link`: put links to the built programs into another folder (one of PATH, usually), or take them away.

Only links to this project's result are ever replaced or removed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pybuild.cli import options as o
from pybuild.cli.building import bring_up_to_date
from pybuild.cli.session import Session, session
from pybuild.errors import UserError
from pybuild.uptodate import Built

BinDir = Annotated[Path, typer.Option("--bin-dir", metavar="DIR", help="Where the links go.", show_default=False)]
Remove = Annotated[bool, typer.Option("--remove", help="Remove the links again.")]


def link(
    context: typer.Context,
    bin_dir: BinDir,
    remove: Remove = False,
    scripts: o.Scripts = None,
    main: o.Main = None,
    manifest: o.Manifest = None,
    mode: o.ModeOption = None,
    profile: o.Profile = None,
    output_dir: o.OutputDir = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
) -> None:
    """Link every entry point and alias into a folder; builds what changed first."""
    with session(o.Output(verbose, quiet)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, scripts=[*(scripts or ()), *(main or ())], profile=profile)
        built = bring_up_to_date(request, current).built
        folder = current.folder / bin_dir
        if remove:
            _remove(folder, built, current)
        else:
            _make(folder, built, current)


def _make(folder: Path, built: Built, current: Session) -> None:
    """Make all links, or none when one of the names is taken by something else.  Raises UserError and OSError."""
    taken = [folder / name for name, _ in built.programs if os.path.lexists(folder / name) and not _is_ours(folder / name, built)]
    if taken:
        listed = ", ".join(map(str, taken))
        raise UserError.of(f"in the way, and not a link to {built.executable}: {listed}", hint="move it away, or choose another --bin-dir")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UserError.of(f"--bin-dir {folder} is not a folder", hint="choose another --bin-dir") from error
    for name, program in built.programs:
        temporary = folder / f".{name}.{os.getpid()}"
        temporary.symlink_to(program)
        temporary.replace(folder / name)
        current.say(f"{folder / name} -> {program}")


def _remove(folder: Path, built: Built, current: Session) -> None:
    for path in _ours(folder, built):
        path.unlink()
        current.say(f"removed {path}")


def _ours(folder: Path, built: Built) -> Iterator[Path]:
    for name, _ in built.programs:
        if _is_ours(folder / name, built):
            yield folder / name


def _is_ours(path: Path, built: Built) -> bool:
    """Whether `path` is a symbolic link to one of the programs, also one that dangles."""
    if not path.is_symlink():
        return False
    target = os.path.normpath(path.parent / path.readlink())
    return target in {os.path.normpath(program) for _, program in built.programs}

"""`pybuild clean`: remove what was built from this project, and only that.

Builds are on record; whatever else lies in an output folder stays.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pybuild import results
from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.build import shown_path
from pybuild.cli.session import session
from pybuild.errors import UserError

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")]


def clean(
    manifest: o.Manifest = None,
    dry_run: DryRun = False,
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
) -> None:
    """Remove everything that was built from this project, in every mode and profile."""
    with session(o.Output(verbose, quiet)) as current:
        from pybuild.package.clean import remove_result

        cache = Cache.default()
        removed = 0
        for project in _projects(manifest, current.folder):
            for result, files in results.recorded(project, cache).items():
                if not os.path.lexists(result):
                    continue
                removed += 1
                current.say(f"{'would remove' if dry_run else 'removed'} {shown_path(result, current.folder)}")
                if not dry_run:
                    remove_result(Path(result), map(Path, files))
            if not dry_run:
                results.forget(project, cache)
        if not removed:
            current.say("nothing to remove")


def _projects(manifest: Path | None, folder: Path) -> list[Path]:
    """The folders whose results are meant: the manifest's, and the working directory for builds without one."""
    if manifest is not None:
        return [(folder / manifest).resolve().parent]
    from pybuild.manifest import find_manifest

    try:
        found = [find_manifest(folder).parent]
    except UserError:  # no manifest, or two: nothing that could be built, but perhaps something that was
        found = []
    return list(dict.fromkeys([*found, folder]))

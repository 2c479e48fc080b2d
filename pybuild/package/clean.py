"""Removing a result: exactly what builds made, as far as the files themselves still say so.

Goes in: the path of a result and the list of what was written for it.  Comes out: what was removed.  A file that somebody has
put in the place of one of ours stays: a program is known by its payload, a link by where it leads, a folder by its marker.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pybuild.package.folder import made_files
from pybuild.package.layout import MARKER
from pybuild.package.links import is_our_link
from pybuild.package.program import is_program


def remove_result(result: Path, files: Iterable[Path]) -> tuple[Path, ...]:
    """Remove the executable or folder `result`, for which `files` were written.  Raises OSError.

    A folder goes with its last file; what others have put into it, and then the folder too, stays.
    """
    if result.is_dir() and not result.is_symlink():
        return _remove_folder(result)
    links = [path for path in files if path != result and path.is_symlink() and is_our_link(path, result)]
    own = [*links, result] if is_program(result) or not os.path.lexists(result) else links
    return _unlink(own)


def _remove_folder(folder: Path) -> tuple[Path, ...]:
    made = [folder / target for target in sorted(made_files(folder) - {MARKER})]
    real = folder.resolve()
    removed = _unlink(path for path in made if path.parent.resolve().is_relative_to(real) and (path.is_symlink() or not path.is_dir()))
    marker = _unlink([folder / MARKER]) if removed else ()
    for directory, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):  # not empty: somebody else's files
            Path(directory).rmdir()
    return (*removed, *marker)


def _unlink(paths: Iterable[Path]) -> tuple[Path, ...]:
    removed = []
    for path in paths:
        if os.path.lexists(path):
            path.unlink()
            removed.append(path)
    return tuple(removed)

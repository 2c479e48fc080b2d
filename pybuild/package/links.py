"""Links: one for every entry point and alias but the executable's own name, in the result's folder or in a `bin` folder.

Relative symbolic links; copies where the system or the file system has no links.  What stands in the way and is not a link
(or copy) of ours is never overwritten or removed unless the user insists.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pybuild.errors import Diagnostic, UserError
from pybuild.package.publish import disk_errors, staging
from pybuild.resolve.model import Plan

_CHOOSE = "--bin-dir"


@dataclass(frozen=True)
class LinkChange:
    """What `make_links` did: the links that are now there, or those that were removed."""

    made: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()


def link_names(plan: Plan) -> tuple[str, ...]:
    """Every name that starts a program, without that of the executable itself; sorted."""
    names = {name for entry in plan.entry_points for name in (entry.name, *entry.aliases)}
    return tuple(sorted(names - {plan.executable_name}))


def make_link(path: Path, target: str, original: Path) -> None:
    """Make `path`, which is not there yet, a symbolic link to `target`, or a copy of `original` where there are no links.

    Raises OSError.
    """
    try:
        path.symlink_to(target)
    except (OSError, NotImplementedError):
        shutil.copy2(original, path)


def make_links(executable: Path, folder: Path, names: Iterable[str], *, remove: bool = False, force: bool = False) -> LinkChange:
    """Link `names` in `folder` to `executable`, or with `remove` take those links away again.

    A name that is taken by something else is an error (all of them at once, nothing is changed then) unless `force`;
    with `remove` it is left alone.  Raises UserError.
    """
    executable = executable.absolute()
    folder = folder.absolute()
    if remove:
        with disk_errors(folder, _CHOOSE):
            return _remove_links(executable, folder, names, force)
    if not executable.is_file():
        raise UserError.of(f"{executable} is missing", hint="build it first: pybuild build")
    with staging(folder, _CHOOSE) as hidden:
        wanted = [folder / name for name in sorted(set(names)) if folder / name != executable]
        taken = [] if force else [path for path in wanted if os.path.lexists(path) and not is_our_link(path, executable)]
        if taken:
            raise UserError(tuple(_taken(path, executable) for path in taken))
        text = os.path.relpath(executable.resolve(), folder.resolve())
        for path in wanted:
            if path.is_dir() and not path.is_symlink():
                raise UserError.of(f"{path} is a folder", hint="choose another --bin-dir, or remove it")
            make_link(hidden / path.name, text, executable)
        for path in wanted:
            (hidden / path.name).replace(path)
        return LinkChange(made=tuple(wanted))


def _remove_links(executable: Path, folder: Path, names: Iterable[str], force: bool) -> LinkChange:
    removed = []
    for name in sorted(set(names)):
        path = folder / name
        if path == executable or not os.path.lexists(path) or (path.is_dir() and not path.is_symlink()):
            continue
        if force or is_our_link(path, executable):
            path.unlink()
            removed.append(path)
    return LinkChange(removed=tuple(removed))


def is_our_link(path: Path, executable: Path) -> bool:
    """Whether `path` is a link to `executable` (which may be gone by now) or a copy of it."""
    if path.is_symlink():
        target = Path(os.path.normpath(path.parent.resolve() / path.readlink()))
        return target in (executable, executable.parent.resolve() / executable.name, executable.resolve())
    return path.is_file() and executable.is_file() and _same_content(path, executable)


def _same_content(a: Path, b: Path) -> bool:
    import filecmp

    return filecmp.cmp(a, b, shallow=False)


def _taken(path: Path, executable: Path) -> Diagnostic:
    what = f"a link to {path.readlink()}" if path.is_symlink() else "a folder" if path.is_dir() else "a file"
    return Diagnostic(f"{path} is {what}, not a link to {executable}", hint="remove it, choose another --bin-dir, or use --force")

"""The standalone folder as a whole: whether it may be replaced, the marker that says so, and the replacement."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from pybuild.errors import UserError
from pybuild.package.layout import MARKER
from pybuild.package.program import file_digest, set_time
from pybuild.package.publish import replace_folder


def check_way(final: Path) -> None:
    """Refuse to replace a file, or a folder that no build made.  Raises UserError."""
    if not os.path.lexists(final):
        return
    if final.is_symlink() or not final.is_dir():
        raise UserError.of(f"{final} is in the way of the result, and not a folder", hint="remove it, or choose another [build] output-dir")
    if not (final / MARKER).is_file() and any(final.iterdir()):
        raise UserError.of(
            f"{final} was not made by pybuild and would be replaced",
            hint="move it away, or choose another [build] output-dir or [product] name",
        )


def write_marker(folder: Path, targets: Iterable[str]) -> None:
    """The list of what pybuild made, and fixed modes and times for the folders and links.  Raises OSError."""
    (folder / MARKER).write_text("".join(f"{target}\n" for target in targets), "utf-8", newline="\n")
    (folder / MARKER).chmod(0o644)
    content = file_digest(folder / MARKER)
    set_time(folder / MARKER, content)
    for directory, _, files in os.walk(folder, topdown=False):
        for path in (Path(directory, name) for name in files):
            if path.is_symlink():
                set_time(path, content)
        Path(directory).chmod(0o755)  # whatever the umask says
        set_time(Path(directory), content)


def made_files(folder: Path) -> frozenset[str]:
    """What the marker of `folder` says that pybuild made; empty without one."""
    try:
        return frozenset((folder / MARKER).read_text("utf-8").splitlines())
    except (OSError, UnicodeError):
        return frozenset()


def hand_over(new: Path, final: Path) -> None:
    """Put `new` in the place of `final`; what others have put into the old folder is in both before.  Raises OSError and UserError."""
    for path in list(_foreign(final)) if final.is_dir() else []:
        if os.path.lexists(new / path):
            raise UserError.of(f"{final / path} was not made by pybuild and would be replaced", hint="move it out of the folder")
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(final / path, new / path, follow_symlinks=False)
        except OSError:  # a file system without hard links
            shutil.copy2(final / path, new / path, follow_symlinks=False)
    replace_folder(new, final)


def _foreign(folder: Path) -> Iterator[Path]:
    """The files below `folder` that pybuild did not make, relative to it; without Python's own caches."""
    made = made_files(folder)
    for directory, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        links = [name for name in folders if Path(directory, name).is_symlink()]
        for name in (*files, *links):
            path = Path(directory, name).relative_to(folder)
            if path.as_posix() not in made:
                yield path

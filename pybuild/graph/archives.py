"""Modules in zip archives and eggs on the search path: they are unpacked into the cache, and what was found in the archive lies there.

Goes in: where a finder says that a module lies, `/site-packages/some.egg/pkg/mod.py`.  Comes out: the same path in the folder that the
archive is unpacked into; its submodules, data files and extension modules are then found like any other.  The folder is named by the
archive's content.
"""

# ruff: noqa: PTH113, PTH120
# (plain strings: the finder asks for every module)

from __future__ import annotations

import os
from pathlib import Path

from pybuild.cache import Cache, digest, write_atomically
from pybuild.errors import BuildFailure, UserError

KIND = "archive"
_TOUCH_AFTER = 600.0  # seconds: as for all that is used of the cache


class Archives:
    """The archives of one build; each is looked at once."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._folders: dict[str, str] = {}  # archive → where it is unpacked

    def unpacked(self, path: str) -> str:
        """Where `path`, which leads into an archive, lies now.  Raises UserError when it is no zip, BuildFailure when the disk is full."""
        archive = path
        while not os.path.isfile(archive):
            parent = os.path.dirname(archive)
            if parent == archive:
                raise UserError.of(
                    f"{path} lies neither in a folder nor in an archive that can be read",
                    hint="install what it belongs to as files: pip unpacks wheels, `pip install --no-binary` builds from the sources",
                    code="module-in-archive",
                )
            archive = parent
        if archive not in self._folders:
            self._folders[archive] = _unpack(archive, self._cache)
        return self._folders[archive] + path[len(archive) :]

    def archive_of(self, path: str) -> str:
        """The path in its archive of a file that was unpacked; "" for any other file."""
        for archive, folder in self._folders.items():
            if path.startswith(folder + os.sep):
                return archive + path[len(folder) :]
        return ""

    @property
    def files(self) -> tuple[str, ...]:
        """The archives."""
        return tuple(self._folders)


def _unpack(archive: str, cache: Cache) -> str:
    """Have every file of `archive` in the cache; those that have gone from there are written again."""
    import time
    import zipfile
    import zlib

    try:
        folder = cache.path(KIND, digest(Path(archive).read_bytes()))
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir() and _stays_inside(member.filename)]
            for member in members:
                target = folder / member.filename
                try:
                    state = target.stat()
                    if state.st_size != member.file_size:
                        raise FileNotFoundError
                except FileNotFoundError:
                    write_atomically(target, opened.read(member))
                else:
                    if time.time() - state.st_mtime > _TOUCH_AFTER:
                        os.utime(target)
    except OSError as error:
        raise BuildFailure.of(
            f"{error.filename or archive}: {error.strerror or error}, while {archive} was unpacked for the modules in it",
            hint="make room, or set PYBUILD_CACHE_DIR to a folder that can be written",
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise UserError.of(
            f"{archive}, which the program's Python finds modules in, cannot be unpacked: {error}",
            hint="unpack it beside itself and have the .pth file or the search path name the folder, or install the package again with pip",
            code="module-in-archive",
        ) from error
    return str(folder)


def _stays_inside(name: str) -> bool:
    return not name.startswith(("/", "\\")) and ".." not in name.replace("\\", "/").split("/")

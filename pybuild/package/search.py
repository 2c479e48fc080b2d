"""Finding a shared library as the dynamic linker of the building machine would.

Goes in: a soname, who needs it, and the run paths on the way there.  Comes out: the file.  The order is ld.so(8)'s: DT_RPATH
of the file (unless it has DT_RUNPATH) and of its loaders, LD_LIBRARY_PATH, DT_RUNPATH, /etc/ld.so.cache, the default folders.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

_CACHE_FILE = Path("/etc/ld.so.cache")
_CACHE_MAGIC = b"glibc-ld.so.cache1.1"
_CACHE_HEADER = 48
_CACHE_ENTRY = struct.Struct("=iIIIQ")  # flags, offset of the soname, offset of the path, OS version, hardware capabilities


def system_libraries() -> frozenset[str]:
    """The sonames that every Linux is expected to have."""
    text = Path(__file__).with_name("system_libraries.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))


def run_path_folders(run_path: str, origin: Path) -> tuple[Path, ...]:
    """The folders of a DT_RPATH or DT_RUNPATH of a file in the folder `origin`; other tokens than $ORIGIN are not supported."""
    folders = (Path(expand_origin(part, origin)) for part in run_path.split(":") if part)
    return tuple(folder for folder in folders if folder.is_absolute())


def expand_origin(part: str, origin: Path) -> str:
    """`part` with $ORIGIN replaced and `..` resolved."""
    return os.path.normpath(part.replace("${ORIGIN}", str(origin)).replace("$ORIGIN", str(origin)))


def parse_loader_cache(data: bytes) -> Iterator[tuple[str, Path]]:
    """(soname, path) of each entry of an ld.so.cache (the format of glibc 2.2 and later, alone or behind the older one).

    Variants for newer processors (glibc-hwcaps) are left out: what is shipped must run on any machine of the architecture.
    """
    base = data.find(_CACHE_MAGIC)
    if base < 0 or len(data) < base + _CACHE_HEADER:
        return
    (count,) = struct.unpack_from("=I", data, base + len(_CACHE_MAGIC))
    for index in range(count):
        _, name, path, _, capabilities = _CACHE_ENTRY.unpack_from(data, base + _CACHE_HEADER + index * _CACHE_ENTRY.size)
        if capabilities == 0:
            yield _string(data, base + name), Path(_string(data, base + path))


def _string(data: bytes, start: int) -> str:
    return os.fsdecode(data[start : data.index(b"\0", start)])


@dataclass(frozen=True)
class LibrarySearch:
    """The building machine's places for shared libraries; `extra` are searched last (the interpreter's own lib folders)."""

    multiarch: str = ""
    extra: tuple[Path, ...] = ()
    loader_cache: Path = field(default=_CACHE_FILE)

    def candidates(self, soname: str, rpath: Iterable[Path], runpath: Iterable[Path]) -> Iterator[Path]:
        """The existing files that could be meant, best first."""
        if "/" in soname:
            found: Iterable[Path] = [Path(soname)] if soname.startswith("/") else []
        else:
            folders = (*rpath, *self._environment, *runpath)
            found = (*(folder / soname for folder in folders), *self._cached.get(soname, ()), *(d / soname for d in self._default))
        return (path for path in found if path.is_file())

    @cached_property
    def _environment(self) -> tuple[Path, ...]:
        return tuple(Path(part) for part in os.environ.get("LD_LIBRARY_PATH", "").split(":") if part)

    @cached_property
    def _cached(self) -> dict[str, list[Path]]:
        entries: dict[str, list[Path]] = {}
        try:
            for soname, path in parse_loader_cache(self.loader_cache.read_bytes()):
                entries.setdefault(soname, []).append(path)
        except (OSError, ValueError, struct.error):
            pass  # no cache, or one we do not understand: the default folders remain
        return entries

    @cached_property
    def _default(self) -> tuple[Path, ...]:
        names = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"]
        if self.multiarch:
            names = [f"/lib/{self.multiarch}", f"/usr/lib/{self.multiarch}", *names]
        return (*map(Path, names), *self.extra)

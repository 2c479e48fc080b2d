"""Whether anything has changed since the last build, answered before any stage is imported.

Goes in: a `BuildRequest` and the cache.  Comes out: the `Stamp` of the last successful build of that request when every
file and folder that it looked at, and every file that it made, is still exactly as it was; else None, and the caller
builds (incrementally: the content cache decides again, module by module).  It stands before the pipeline because a build
with nothing to do should cost a few thousand `stat` calls and no more.

A path counts as unchanged when modification time, change time, size and inode are equal; a path that was missing must
still be missing.  A folder whose times differ is compared by its listing, without `__pycache__`.  Any doubt, also about
the stamp itself, is an answer of None.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pybuild import __version__
from pybuild.cache import Cache, digest
from pybuild.errors import Diagnostic, Place
from pybuild.request import BuildRequest

KIND = "stamp"
_LAYOUT = 2

# Variables that decide what is found or how it is built; one that changes makes another stamp.
_ENVIRONMENT = (
    "PATH", "HOME", "VIRTUAL_ENV", "CC", "CFLAGS", "CPPFLAGS", "LDFLAGS", "CPATH", "C_INCLUDE_PATH", "LIBRARY_PATH",
    "LD_LIBRARY_PATH", "SOURCE_DATE_EPOCH", "PKG_CONFIG_PATH", "XDG_CACHE_HOME", "PYENV_VERSION",
)  # fmt: skip
_ENVIRONMENT_PREFIXES = ("PYBUILD_", "PYTHON")
_IRRELEVANT = frozenset({"PYBUILD_ENTRY_POINT"})
_COMPILERS = ("cc", "gcc", "clang", "zig", "ld", "strip", "ccache", "sccache", "distcc")

# How far a file system's clock may be behind `time.time_ns()`.
_CLOCK_SLACK_NS = 20_000_000

Signature = tuple[int, int, int, int, str]
_MISSING: Signature = (0, 0, 0, 0, "")


@dataclass(frozen=True)
class Built:
    """What the commands need to know of a finished build without planning it again; everything is plain data."""

    path: str  # what was made: the executable or the folder
    executable: str
    programs: tuple[tuple[str, str], ...]  # (entry point or alias, the path that starts it)
    size: int
    glibc: str = ""
    glibc_file: str = ""
    glibc_symbol: str = ""
    warnings: tuple[Diagnostic, ...] = ()  # shown again: what they say is still so
    native: tuple[int, int, int] = (0, 0, 0)  # modules with native code, native functions, functions of theirs that stay bytecode


@dataclass(frozen=True)
class Stamp:
    """A build that needs not be done again."""

    built: Built
    files: tuple[str, ...]  # everything that it wrote


def stamp_key(request: BuildRequest) -> str:
    """The cache key of `request`'s stamp: request, pybuild, its own Python and the environment that matters."""
    environment = sorted(
        (name, value)
        for name, value in os.environ.items()
        if (name in _ENVIRONMENT or name.startswith(_ENVIRONMENT_PREFIXES)) and name not in _IRRELEVANT
    )
    return digest(str(_LAYOUT), __version__, sys.version, sys.executable, request.fingerprint(), repr(environment))


def find(request: BuildRequest, cache: Cache) -> Stamp | None:
    """The stamp of `request` if nothing has changed since, else None."""
    data = cache.get(KIND, stamp_key(request))
    if data is None:
        return None
    try:
        inputs, results, built = marshal.loads(data)
        if not all(_unchanged(path, signature, follow=True) for path, signature in inputs):
            return None
        if not all(_unchanged(path, signature, follow=False) for path, signature in results):
            return None
        return Stamp(_thaw(built), tuple(path for path, _ in results))
    except (ValueError, TypeError, EOFError, OSError):
        return None


def save(request: BuildRequest, cache: Cache, *, inputs: Iterable[Path], files: Iterable[Path], built: Built, started_ns: int) -> bool:
    """Remember a successful build.

    `inputs` are the files and folders that it looked at (missing ones too), `files` those that it wrote, `started_ns` the
    wall clock when it started.  An input that changed while the build ran makes the stamp worthless: nothing is stored
    and False is returned.  Raises OSError when the cache cannot be written.
    """
    made = {str(path) for path in files}
    cache.root.mkdir(parents=True, exist_ok=True)
    own = _surroundings({*made, str(cache.root)})
    since = started_ns - _CLOCK_SLACK_NS
    signed: list[tuple[str, Signature]] = []
    for path in sorted({str(path) for path in inputs} | set(_tool_files())):
        if path in made:
            continue
        signature = _sign(path, follow=True)
        if max(signature[0], signature[1]) >= since and not (signature[4] and _only_own_changes(path, since, own)):
            return False
        signed.append((path, signature))
    results = [(path, _sign(path, follow=False)) for path in sorted(made)]
    cache.put(KIND, stamp_key(request), marshal.dumps((signed, results, _freeze(built))))
    return True


def _freeze(built: Built) -> tuple[Any, ...]:
    """`built` as what marshal can store."""
    warnings = []
    for item in built.warnings:
        place = item.place
        where = None if place is None else (str(place.path), place.line, place.column, place.text, place.width)
        warnings.append((item.message, where, item.hint, item.severity, item.code))
    plain = (built.path, built.executable, built.programs, built.size, built.glibc, built.glibc_file, built.glibc_symbol)
    return (*plain, built.native, tuple(warnings))


def _thaw(record: tuple[Any, ...]) -> Built:
    """The inverse of `_freeze`; raises TypeError or ValueError on anything else."""
    *plain, native, frozen = record
    warnings = []
    for message, where, hint, severity, code in frozen:
        place = None if where is None else Place(Path(where[0]), *where[1:])
        warnings.append(Diagnostic(message, place, hint, severity, code))
    return replace(Built(*plain), warnings=tuple(warnings), native=native)


def _sign(path: str, *, follow: bool) -> Signature:
    """What must stay equal; the last item is the listing's digest for a folder, else empty."""
    try:
        status = os.stat(path, follow_symlinks=follow)
    except OSError:
        return _MISSING
    listing = _listing(path) if stat.S_ISDIR(status.st_mode) else ""
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, listing)


def _unchanged(path: str, signature: Signature, *, follow: bool) -> bool:
    try:
        status = os.stat(path, follow_symlinks=follow)
    except OSError:
        return signature == _MISSING
    if signature[:4] == (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino):
        return True
    return bool(signature[4]) and stat.S_ISDIR(status.st_mode) and _listing(path) == signature[4]


def _listing(folder: str) -> str:
    """Digest of the names in `folder`; what Python itself writes there does not count."""
    return digest(*sorted(name for name in os.listdir(folder) if name != "__pycache__"))


def _surroundings(made: set[str]) -> frozenset[str]:
    """Every path that the build may have created on the way to its results: the results and all folders above them."""
    return frozenset(made | {str(parent) for path in made for parent in Path(path).parents})


def _only_own_changes(folder: str, since: int, own: frozenset[str]) -> bool:
    """Whether all that is new in `folder` since the build started was made by the build itself."""
    for entry in os.scandir(folder):
        if entry.name == "__pycache__" or entry.path in own:
            continue
        if entry.stat(follow_symlinks=False).st_ctime_ns >= since:
            return False
    return True


def _tool_files() -> Iterator[str]:
    """pybuild's own files, the C sources it links, and the compilers that PATH finds: a change of any of them counts."""
    import shutil

    from pybuild import resources

    roots = [Path(__file__).parent]
    for name in ("runtime_c", "runtime_py"):
        with suppress(FileNotFoundError):
            roots.append(resources.folder(name))
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            yield from (os.path.join(folder, name) for name in sorted(names) if not name.endswith(".pyc"))
    for name in _COMPILERS:
        found = shutil.which(name)
        if found:
            yield found

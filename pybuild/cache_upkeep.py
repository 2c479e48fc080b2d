"""Looks after the content cache: what is in it, and removing what no build has used for long.

Goes in: a cache, an age and a size.  Comes out: counts.  Every use of a file touches it (at most each ten minutes), so its time of change
is that of its last use.  A running build loses nothing: while one holds the builds' lock, whatever was used within the last hour stays.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import Cache

_GRACE = 3600.0  # seconds since its last use in which a file stays while a build is running
_RECORDS = ("results",)  # what cannot be made again: which results were built where
_NOT_CONTENT = ("locks", "work")


@dataclass(frozen=True)
class CachedFile:
    """One file; `used` is the time of its last use in seconds since the epoch."""

    path: Path
    kind: str
    size: int
    used: float


@dataclass(frozen=True)
class KindInfo:
    """All files of one kind; `oldest` is the last use of the one that was longest not used."""

    kind: str
    files: int
    size: int
    oldest: float


@dataclass(frozen=True)
class Pruned:
    """What was removed, and what had to stay because a build was running."""

    files: int
    size: int
    kept_in_use: int


def info(cache: Cache) -> tuple[KindInfo, ...]:
    """The kinds of the cache by name."""
    kinds: dict[str, list[CachedFile]] = {}
    for file in cached_files(cache):
        kinds.setdefault(file.kind, []).append(file)
    return tuple(
        KindInfo(kind, len(files), sum(file.size for file in files), min(file.used for file in files))
        for kind, files in sorted(kinds.items())
    )


def prune(cache: Cache, max_age: float | None = None, max_size: int | None = None) -> Pruned:
    """Remove files not used for `max_age` seconds, then the longest unused ones until at most `max_size` bytes are left.

    With `max_age=0` everything goes that can be made again.  None is no limit.  What disappears meanwhile is no error;
    raises OSError when a file cannot be removed.
    """
    now = time.time()
    with _alone(cache) as alone:
        files = sorted(cached_files(cache), key=lambda file: (file.used, file.path))
        wanted = _chosen([file for file in files if file.kind not in _RECORDS], now, max_age, max_size)
        removable = [file for file in wanted if alone or now - file.used > _GRACE]
        for file in removable:
            file.path.unlink(missing_ok=True)
        _remove_left_overs(cache, now, alone)
    return Pruned(len(removable), sum(file.size for file in removable), len(wanted) - len(removable))


def cached_files(cache: Cache) -> Iterator[CachedFile]:
    """Every file of the cache; what disappears meanwhile is left out."""
    for folder, _, names in os.walk(cache.root):
        kind = Path(folder).relative_to(cache.root).parts[:1]
        if not kind or kind[0] in _NOT_CONTENT:
            continue
        for name in names:
            path = Path(folder, name)
            try:
                state = path.lstat()
            except OSError:
                continue
            yield CachedFile(path, kind[0], state.st_size, state.st_mtime)


def _chosen(files: list[CachedFile], now: float, max_age: float | None, max_size: int | None) -> list[CachedFile]:
    """Those of `files` (longest unused first) that are too old, or too much."""
    size = sum(file.size for file in files)
    chosen = []
    for file in files:
        too_old = max_age is not None and now - file.used >= max_age
        too_much = max_size is not None and size > max_size
        if too_old or too_much:
            chosen.append(file)
            size -= file.size
    return chosen


@contextmanager
def _alone(cache: Cache) -> Iterator[bool]:
    """Whether no build is running; none starts to use the cache before the end of the block then."""
    import fcntl

    if not cache.root.is_dir():
        yield True
        return
    cache.builds_lock.parent.mkdir(parents=True, exist_ok=True)
    with cache.builds_lock.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _remove_left_overs(cache: Cache, now: float, alone: bool) -> None:
    """Remove the working folders of builds that were killed, and, when no build is running, locks and empty folders."""
    for folder in (cache.root / "work").glob("*"):
        with suppress(OSError):
            if alone or now - folder.stat().st_mtime > _GRACE * 24:
                shutil.rmtree(folder, ignore_errors=True)
    if not alone:
        return
    for lock in (cache.root / "locks").glob("*"):
        if lock != cache.builds_lock:
            lock.unlink(missing_ok=True)
    for name, _, _ in os.walk(cache.root, topdown=False):
        folder = Path(name)
        if folder not in (cache.root, cache.builds_lock.parent):
            with suppress(OSError):
                folder.rmdir()

"""`pybuild cache info` and `pybuild cache prune`: what the content cache holds, and removing what is no longer used."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.build import format_size
from pybuild.cli.session import session

_DAY = 86400.0

OlderThan = Annotated[float, typer.Option("--older-than", metavar="DAYS", min=0, help="Remove what was not used for so many days.")]
All = Annotated[bool, typer.Option("--all", help="Remove everything.")]


@dataclass(frozen=True)
class CachedFile:
    """A file of the cache; `used` is when it was last read or written."""

    path: Path
    kind: str
    size: int
    used: float


def info(output_format: o.Format = o.OutputFormat.TEXT) -> None:
    """Show where the cache is, and how much of what it holds."""
    with session(o.Output(format=output_format)) as current:
        cache = Cache.default()
        kinds: dict[str, list[int]] = {}
        for file in cached_files(cache):
            kinds.setdefault(file.kind, []).append(file.size)
        total = sum(map(sum, kinds.values()))
        if current.output.json:
            shown = {kind: {"files": len(sizes), "bytes": sum(sizes)} for kind, sizes in sorted(kinds.items())}
            current.data({"path": str(cache.root), "bytes": total, "kinds": shown})
            return
        current.say(f"{cache.root}: {format_size(total)}")
        for kind, sizes in sorted(kinds.items()):
            current.say(f"  {kind:<12} {len(sizes):>7} files  {format_size(sum(sizes)):>9}")


def prune(older_than: OlderThan = 30, everything: All = False, quiet: o.Quiet = False) -> None:
    """Remove what no build has used lately.  Everything in the cache can be made again."""
    with session(o.Output(quiet=quiet)) as current:
        cache = Cache.default()
        limit = float("inf") if everything else time.time() - older_than * _DAY
        removed = freed = 0
        for file in list(cached_files(cache)):
            if file.used < limit:
                file.path.unlink(missing_ok=True)
                removed += 1
                freed += file.size
        _remove_empty_folders(cache.root)
        current.say(f"removed {removed} files, {format_size(freed)}")


def cached_files(cache: Cache) -> Iterator[CachedFile]:
    """Every file of the cache; what disappears meanwhile is left out.  Locks are not content."""
    for folder, _, names in os.walk(cache.root):
        kind = Path(folder).relative_to(cache.root).parts[:1]
        if not kind or kind[0] == "locks":
            continue
        for name in names:
            path = Path(folder, name)
            try:
                status = path.lstat()
            except OSError:
                continue
            yield CachedFile(path, kind[0], status.st_size, max(status.st_atime, status.st_mtime))


def _remove_empty_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        if Path(folder) != root:
            try:
                Path(folder).rmdir()
            except OSError:
                continue

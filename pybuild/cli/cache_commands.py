"""`pybuild cache info` and `pybuild cache prune`: what the content cache holds, and removing what no build has used for long."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated

import typer

from pybuild import cache_upkeep
from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.build import format_size
from pybuild.cli.session import session
from pybuild.errors import UserError

_DAY = 86400.0
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}

OlderThan = Annotated[float, typer.Option("--older-than", metavar="DAYS", min=0, help="Remove what was not used for so many days.")]
MaxSize = Annotated[
    str | None, typer.Option("--max-size", metavar="SIZE", help="Then remove the longest unused down to this, `500M` or `2G`.")
]
All = Annotated[bool, typer.Option("--all", help="Remove everything that can be made again.")]


def info(output_format: o.Format = o.OutputFormat.TEXT) -> None:
    """Show where the cache is, and how much of what it holds."""
    with session(o.Output(format=output_format)) as current:
        cache = Cache.default()
        kinds = cache_upkeep.info(cache)
        total = sum(kind.size for kind in kinds)
        if current.output.json:
            shown = {kind.kind: {"files": kind.files, "bytes": kind.size, "oldest": kind.oldest} for kind in kinds}
            current.data({"path": str(cache.root), "bytes": total, "kinds": shown})
            return
        current.say(f"{cache.root}: {format_size(total)}")
        for kind in kinds:
            oldest = datetime.fromtimestamp(kind.oldest).date()
            current.say(f"  {kind.kind:<12} {kind.files:>7} files  {format_size(kind.size):>9}  oldest used on {oldest}")


def prune(older_than: OlderThan = 30, max_size: MaxSize = None, everything: All = False, quiet: o.Quiet = False) -> None:
    """Remove what no build has used lately.  Everything in the cache can be made again."""
    with session(o.Output(quiet=quiet)) as current:
        limit = None if max_size is None else parse_size(max_size)
        pruned = cache_upkeep.prune(Cache.default(), 0.0 if everything else older_than * _DAY, limit)
        current.say(f"removed {pruned.files} files, {format_size(pruned.size)}")
        if pruned.kept_in_use:
            current.say(f"kept {pruned.kept_in_use} files that a running build may need")


def parse_size(text: str) -> int:
    """Bytes of `500`, `500M`, `1.5 GB` (decimal units).  Raises UserError."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]?)b?\s*", text, re.IGNORECASE)
    if found is None:
        raise UserError.of(f"--max-size {text}: expected a size", hint="for example 500M or 2G", code="size-syntax")
    return int(float(found[1]) * _UNITS[found[2].lower()])

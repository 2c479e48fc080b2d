"""Which results have been built from a project folder, so that `clean` removes those and nothing else.

Goes in: a project folder and what was written for it.  Comes out: the list again, from the cache, for every mode, profile and
output folder that was ever built there and is not yet cleaned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pybuild.cache import Cache, digest

KIND = "results"


def _key(project: Path) -> str:
    return digest(str(project))


def recorded(project: Path, cache: Cache) -> Mapping[str, Sequence[str]]:
    """Result (the executable or the folder) → every file written for it."""
    data = cache.get(KIND, _key(project))
    if data is None:
        return {}
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def record(project: Path, result: Path, files: Sequence[Path], cache: Cache) -> None:
    """Remember `result`.  Raises OSError when the cache cannot be written."""
    with cache.lock(KIND, _key(project)):
        known = dict(recorded(project, cache))
        listed = sorted(map(str, files))
        if known.get(str(result)) != listed:
            known[str(result)] = listed
            cache.put(KIND, _key(project), json.dumps(known).encode())


def forget(project: Path, cache: Cache) -> None:
    """Nothing of `project` is there any more."""
    cache.path(KIND, _key(project)).unlink(missing_ok=True)

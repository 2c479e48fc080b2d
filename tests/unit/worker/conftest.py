"""Worker processes of every supported Python on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pybuild.interpreter import WorkerPool


@dataclass(frozen=True)
class Target:
    """A Python that workers run on."""

    executable: Path
    version: str


def find_targets() -> list[Target]:
    """One Python of each supported version: those of version managers first, for they are built as their makers wanted them."""
    found = []
    for version in ("3.11", "3.12", "3.13"):
        managed = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
        on_path = shutil.which(f"python{version}")
        candidates = managed[-1:] or ([Path(on_path)] if on_path else [])
        found += [Target(candidate, version) for candidate in candidates]
    return found


@pytest.fixture(scope="session", params=find_targets(), ids=lambda target: target.version)
def target(request: pytest.FixtureRequest) -> Target:
    return request.param


@pytest.fixture(scope="session")
def pool(target: Target) -> Iterator[WorkerPool]:
    """Workers of the target, two for compiling."""
    with WorkerPool(target, 2) as pool:
        yield pool


@pytest.fixture
def compile_source(pool: WorkerPool, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Compile one source in a worker: its answer, and the stored code under "code"."""

    def run(source: str | bytes, target: str = "m.py", **options: Any) -> dict[str, Any]:
        content = source.encode() if isinstance(source, str) else source
        store = tmp_path / "cache" / "ab" / "cdef"
        request = {"target": target, "optimize": 0, "strip_docstrings": False, "store": str(store), **options}
        answer = pool.call("module", **request, blobs=(content,))
        if "scan" in answer:
            stored = store.read_bytes()
            size = int.from_bytes(stored[:8], "little")
            answer["stored_scan"] = stored[8 : 8 + size]
            answer["code"] = stored[8 + size :]
        return answer

    return run

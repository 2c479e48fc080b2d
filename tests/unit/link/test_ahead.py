"""Linking while modules are looked at: the same executable, the same errors, and nothing that outlives a build which fails."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledProgram
from pybuild.errors import UserError
from pybuild.link import link_ahead, link_executable
from pybuild.progress import Silent
from tests.unit.link.linking import make_plan, with_compiler

NOTHING = CompiledProgram({})


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_it_gives_what_linking_gives(tmp_path: Path, cache: Cache) -> None:
    plan = make_plan(tmp_path)
    with link_ahead(plan, CompiledProgram({}), cache) as linking:
        ahead = linking.result(NOTHING, Silent())
    assert ahead.compiled > 0
    assert link_executable(plan, NOTHING, cache, Silent()).path == ahead.path


def test_its_errors_come_when_the_result_is_asked_for(tmp_path: Path, cache: Cache) -> None:
    plan = with_compiler(make_plan(tmp_path), cc=str(tmp_path / "nowhere"))
    with pytest.raises(UserError, match="nowhere"), link_ahead(plan, CompiledProgram({}), cache) as linking:
        linking.result(NOTHING, Silent())


def test_a_build_that_fails_meanwhile_ends_the_compilers(tmp_path: Path, cache: Cache) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()
    slow = tmp_path / "slow-gcc"
    slow.write_text(f'#!/bin/sh\ncase "$*" in *" -c "*) touch {pids}/$$; exec sleep 60;; esac\nexec gcc "$@"\n')
    slow.chmod(0o755)
    plan = with_compiler(make_plan(tmp_path), cc=str(slow))
    with pytest.raises(KeyError), link_ahead(plan, CompiledProgram({}), cache):
        deadline = time.monotonic() + 30
        while not any(pids.iterdir()) and time.monotonic() < deadline:
            os.sched_yield()
        raise KeyError("the graph has a problem")
    started = [int(path.name) for path in pids.iterdir()]
    assert started
    deadline = time.monotonic() + 30  # they have been killed; on a busy machine it takes a while until they are gone
    while any(map(alive, started)) and time.monotonic() < deadline:
        os.sched_yield()
    assert not any(map(alive, started))
    assert not list((cache.root / "work").glob("*"))


def alive(pid: int) -> bool:
    """Whether the process still runs (one that is dead but not yet waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return False

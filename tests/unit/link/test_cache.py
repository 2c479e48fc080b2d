"""The content cache: whole files or none, touched when used, pruned by age and size, never under a running build."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pybuild.cache import Cache, digest
from pybuild.cache_upkeep import info, prune

DAY = 86400.0


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def stored(cache: Cache, kind: str, name: str, size: int, age: float) -> Path:
    """A file of `size` bytes last used `age` seconds ago."""
    path = cache.put(kind, digest(name), b"x" * size)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_a_file_is_found_by_its_key(cache: Cache) -> None:
    key = digest("a")
    assert (cache.get("object", key), cache.find("object", key)) == (None, None)
    path = cache.put("object", key, b"content", 0o755)
    assert cache.get("object", key) == b"content"
    assert cache.find("object", key) == path
    assert path.stat().st_mode & 0o777 == 0o755


def test_an_empty_file_counts_as_absent(cache: Cache) -> None:
    cache.put("object", digest("a"), b"")
    assert cache.find("object", digest("a")) is None


def test_adopting_moves_the_file_in(cache: Cache) -> None:
    made = cache.root / "work/made"
    made.parent.mkdir(parents=True)
    made.write_bytes(b"content")
    path = cache.adopt("object", digest("a"), made)
    assert (path.read_bytes(), made.exists()) == (b"content", False)


def test_a_failed_write_leaves_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fchmod", full)
    with pytest.raises(OSError, match="No space left"):
        cache.put("object", digest("a"), b"content")
    assert [path for path in cache.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("use", ["get", "find"])
def test_a_use_counts_as_the_last_one(cache: Cache, use: str) -> None:
    path = stored(cache, "object", "a", 1, 10 * DAY)
    getattr(cache, use)("object", digest("a"))
    assert time.time() - path.stat().st_mtime < 60


def test_info_counts_by_kind(cache: Cache) -> None:
    stored(cache, "object", "a", 10, 3 * DAY)
    stored(cache, "object", "b", 20, 1 * DAY)
    stored(cache, "module", "c", 5, 2 * DAY)
    with cache.lock("object", "k"):
        pass
    found = {kind.kind: (kind.files, kind.size, round((time.time() - kind.oldest) / DAY)) for kind in info(cache)}
    assert found == {"module": (1, 5, 2), "object": (2, 30, 3)}


def test_info_of_no_cache_is_empty(cache: Cache) -> None:
    assert info(cache) == ()
    assert prune(cache, max_age=0).files == 0


def test_prune_by_age(cache: Cache) -> None:
    old, new = stored(cache, "object", "a", 10, 31 * DAY), stored(cache, "module", "b", 20, 29 * DAY)
    done = prune(cache, max_age=30 * DAY)
    assert (done.files, done.size, done.kept_in_use) == (1, 10, 0)
    assert (old.exists(), new.exists()) == (False, True)


def test_prune_by_size_removes_the_longest_unused(cache: Cache) -> None:
    ages = {name: stored(cache, "object", name, 10, age * DAY) for name, age in (("a", 1), ("b", 4), ("c", 3), ("d", 2))}
    assert prune(cache, max_size=25).files == 2
    assert [name for name, path in ages.items() if path.exists()] == ["a", "d"]


def test_no_limit_removes_nothing(cache: Cache) -> None:
    stored(cache, "object", "a", 10, 1000 * DAY)
    assert prune(cache).files == 0


def test_prune_of_everything_leaves_only_what_cannot_be_made_again(cache: Cache) -> None:
    stored(cache, "object", "a", 10, 0)
    kept = stored(cache, "results", "b", 10, 1000 * DAY)
    (cache.root / "work/link-x").mkdir(parents=True)
    with cache.lock("object", "k"):
        pass
    assert prune(cache, max_age=0).files == 1
    files = [path for path in cache.root.rglob("*") if path.is_file()]
    assert files == [kept] or sorted(files) == sorted([kept, cache.builds_lock])
    assert not (cache.root / "work").exists()
    assert not (cache.root / "object").exists()


def test_a_running_build_keeps_what_it_has_used(cache: Cache) -> None:
    old, fresh = stored(cache, "object", "old", 10, 2 * DAY), stored(cache, "object", "fresh", 20, 0)
    work = cache.root / "work/link-mine"
    work.mkdir(parents=True)
    with cache.in_use():
        cache.find("object", digest("fresh"))
        done = prune(cache, max_age=0)
        assert (done.files, done.kept_in_use) == (1, 1)
        assert (old.exists(), fresh.exists(), work.exists()) == (False, True, True)
    assert prune(cache, max_age=0).files == 1
    assert not fresh.exists()


def test_builds_do_not_wait_for_each_other(cache: Cache) -> None:
    with cache.in_use(), cache.in_use():
        pass


def test_a_cache_that_cannot_be_written_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Cache(tmp_path / "file/cache").in_use():
        pass

"""Programs before the compile commands."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.errors import UserError
from pybuild.resolve.model import CompilerOptions
from tests.unit.link.linking import has_compiler, link, make_plan, run, small_runtime, with_compiler


def script(folder: Path, name: str, log: Path) -> str:
    """A launcher that notes what it starts."""
    file = folder / name
    file.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec "$@"\n')
    file.chmod(0o755)
    return str(file)


def test_a_launcher_stands_before_compiles_and_not_before_the_link(tmp_path: Path) -> None:
    log = tmp_path / "log"
    plan = with_compiler(make_plan(tmp_path), launcher=(script(tmp_path, "mine", log),))
    link(small_runtime(tmp_path), plan, Cache(tmp_path / "cache"))
    lines = log.read_text().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("gcc ") and " -c " in line for line in lines)


def test_its_arguments_stay(tmp_path: Path) -> None:
    log = tmp_path / "log"
    plan = with_compiler(make_plan(tmp_path), launcher=(script(tmp_path, "mine", log), "env", "A=b"))
    link(small_runtime(tmp_path), plan, Cache(tmp_path / "cache"))
    assert all(line.startswith("env A=b gcc ") for line in log.read_text().splitlines())


def test_the_launcher_is_no_part_of_the_key(tmp_path: Path) -> None:
    runtime, plan, cache = small_runtime(tmp_path), make_plan(tmp_path), Cache(tmp_path / "cache")
    first = link(runtime, plan, cache)
    assert link(runtime, with_compiler(plan, launcher=("env",)), cache).path == first.path


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("icecc", "install it: "),
        ("sccache", "install it: "),
        ("no-such-launcher", "install it, or name it by its absolute path"),
        ("cccache", 'did you mean "ccache"? Otherwise install it'),
    ],
)
def test_a_missing_launcher_is_the_users_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, hint: str) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gcc").symlink_to(str(shutil.which("gcc")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(UserError) as caught:
        link(small_runtime(tmp_path), with_compiler(make_plan(tmp_path), launcher=(name,)), Cache(tmp_path / "cache"))
    assert f"launcher: {name} is not in PATH" in caught.value.diagnostics[0].message
    assert hint in caught.value.diagnostics[0].hint


@pytest.mark.skipif(not has_compiler("zig"), reason="zig is not installed")
def test_zig_works_without_a_caching_launcher_only(tmp_path: Path) -> None:
    plan = make_plan(tmp_path, compiler=CompilerOptions(cc="zig", launcher=(script(tmp_path, "ccache", tmp_path / "log"),)))
    with pytest.raises(UserError, match="ccache cannot start `zig cc`"):
        link(small_runtime(tmp_path), plan, Cache(tmp_path / "cache"))


@pytest.mark.skipif(shutil.which("ccache") is None, reason="ccache is not installed")
def test_ccache_compiles_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCACHE_DIR", str(tmp_path / "ccache"))
    runtime, plan = small_runtime(tmp_path), with_compiler(make_plan(tmp_path), launcher=("ccache",))

    def hits_and_misses() -> tuple[int, int]:
        lines = subprocess.run(["ccache", "--print-stats"], capture_output=True, text=True, check=True).stdout.splitlines()
        counts = {name: int(value) for name, value in (line.split("\t") for line in lines)}
        return counts["direct_cache_hit"] + counts["preprocessed_cache_hit"], counts["cache_miss"]

    first = link(runtime, plan, Cache(tmp_path / "one"))
    assert hits_and_misses() == (0, 2)
    second = link(runtime, plan, Cache(tmp_path / "two"))
    assert hits_and_misses() == (2, 2)
    assert (first.compiled, second.compiled) == (2, 2)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert run(second).returncode == 3

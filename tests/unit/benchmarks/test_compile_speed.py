"""The benchmark of compiling: what each C file costs is noted, and what a build does not say is not made up."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import compile_speed
from benchmarks.build import table
from benchmarks.compile_speed import Built

TIMED_CC = Path("benchmarks/timed_cc.py").resolve()


def timed(log: Path, *command: str | Path) -> int:
    return subprocess.run([sys.executable, "-I", "-S", TIMED_CC, log, *command], stderr=subprocess.DEVNULL).returncode


@pytest.mark.skipif(not (shutil.which("gcc") and shutil.which("size")), reason="needs gcc and size")
def test_a_compiled_file_is_noted_with_its_time_and_its_text(tmp_path: Path) -> None:
    source = tmp_path / "m001.c"
    source.write_text("int answer(void) { return 42; }\n")
    assert timed(tmp_path / "log", "gcc", "-c", source, "-o", tmp_path / "m001.o") == 0
    [noted] = compile_speed._generated(tmp_path / "log")
    assert noted["source"] == str(source)
    assert 0 < noted["cpu"] < 10
    assert 0 < noted["text"] < 1000


@pytest.mark.skipif(not (shutil.which("gcc") and shutil.which("size")), reason="needs gcc and size")
def test_a_generated_file_needs_no_suffix(tmp_path: Path) -> None:
    source = tmp_path / "0351feabe854"
    source.write_text("int answer(void) { return 42; }\n")
    assert timed(tmp_path / "log", "gcc", "-x", "c", "-c", source, "-o", tmp_path / "m.o") == 0
    assert [one["source"] for one in compile_speed._generated(tmp_path / "log")] == [str(source)]


def test_the_compilers_failure_is_its_own(tmp_path: Path) -> None:
    assert timed(tmp_path / "log", sys.executable, "-c", "import sys; sys.exit(3)", "-o", tmp_path / "x") == 3


def test_files_of_pybuilds_own_runtime_are_not_counted(tmp_path: Path) -> None:
    lines = [{"source": name, "cpu": 1.0, "text": 1} for name in ("/a/runtime_c/importer/code.c", "/cache/m001.c", "")]
    (tmp_path / "log").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert [line["source"] for line in compile_speed._generated(tmp_path / "log")] == ["/cache/m001.c"]


def test_the_front_end_is_what_the_build_says_else_its_stage() -> None:
    stages = [{"name": "native", "seconds": 3.0}, {"name": "link", "seconds": 9.0}]
    assert Built(1.0, {"stages": stages}).front_end == 3.0
    assert Built(1.0, {"stages": stages, "native": {"front_end_seconds": 2.5}}).front_end == 2.5
    assert Built(1.0, {"stages": stages[1:]}).front_end is None


def test_a_figure_that_a_build_does_not_have_is_no_figure() -> None:
    assert Built(1.0, {}).native("lifted") is None
    assert Built(1.0, {"native": {"lifted": 0}}).native("lifted") == 0.0
    row = compile_speed._row("modules lifted", "modules", None, 1.0)
    assert (row.figures, row.met) == ({}, None)


def test_a_figure_is_judged_by_its_goal() -> None:
    rows = [compile_speed._row("files", "files", value, 0.0) for value in (0.0, 1.0)]
    assert [row.met for row in rows] == [True, False]
    assert list(table(rows))[2:] == ["| files | 0.00 files | ≤ 0 files | yes |", "| files | 1.00 files | ≤ 0 files | **no** |"]

"""`pybuild record --native`: guesses that a native run shows to be wrong are not made in the next build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.compiler.support import python311
from tests.end_to_end.conftest import pybuild, shared
from tests.end_to_end.support import Pybuild, Ran, clean_environment, execute

__all__ = ["pybuild", "shared"]

# What the record's run shows of `scale` (ints) and `each` (the built-in range) is not what the native run does.
SOURCE = """\
import sys


def scale(a, b):
    return a * b + a


def each(n):
    total = 0
    for number in range(n):
        total += number
    return total


def main(words):
    global range
    number = float if words[:1] == ["float"] else int
    if words[:1] == ["float"]:
        range = lambda n: iter([1] * n)
    print(sum(scale(number(n), n) for n in [3] * 50), sum([each(10) for _ in [0] * 50]))
    sys.exit(len(words))


main(sys.argv[1:])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(SOURCE)
    return tmp_path


def record(pybuild: Pybuild, project: Path, *words: str) -> Ran:
    return pybuild("record", "--python", python311(), *words, folder=project)


def left(project: Path, name: str) -> dict[str, dict[str, int]]:
    functions = json.loads((project / name).read_text())["functions"]
    return {one["qualname"]: one["left"] for one in functions if one.get("left")}


def test_what_was_wrong_is_recorded_and_not_guessed_again(pybuild: Pybuild, project: Path) -> None:
    assert record(pybuild, project, "-o", "seen.json", "app.py").status == 0
    ran = record(pybuild, project, "--native", "-v", "--hints", "seen.json", "-o", "native.json", "app.py", "float")
    expected = execute([python311(), "app.py", "float"], folder=project, environment=clean_environment())
    assert (ran.status, ran.out) == (expected.status, expected.out)
    assert ran.status == 1
    wrong = left(project, "native.json")
    assert set(wrong) == {"scale", "each"}
    assert all(sum(counts.values()) == 50 for counts in wrong.values())
    assert "100 guesses wrong at 2 places" in ran.err

    hints = ["--hints", "seen.json", "--hints", "native.json"]
    again = record(pybuild, project, "--native", *hints, "-o", "second.json", "app.py", "float")
    assert (again.status, again.out) == (expected.status, expected.out)
    assert wrong["scale"] == {"6": 50}
    assert left(project, "second.json") == {"scale": {"12": 50}}  # the next guess, which the first had hidden
    hints += ["--hints", "second.json"]
    again = record(pybuild, project, "--native", *hints, "-o", "third.json", "app.py", "float")
    assert (again.status, again.out) == (expected.status, expected.out)
    assert left(project, "third.json") == {}
    run = next(one for one in json.loads((project / "third.json").read_text())["functions"] if one["qualname"] == "scale")
    assert run["native"] == {"calls": 50, "iterations": 0, "interpreted": 0}


def test_the_c_without_the_guess(pybuild: Pybuild, project: Path) -> None:
    record(pybuild, project, "-o", "seen.json", "app.py")
    record(pybuild, project, "--native", "--hints", "seen.json", "-o", "native.json", "app.py", "float")

    def ir(*words: str) -> str:
        return pybuild("ir", "--python", python311(), "app.py:scale", "--stage", "numbers", *words, folder=project).out

    assert "i_multiply" in ir("--hints", "seen.json")
    without = ir("--hints", "seen.json", "--hints", "native.json")
    assert 'k="multiply"' in without
    assert "i_multiply" not in without
    assert "i_add" in without


def test_an_entry_point_of_the_manifest_with_its_records(pybuild: Pybuild, project: Path) -> None:
    record(pybuild, project, "-o", "seen.json", "app.py")
    entries = '[[entry-point]]\nname = "first"\nrun = "app.py"\n[[entry-point]]\nname = "other"\nrun = "other.py"\naliases = ["third"]\n'
    (project / "other.py").write_text("import sys\nprint(sys.argv[1:])\n\n\ndef used():\n    pass\n\n\nused()\n")
    (project / "pybuild.toml").write_text(f'{entries}[hints]\nfiles = ["seen.json"]\n')
    assert record(pybuild, project, "--native", "-o", "native.json", "first", "float").status == 1
    assert set(left(project, "native.json")) == {"scale", "each"}
    ran = record(pybuild, project, "--native", "-o", "native.json", "third", "--native", "-v")
    assert ran.out == "['--native', '-v']\n"
    assert not (project / "dist").exists()


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--native", "-o", "n.json", "ap.py"], "neither an entry point nor a script 'ap.py'", "an entry point of the manifest"),
        (["--native", "-o", "n.json", "-m", "app"], "not of `-m app`", "[[entry-point]]"),
        (["--native", "app.py"], "--output is missing", ""),
        (["--native", "-o", "no/n.json", "app.py"], "the folder", "make it"),
        (["-o", "n.json", "--hints", "seen.json", "app.py"], "--hints is for the native program", "add --native"),
        (["--native", "--hints", "seen.json", "-o", "n.json", "app.py"], "seen.json' does not exist", ""),
    ],
)
def test_mistakes_are_told(pybuild: Pybuild, project: Path, words: list[str], message: str, hint: str) -> None:
    ran = record(pybuild, project, *words)
    assert ran.status == 2
    assert message in ran.err
    assert hint in ran.err
    assert not (project / "n.json").exists()


def test_a_run_that_is_killed_leaves_no_record_and_its_status(pybuild: Pybuild, project: Path) -> None:
    (project / "app.py").write_text("import os, signal\n\n\ndef die():\n    os.kill(os.getpid(), signal.SIGKILL)\n\n\ndie()\n")
    ran = record(pybuild, project, "--native", "-o", "native.json", "app.py")
    assert ran.status == -9
    assert "nothing was recorded" in ran.err
    assert not (project / "native.json").exists()


def test_a_program_that_does_not_compile_is_the_builds_error(pybuild: Pybuild, project: Path) -> None:
    (project / "app.py").write_text("def f(:\n")
    ran = record(pybuild, project, "--native", "-o", "native.json", "app.py")
    assert ran.status == 2
    assert "app.py:1:7" in ran.err

"""`[compiler] pgo`: built instrumented, run, built by the profile; what goes wrong with the command is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.compiler.support import python311
from tests.end_to_end.conftest import pybuild, shared
from tests.end_to_end.support import Pybuild, Ran, clean_environment, execute

__all__ = ["pybuild", "shared"]

SOURCE = """\
import os
import sys


def work(n):
    total = 0
    for i in range(n):
        total += i % 7
    return total


def main(word):
    if word == "runs":
        with open("../runs.txt", "a") as out:
            out.write("x")
    elif word == "quits":
        os._exit(0)
    elif word == "fails":
        print("line 1", "the reason", sep="\\\\n")
        sys.exit(3)
    print(word, work(10_000))


main(sys.argv[1])
"""

COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of its own: what the command writes into the project makes the next build look at everything again."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "app.py").write_text(SOURCE)
    return folder


def manifest(project: Path, *command: str, cc: str = COMPILERS[0], mode: str = "accelerated", more: str = "") -> None:
    (project / "pybuild.toml").write_text(
        f'[product]\nname = "acme"\n[build]\nmode = "{mode}"\n[[entry-point]]\nname = "app"\nrun = "app.py"\naliases = ["again"]\n'
        f'[compiler]\ncc = "{cc}"\npgo = {{ command = {json.dumps(command)} }}\n{more}'
    )


def build(pybuild: Pybuild, project: Path, *words: str) -> Ran:
    return pybuild("build", "--python", python311(), "--verbose", *words, folder=project)


def runs(project: Path) -> int:
    file = project.parent / "runs.txt"
    return len(file.read_text()) if file.exists() else 0


@pytest.mark.parametrize("cc", COMPILERS)
def test_it_is_run_once_and_again_when_something_has_changed(cc: str, pybuild: Pybuild, project: Path) -> None:
    plain = project / "plain"
    manifest(project, "./dist/app", "runs", cc=cc)
    built = build(pybuild, project)
    assert built.status == 0, built.out + built.err
    assert runs(project) == 1
    executable = (project / "dist" / "app").read_bytes()
    ran = execute([project / "dist" / "app", "user"], folder=project, environment=clean_environment())
    assert (ran.status, ran.out, ran.err) == (0, f"user {sum(i % 7 for i in range(10_000))}\n", "")
    assert not list(project.rglob("*.gc*")) and not list(project.rglob("*.prof*"))

    assert "up to date" in build(pybuild, project).out
    again = build(pybuild, project, "--output-dir", "dist", "--set", "product.version=1")  # everything is in the cache
    assert "the profile is that of an earlier run" in again.out + again.err
    assert runs(project) == 1
    build(pybuild, project, "--set", "compiler.pgo=false", "--output-dir", str(plain))
    assert (plain / "app").read_bytes() != executable

    (project / "app.py").write_text(SOURCE.replace("% 7", "% 9"))
    assert build(pybuild, project).status == 0
    assert runs(project) == 2
    ran = execute([project / "dist" / "app", "user"], folder=project, environment=clean_environment())
    assert ran.out == f"user {sum(i % 9 for i in range(10_000))}\n"


def test_a_script_starts_the_program_that_the_environment_names(pybuild: Pybuild, project: Path) -> None:
    (project / "bench.sh").write_text('exec "$PYBUILD_PROGRAM" runs\n')
    manifest(project, "sh", "bench.sh")
    assert build(pybuild, project).status == 0
    assert runs(project) == 1
    (project / "bench.sh").write_text('"$PYBUILD_PROGRAM" runs && "$PYBUILD_PROGRAM" runs\n')
    assert build(pybuild, project).status == 0
    assert runs(project) == 3


def test_standalone_by_an_alias(pybuild: Pybuild, project: Path) -> None:
    manifest(project, "dist/acme.dist/again", "runs", mode="standalone")
    assert build(pybuild, project).status == 0
    assert runs(project) == 1


@pytest.mark.parametrize(
    ("command", "status", "message", "hint"),
    [
        (["./dist/app", "fails"], 1, "the command ended with status 3: ./dist/app fails", "the previous result is untouched"),
        (["./dist/app", "quits"], 1, "left no profile", "not by os._exit"),
        (["true"], 1, "left no profile", "PYBUILD_PROGRAM"),
        (["sh", "-c", "kill -9 $$"], 1, "was killed by SIGKILL", "succeeds"),
        (["./no-such", "x"], 2, "cannot be started: ./no-such x: No such file", "relative to"),
    ],
)
def test_a_command_that_fails_leaves_the_previous_result(
    pybuild: Pybuild, project: Path, command: list[str], status: int, message: str, hint: str
) -> None:
    (project / "dist").mkdir()
    (project / "dist" / "app").write_text("previous")
    manifest(project, *command)
    ran = build(pybuild, project)
    assert ran.status == status
    assert message in ran.err
    assert hint in ran.err
    if command[-1] == "fails":
        assert "the reason" in ran.err
    assert (project / "dist" / "app").read_text() == "previous"
    assert [path.name for path in (project / "dist").iterdir()] == ["app"]


@pytest.mark.parametrize(("value", "message"), [("true", "expected false or {"), ("{ command = [] }", "command"), ("{}", "command")])
def test_what_is_no_command_is_told_at_its_line(pybuild: Pybuild, project: Path, value: str, message: str) -> None:
    (project / "pybuild.toml").write_text(f'[[entry-point]]\nname = "app"\nrun = "app.py"\n[compiler]\npgo = {value}\n')
    ran = build(pybuild, project)
    assert ran.status == 2
    assert "pybuild.toml:5" in ran.err
    assert message in ran.err

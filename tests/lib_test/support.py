"""CPython's own test modules as programs: which, how a project is made of one, and what a run of it says."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.support import Python, Ran, clean_environment
from tests.programs.support import native_lines

HERE = Path(__file__).parent
TIMEOUT = 300.0


@dataclass(frozen=True)
class Difference:
    """What a built program may do other than CPython, and why."""

    test: str
    built: str
    reason: str


@dataclass(frozen=True)
class LibTest:
    """A test module; `inside` is the module that has the tests."""

    name: str
    inside: str
    quick: bool
    differences: tuple[Difference, ...]

    def __str__(self) -> str:
        return self.name


def all_lib_tests() -> list[LibTest]:
    """The test modules of `modules.toml`."""
    table = tomllib.loads((HERE / "modules.toml").read_text(encoding="utf-8"))
    quick, difference = frozenset(table["quick"]), table.get("difference", {})
    unknown = difference.keys() - {*table["quick"], *table["modules"]}
    if unknown:
        raise ValueError(f"modules.toml has differences of modules that it does not list: {', '.join(sorted(unknown))}")
    return [
        LibTest(
            name,
            table["inside"].get(name, name),
            name in quick,
            tuple(Difference(test, said["built"], said["reason"]) for test, said in difference.get(name, {}).items()),
        )
        for name in sorted([*table["quick"], *table["modules"]])
    ]


def make_project(folder: Path, lib_test: LibTest, python: Python) -> None:
    """Write a project whose first-party modules are the test module and what runs it."""
    source = python.stdlib / "test" / lib_test.name
    if source.is_dir():
        shutil.copytree(source, folder / lib_test.name, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source.with_suffix(".py"), folder)
    shutil.copy(HERE / "runner.py", folder / "lib_test_runner.py")
    script = f"import lib_test_runner\nimport {lib_test.inside} as module\n\nif __name__ == '__main__':\n    lib_test_runner.run(module)\n"
    (folder / f"run_{lib_test.name}.py").write_text(script)
    build = '[build]\nmode = "accelerated"\nkeep-source = true\noutput-dir = "bin"\npython-flags = ["use-environment"]\n'
    entry = f'[[entry-point]]\nname = "run-{lib_test.name}"\nrun = "run_{lib_test.name}.py"\n'
    (folder / "pybuild.toml").write_text("\n".join([build, native_lines(), entry]))


def has(python: Python, lib_test: LibTest) -> bool:
    """Whether the installation has this test module."""
    source = python.stdlib / "test" / lib_test.name
    return source.is_dir() or source.with_suffix(".py").is_file()


@dataclass(frozen=True)
class Told:
    """What a run told: how the process ended, and the runner's answer, if it came to it."""

    ran: Ran
    answer: dict[str, Any]


def run_tests(command: list[str | Path], folder: Path) -> Told:
    """Run the tests in a new working directory; their temporary files lie there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result = folder.with_name(f"{folder.name}.json")
    result.unlink(missing_ok=True)
    ran = execute_group([*command, result], folder, clean_environment(TMPDIR=str(folder)))
    answer = json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}
    return Told(ran, answer)


def execute_group(command: list[str | Path], folder: Path, environment: dict[str, str]) -> Ran:
    """Run `command` in a process group of its own, of which nothing is left afterwards."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        arguments = list(map(str, command))
        process = subprocess.Popen(
            arguments, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
        try:
            status = process.wait(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            status = -signal.SIGALRM
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        out.seek(0)
        err.seek(0)
        return Ran(status, out.read(), err.read())


KINDS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def outcomes(told: Told) -> dict[str, list[str]]:
    """For each test that did not simply pass: how it ended (a test that has subtests, how each of these)."""
    out: dict[str, list[str]] = {}
    for kind, word in KINDS.items():
        for name, _ in told.answer[kind]:
            out.setdefault(name, []).append(word)
    return out


def unexpected(lib_test: LibTest, expected: Told, got: Told) -> list[str]:
    """How the built program differs beyond what is allowed; what is allowed and does not happen any more is said too."""
    allowed = {difference.test: difference.built for difference in lib_test.differences}
    ours, theirs = outcomes(got), outcomes(expected)
    why = {name: reason for kind in KINDS for name, reason in got.answer[kind]}
    problems = []
    for name in sorted({*ours, *theirs}):
        if ours.get(name) == theirs.get(name):
            continue
        short = name.removeprefix(f"{lib_test.inside}.")
        ended = "/".join(ours.get(name, ["passed"]))
        if allowed.pop(short, None) != ended:
            problems.append(f"{short}: {ended} built, {'/'.join(theirs.get(name, ['passed']))} in CPython {why.get(name, '')}".rstrip())
    problems += [f"{short}: modules.toml allows a difference that is not there" for short in allowed]
    for key in ("run", "unexpected successes"):
        if got.answer[key] != expected.answer[key]:
            problems.append(f"{key}: {got.answer[key]} built, {expected.answer[key]} in CPython")
    return problems

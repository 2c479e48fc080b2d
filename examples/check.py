#!/usr/bin/env python3
"""Run the programs of an example and compare what they print with its expected.toml.

    check.py EXAMPLE FOLDER        the built programs, by their names in FOLDER
    check.py EXAMPLE --python EXE  the same programs from source, run by the interpreter EXE

Prints a line for every run; exit status 1 if one differs.  Needs nothing but the standard library (3.11).

expected.toml: a table `[[run]]` each: `entry`, `args`, `stdin`, `status` (0), `stdout`, `stderr` (""); a leading newline of a
multi-line string is TOML's and not expected.  Every run has an empty working directory and the locale C.UTF-8.
"""

from __future__ import annotations

import argparse
import difflib
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CALL = """
import functools, importlib, sys
sys.argv = sys.argv[1:]
sys.exit(functools.reduce(getattr, {function!r}.split("."), importlib.import_module({module!r}))())
"""


@dataclass(frozen=True)
class Run:
    """One run and what is expected of it."""

    entry: str
    args: tuple[str, ...] = ()
    stdin: str = ""
    status: int = 0
    stdout: str = ""
    stderr: str = ""

    @property
    def title(self) -> str:
        """The command line, for people."""
        return " ".join((self.entry, *self.args))


def runs(example: Path) -> list[Run]:
    """The runs that the example's expected.toml names."""
    tables = tomllib.loads((example / "expected.toml").read_text(encoding="utf-8"))["run"]
    return [Run(**{**table, "args": tuple(table.get("args", ()))}) for table in tables]


def entry_points(example: Path) -> dict[str, str]:
    """`run` of every entry point and alias of the example's manifest, or of its [project.scripts]."""
    if not (example / "pybuild.toml").exists():
        scripts: dict[str, str] = tomllib.loads((example / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
        return scripts
    manifest: dict[str, Any] = tomllib.loads((example / "pybuild.toml").read_text(encoding="utf-8"))
    entries = manifest.get("entry-point", [])
    return {name: entry["run"] for entry in entries for name in (entry["name"], *entry.get("aliases", ()))}


def source_command(example: Path, python: str, entry: str) -> list[str]:
    """The command that runs `entry` from source as the built program would run it."""
    run = entry_points(example)[entry]
    if "/" in run or run.endswith(".py"):
        return [python, str(example / run)]
    module, _, function = run.partition(":")
    if function:
        return [python, "-c", CALL.format(module=module, function=function), entry]
    return [python, "-m", module]


def execute(command: list[str], run: Run, extra: dict[str, str]) -> tuple[int, str, str]:
    """Status, stdout and stderr of `command` with the run's arguments and input."""
    kept = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if extra else ("HOME", "TMPDIR")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C.UTF-8", "COLUMNS": "80"} | extra
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [*command, *run.args], input=run.stdin.encode(), capture_output=True, cwd=empty, env=environment, timeout=120, check=False
        )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def differences(run: Run, status: int, stdout: str, stderr: str) -> Iterator[str]:
    """What is not as expected, as lines."""
    if status != run.status:
        yield f"exit status {status}, expected {run.status}"
    for name, got, expected in (("stdout", stdout, run.stdout), ("stderr", stderr, run.stderr)):
        if got != expected:
            yield from difflib.unified_diff(expected.splitlines(), got.splitlines(), f"{name} expected", f"{name} printed", lineterm="")


def main() -> int:
    """Check one example."""
    arguments = argparse.ArgumentParser(description="Compare an example's programs with its expected.toml.")
    arguments.add_argument("example", type=Path)
    arguments.add_argument("folder", type=Path, nargs="?")
    arguments.add_argument("--python", help="run from source with this interpreter")
    options = arguments.parse_args()
    if (options.folder is None) == (options.python is None):
        arguments.error("give the folder of the built programs or --python, not both")
    example = options.example.resolve()
    failed = 0
    for run in runs(example):
        if options.python:
            roots = [str(root) for root in (example / "src", example) if root.is_dir()]
            command = source_command(example, options.python, run.entry)
            installed = os.environ.get("EXAMPLE_PATH", "")  # where plug-ins are installed, if not in the interpreter's own place
            extra = {"PYTHONPATH": os.pathsep.join(filter(None, (roots[0], installed))), "PYTHONDONTWRITEBYTECODE": "1"}
        else:
            command, extra = [str(options.folder.resolve() / run.entry)], {}
        found = list(differences(run, *execute(command, run, extra)))
        print(f"{'FAIL' if found else 'ok  '} {run.title}")
        print("".join(f"     {line}\n" for line in found), end="")
        failed += bool(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

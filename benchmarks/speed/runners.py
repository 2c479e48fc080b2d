"""What runs a program: CPython, pybuild's results, Nuitka's, PyPy.

Goes in: a program's folder.  Comes out: the command that starts it (`prepare`), or `Skipped` with the reason, which the table prints:
a figure that is not there is never left unexplained.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

_CHECKOUT = Path(__file__).resolve().parents[2]
PYBUILD: tuple[str | Path, ...] = (sys.executable, "-m", "pybuild")


class Skipped(Exception):
    """This runner does not run this program, or nothing at all, because of what the text says."""


class BuildFailed(Exception):
    """The program could not be built, where it should have been."""


@dataclass(frozen=True)
class Prepared:
    """A program ready to run: its command without arguments, and what its build said of itself."""

    command: tuple[str | Path, ...]
    environment: Mapping[str, str]
    summary: Mapping[str, Any] = field(default_factory=dict)


class Runner(Protocol):
    """One column of the table."""

    @property
    def name(self) -> str:
        """The column's key in the JSON file."""

    @property
    def title(self) -> str:
        """The column's heading."""

    def prepare(self, script: Path) -> Prepared:
        """Build what has to be built.  Raises Skipped, BuildFailed."""


def compiler_digest() -> str:
    """A digest of pybuild's own files: two builds with the same one were made by the same compiler."""
    found = hashlib.sha256()
    for folder in ("pybuild", "runtime_c", "runtime_py"):
        for path in sorted((_CHECKOUT / folder).rglob("*")):
            if path.suffix in (".py", ".c", ".h", ".toml"):
                with suppress(FileNotFoundError):  # an editor replaces it at this moment: the digest differs anyhow
                    found.update(str(path.relative_to(_CHECKOUT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def real_executable(given: Path) -> tuple[Path, Path]:
    """The executable behind a venv's or a version manager's `python`, and its standard library's folder."""
    code = "import sys, sysconfig; print(sys.base_prefix, sysconfig.get_path('stdlib'), *sys.version_info[:2], sep='\\n')"
    answer = subprocess.run([given, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()
    return Path(answer[0], "bin", f"python{answer[2]}.{answer[3]}"), Path(answer[1])


def clean_environment() -> dict[str, str]:
    """What decides where things are found, and a fixed hash seed: the order of sets of strings is the same for all runners."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")}
    return {**kept, "TERM": "dumb", "PYTHONHASHSEED": "0"}


def pybuild_environment(cache: Path) -> dict[str, str]:
    """The same for pybuild, with a cache of its own."""
    return {**clean_environment(), "PYBUILD_CACHE_DIR": str(cache)}


@dataclass(frozen=True)
class CPython:
    """The real executable of the interpreter."""

    python: Path
    name: str = "cpython"
    title: str = "CPython"

    def prepare(self, script: Path) -> Prepared:
        """Let it write its .pyc files as it would for anybody."""
        return Prepared((self.python, script), clean_environment())


@dataclass(frozen=True)
class PyPy:
    """PyPy, as found in PATH."""

    name: str = "pypy"
    title: str = "PyPy"

    def prepare(self, script: Path) -> Prepared:
        """Nothing to build."""
        program = shutil.which("pypy3")
        if program is None:
            raise Skipped("there is no `pypy3`: apt install pypy3")
        return Prepared((program, script), clean_environment())


@dataclass(frozen=True)
class Pybuild:
    """An accelerated program by pybuild, with static or shared libpython, with or without a record of one run.

    `variant` is a word for `settings`, further keys of the manifest, in which `{program}` is the built program.
    """

    python: Path
    cache: Path
    libpython: str
    record: bool
    variant: str = ""
    settings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Key."""
        return f"pybuild-{self.libpython}" + (f"-{self.variant}" if self.variant else "") + ("-record" if self.record else "")

    @property
    def title(self) -> str:
        """Heading."""
        words = ["pybuild", "shared libpython" if self.libpython == "shared" else "", self.variant, "record" if self.record else ""]
        return ", ".join(filter(None, words))

    def prepare(self, script: Path) -> Prepared:
        """Build; with `record`, run the program once under the recorder before."""
        hints: list[str | Path] = []
        if self.record:
            if reason := no_record():
                raise Skipped(reason)
            records = script.parent / "record.json"
            if not records.exists():
                command = [*PYBUILD, "record", "--python", self.python, "--output", records, script]
                run(command, script.parent, pybuild_environment(self.cache))
            hints = ["--hints", records]
        out = script.parent / f"out-{self.name}"
        command = [*PYBUILD, "build", "--mode", "accelerated", "--python", self.python, "--output-dir", out, "--output-format", "json"]
        for setting in (f"build.libpython={self.libpython}", *self.settings):
            command += ["--set", setting.replace("{program}", f"./{out.name}/{script.stem}")]
        command += [*hints, script.name]
        summary = json.loads(run(command, script.parent, pybuild_environment(self.cache)))
        return Prepared((summary["executable"],), clean_environment(), summary)


@dataclass(frozen=True)
class Nuitka:
    """Nuitka, its default mode with link-time optimisation; `python` is of a venv that has it."""

    python: Path
    cache: Path
    name: str = "nuitka"
    title: str = "Nuitka --lto=yes"

    def prepare(self, script: Path) -> Prepared:
        """Compile the script and every module beside it."""
        out = script.parent / "out-nuitka"
        own = [path.stem for path in script.parent.iterdir() if (path.suffix == ".py" or path.is_dir()) and path != script]
        command: list[str | Path] = [self.python, "-m", "nuitka", "--lto=yes", "--quiet", "--assume-yes-for-downloads"]
        command += [f"--output-dir={out}", *(f"--follow-import-to={name}" for name in sorted(own)), script.name]
        run(command, script.parent, {**clean_environment(), "NUITKA_CACHE_DIR": str(self.cache)})
        return Prepared((out / f"{script.stem}.bin",), clean_environment())


@cache
def no_record() -> str:
    """Why nothing can be recorded with this pybuild; empty when it can."""
    for command, needed in ((["record"], "--output"), (["build"], "--hints")):
        answer = subprocess.run([*PYBUILD, *command, "--help"], capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})
        if answer.returncode:
            return f"this pybuild has no command `{command[0]}`"
        if needed not in answer.stdout:
            return f"`pybuild {command[0]}` of this version has no `{needed}`"
    return ""


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> str:
    """Run a building command, return its stdout.  Raises BuildFailed with what it said, without paths, when it fails."""
    answer = subprocess.run([str(part) for part in command], cwd=folder, env=dict(environment), capture_output=True, text=True)
    if answer.returncode:
        raise BuildFailed(f"the build ended with {answer.returncode}: {_said(answer.stdout, answer.stderr)}")
    return answer.stdout


def _said(stdout: str, stderr: str) -> str:
    """The errors of pybuild's JSON answer, of anything else the end of its output, on one line."""
    try:
        said = "; ".join(one["message"] for one in json.loads(stdout)["diagnostics"] if one["severity"] == "error")
    except (ValueError, KeyError, TypeError):
        said = (stderr or stdout).strip()[-600:]
    return " ".join(said.split())

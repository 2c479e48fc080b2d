"""What the runtime's tests share: a target Python, static and shared libpython, and a way to build and compare programs."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.runtime.building import Program, Target, build, find_targets

TARGETS = find_targets()
VARIANTS = [pytest.param((target, "static"), id=f"{target.version}-static") for target in TARGETS]
VARIANTS += [  # the shared libpython of one Python in every run, of all in the full one
    pytest.param((target, "shared"), id=f"{target.version}-shared", marks=[pytest.mark.slow] if target is not TARGETS[-1] else [])
    for target in TARGETS
]


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what would change Python, and UTF-8 as the locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYBUILD", "LC_", "LANG", "_PYBUILD"))}
    return {**kept, "LC_ALL": "C.UTF-8", **(extra or {})}


@dataclass(frozen=True)
class Built:
    """A program that was built, and the sources that it was built from."""

    path: Path
    source: Path
    target: Target

    @property
    def folder(self) -> Path:
        return self.path.parent

    def run(
        self, *args: str, program: str | Path | None = None, env: Mapping[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[str]:
        """Run the program (or what lies at `program`, relative to its folder) and wait."""
        path = self.folder / program if program else self.path
        settings: dict[str, object] = {"capture_output": True, "text": True, "timeout": 60, "cwd": self.folder.parent, **options}
        return subprocess.run([path, *args], env=clean_environment(env), **settings)  # type: ignore[call-overload,no-any-return]

    def output(self, *args: str, **options: object) -> str:
        """What it prints; a failure of the program is one of the test."""
        ran = self.run(*args, **options)  # type: ignore[arg-type]
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def cpython(self, *args: str, env: Mapping[str, str] | None = None, **options: object) -> subprocess.CompletedProcess[str]:
        """Run `args` (options, then a file or -m) with the target's own python in the sources' folder."""
        settings: dict[str, object] = {"capture_output": True, "text": True, "timeout": 60, "cwd": self.source, **options}
        command = [self.target.executable, "-E", "-s", "-B", *args]
        return subprocess.run(command, env=clean_environment(env), **settings)  # type: ignore[call-overload,no-any-return]

    def neutral(self, text: str) -> str:
        """`text` with this program's folder and the sources' folder called the same, and objects at one address."""
        text = text.replace(str(self.folder), "{DIR}").replace(str(self.source), "{DIR}")
        return re.sub(r"0x[0-9a-f]+", "0x", text)


Maker = Callable[..., Built]


def _maker(target: Target, libpython: str, folder: Path) -> Maker:
    def make(files: Mapping[str, str | bytes], entries: Sequence[object], **options: object) -> Built:
        program = Program(files, entries, **options)  # type: ignore[arg-type]
        return Built(build(target, program, folder / "demo.dist", libpython=libpython), folder / "source", target)

    return make


@pytest.fixture(params=TARGETS, ids=lambda target: str(target.version))
def target(request: pytest.FixtureRequest) -> Target:
    """Each Python found."""
    chosen = request.param
    assert isinstance(chosen, Target)
    return chosen


@pytest.fixture
def make(target: Target, tmp_path: Path) -> Maker:
    """Builds a program for each Python, with a static libpython."""
    return _maker(target, "static" if target.static_library.exists() else "shared", tmp_path)


@pytest.fixture(params=VARIANTS)
def make_both(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    """Builds a program for each Python, with a static and with a shared libpython."""
    target, libpython = request.param
    library = target.static_library if libpython == "static" else target.shared_library
    if not library.exists():
        pytest.skip(f"this Python has no {libpython} libpython")
    return _maker(target, libpython, tmp_path)


@pytest.fixture
def make_one(tmp_path: Path) -> Maker:
    """Builds a program for one Python only: for what does not depend on its version."""
    target = TARGETS[0]
    return _maker(target, "static" if target.static_library.exists() else "shared", tmp_path)

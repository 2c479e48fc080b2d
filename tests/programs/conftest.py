"""Fixtures of the programs: the batches, each built once by whichever test needs it first."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Shared, pybuild, shared
from tests.end_to_end.support import Pybuild, Python
from tests.programs.support import PROGRAMS, Program, all_programs, batches, manifest, target_python

__all__ = ["pybuild", "shared"]


@dataclass(frozen=True)
class Batches:
    """Builds a program's batch when it is first asked for."""

    shared: Shared
    pybuild: Pybuild
    python: Python

    def folder(self, program: Program) -> Path:
        """The project that has `program`: a copy of all programs, with the manifest of one batch, built."""
        number, batch = next((n, batch) for n, batch in enumerate(batches(all_programs())) if program in batch)
        name = f"programs-{self.python.version}-{number}"

        def make(folder: Path) -> str:
            copy_programs(folder)
            (folder / "pybuild.toml").write_text(manifest(batch))
            self.pybuild.build("--python", self.python.executable, folder=folder)
            return str(folder)

        return Path(self.shared.once(name, make))


def copy_programs(folder: Path) -> None:
    """Copy every subject's folder into `folder`."""
    for subject in sorted({program.script.parent for program in all_programs()}):
        shutil.copytree(subject, folder / subject.relative_to(PROGRAMS), ignore=shutil.ignore_patterns("__pycache__"))


@pytest.fixture(scope="session")
def python() -> Python:
    """The Python that the programs are built for."""
    found = target_python()
    if found is None:
        pytest.skip("no CPython with headers and libpython was found")
    return found


@pytest.fixture(scope="session")
def built(shared: Shared, pybuild: Pybuild, python: Python) -> Batches:
    """The batches."""
    return Batches(shared, pybuild, python)

"""Fixtures of the programs: the batches, each built once by whichever test needs it first."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Shared, pybuild, shared
from tests.end_to_end.support import Pybuild, Python
from tests.programs.records import Variant, record
from tests.programs.support import PROGRAMS, RECORDED_SAMPLE, Program, all_programs, batches, manifest, sample, target_python

__all__ = ["pybuild", "shared"]


@dataclass(frozen=True)
class Batches:
    """Builds a program's batch when it is first asked for."""

    shared: Shared
    pybuild: Pybuild
    python: Python

    def folder(self, program: Program, variant: Variant = "plain", kind: str = "", **more: str) -> Path:
        """The project that has `program`: a copy of all programs, with the manifest of one batch, built as `variant` says.

        `more` is what the manifest has besides, `kind` a name for it.
        """
        programs = all_programs()
        first = sample(programs) if variant == "plain" else sample(programs, RECORDED_SAMPLE)
        number, batch = next((n, batch) for n, batch in enumerate(batches(programs, first)) if program in batch)

        def make(folder: Path) -> str:
            copy_programs(folder)
            (folder / "pybuild.toml").write_text(manifest(batch, **more))
            hints = self._hints(batch, variant, folder) if variant != "plain" else []
            self.pybuild.build("--python", self.python.executable, *hints, folder=folder, timeout=1800)
            return str(folder)

        return Path(self.shared.once(f"programs{kind}-{self.python.version}-{variant}-{number}", make))

    def _hints(self, batch: list[Program], variant: Variant, folder: Path) -> list[str | Path]:
        """The options that name the records of all programs of the batch."""

        def make(program: Program) -> Path | None:
            return record(program, variant, self.python, folder, self.pybuild.cache)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            records = [made for made in pool.map(make, batch) if made is not None]
        return [word for path in records for word in ("--hints", path)]


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

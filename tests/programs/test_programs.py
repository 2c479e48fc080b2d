"""Every program prints, complains and ends, built, exactly as it does in the interpreter.

`make test-programs` runs all; `make test` a sample (`PYBUILD_TEST_SEED` chooses another).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.programs.support import Outcome, Program, all_programs, batches, interpret, outcome, sample, start

if TYPE_CHECKING:
    from tests.end_to_end.support import Python
    from tests.programs.conftest import Batches

PROGRAMS = all_programs()
SAMPLE = sample(PROGRAMS)


def parameters() -> list[object]:
    """Every program; those outside of the sample are marked slow."""
    return [pytest.param(program, id=program.name, marks=() if program.name in SAMPLE else pytest.mark.slow) for program in PROGRAMS]


@pytest.mark.parametrize("program", parameters())
def test_built_and_interpreted_are_the_same(built: Batches, python: Python, program: Program) -> None:
    folder = built.folder(program)
    assert run_built(program, folder) == run_interpreted(python, program, folder)


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_a_program_says_something_and_always_the_same(python: Python, program: Program) -> None:
    folder = program.script.parent.parent
    first, again = (run_interpreted(python, program, folder) for _ in range(2))
    assert first == again
    assert first.stdout


def test_names_of_programs_and_of_modules_beside_them_are_unique() -> None:
    names = [program.name for program in PROGRAMS]
    assert len(names) == len(set(names))
    modules = [path.name for folder in {program.script.parent for program in PROGRAMS} for path in folder.glob("_*.py")]
    assert len(modules) == len(set(modules))


def test_the_sample_is_the_same_for_a_seed_and_has_every_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYBUILD_TEST_SEED", "7")
    seventh = sample(PROGRAMS)
    monkeypatch.setenv("PYBUILD_TEST_SEED", "8")
    assert sample(PROGRAMS) != seventh
    monkeypatch.setenv("PYBUILD_TEST_SEED", "7")
    assert sample(PROGRAMS) == seventh
    assert {program.script.parent for program in PROGRAMS} == {p.script.parent for p in PROGRAMS if p.name in seventh}


def test_every_program_is_in_one_batch() -> None:
    assert [program for batch in batches(PROGRAMS) for program in batch] == PROGRAMS


def run_built(program: Program, folder: Path) -> Outcome:
    """The program's outcome, started by its entry point's link."""
    return outcome(start(folder / "bin" / program.name, program, folder), program, folder)


def run_interpreted(python: Python, program: Program, folder: Path) -> Outcome:
    """The program's outcome in the interpreter."""
    return outcome(interpret(python, program, folder), program, folder)

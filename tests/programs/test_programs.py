"""Every program prints, complains and ends, built, exactly as it does in the interpreter.

`make test-programs` runs all; `make test` a sample (`PYBUILD_TEST_SEED` chooses another).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.programs.records import VARIANTS, Variant, exchanged, problem_file
from tests.programs.support import (
    RECORDED_SAMPLE,
    Outcome,
    Program,
    all_programs,
    batches,
    interpret,
    may_be_native,
    outcome,
    sample,
    start,
)

if TYPE_CHECKING:
    from tests.end_to_end.support import Python
    from tests.programs.conftest import Batches

PROGRAMS = all_programs()
SAMPLE = sample(PROGRAMS)
RECORDED = sample(PROGRAMS, RECORDED_SAMPLE)
NOT_NATIVE = not may_be_native()


def parameters(chosen: frozenset[str]) -> list[object]:
    """Every program; those that are not chosen are marked slow."""
    return [pytest.param(program, id=program.name, marks=() if program.name in chosen else pytest.mark.slow) for program in PROGRAMS]


@pytest.mark.parametrize("program", parameters(SAMPLE))
def test_built_and_interpreted_are_the_same(built: Batches, python: Python, program: Program) -> None:
    folder = built.folder(program)
    assert run_built(program, folder) == run_interpreted(python, program, folder)


@pytest.mark.skipif(NOT_NATIVE, reason="records guide native code, and PYBUILD_TEST_NATIVE=0 asks for bytecode")
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("program", parameters(RECORDED))
def test_what_a_record_says_changes_nothing(built: Batches, python: Python, program: Program, variant: Variant) -> None:
    if python.version != "3.11":
        pytest.skip(f"CPython {python.version} has no native code that a record could guide")
    folder = built.folder(program, variant)
    problem = problem_file(program, variant, folder)
    assert not problem.exists(), f"no record of {program.name}: {problem.read_text()}"
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


def test_every_program_is_in_one_batch_and_the_sample_in_batches_of_its_own() -> None:
    made = batches(PROGRAMS, SAMPLE)
    assert sorted(program.name for batch in made for program in batch) == sorted(program.name for program in PROGRAMS)
    assert all(len({program.name in SAMPLE for program in batch}) == 1 for batch in made)


def test_a_misleading_record_has_no_class_and_no_jump_as_it_was_seen() -> None:
    site = {
        "opcode": "CALL",
        "count": 5,
        "taken": 2,
        "operands": [{"int small": 5}],
        "result": {"a:A": 4, "a:B": 1},
        "callees": {"class a:A": 5},
    }
    seen = {"functions": [{"hash": "x", "arguments": {"n": {"str": 1}}, "returns": {"float": 1}, "sites": {"8": site}}]}
    (function,) = exchanged(seen)["functions"]
    assert function["hash"] == "x"
    assert function["arguments"] == {"n": {"int i64": 1}}
    assert function["returns"] == {"int small": 1}
    changed = {"operands": [{"float": 5}], "result": {"a:B": 4, "a:A": 1}, "callees": {"class a:B": 5}, "taken": 3}
    assert function["sites"]["8"] == {**site, **changed}


def test_there_are_enough_programs() -> None:
    assert len(PROGRAMS) >= 300
    assert sum(program.other_arguments is not None for program in PROGRAMS) >= 40


def run_built(program: Program, folder: Path) -> Outcome:
    """The program's outcome, started by its entry point's link."""
    return outcome(start(folder / "bin" / program.name, program, folder), program, folder)


def run_interpreted(python: Python, program: Program, folder: Path) -> Outcome:
    """The program's outcome in the interpreter."""
    return outcome(interpret(python, program, folder), program, folder)

"""Every case ends, prints and complains, built, exactly as it does interpreted.

The cases are scripts in `cases/`; each says in its header with which arguments, environment and input it is run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.support import CASES, Ran, Run, clean_environment, execute, normalise, runs_of

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Cases, Shared

RUNS = [run for script in sorted(CASES.glob("*.py")) for run in runs_of(script)]


def test_every_case_says_how_it_is_run() -> None:
    assert {run.case for run in RUNS} == {script.stem for script in CASES.glob("*.py")}


@pytest.mark.parametrize("run", RUNS, ids=str)
def test_built_and_interpreted_are_the_same(cases: Cases, shared: Shared, run: Run) -> None:
    environment = clean_environment(**(run.environment or {}))
    expected = _interpreted(cases, shared, run)
    program = [cases.program(run.case), *run.arguments]
    got = _comparable(execute(program, folder=shared.root, environment=environment, stdin=run.stdin), cases)
    assert got == expected


def _interpreted(cases: Cases, shared: Shared, run: Run) -> dict[str, object]:
    """What the Python itself does with the script; asked once for all ways to build it."""
    command = [cases.python.executable, "-I", cases.scripts / f"{run.case}.py", *run.arguments]
    environment = clean_environment(**(run.environment or {}))

    def make(_: object) -> dict[str, object]:
        return _comparable(execute(command, folder=shared.root, environment=environment, stdin=run.stdin), cases)

    answer = shared.once(f"interpreted-{cases.python.version}-{run.case}-{run.line}", make)
    assert isinstance(answer, dict)
    return answer


def _comparable(ran: Ran, cases: Cases) -> dict[str, object]:
    folders = (cases.scripts, cases.program_dir, cases.python.stdlib)
    shown = {"status": ran.status, "stdout": normalise(ran.out, *folders), "stderr": normalise(ran.err, *folders)}
    loaded = json.loads(json.dumps(shown))
    assert isinstance(loaded, dict)
    return loaded

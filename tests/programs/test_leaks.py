"""Neither allocated blocks nor references grow over repeated runs of a program, natively compiled, more than they do in CPython.

`make test-leaks`. Each program runs ten times in one process (`leak_runner.py`). What a round adds is the median over the later rounds:
caches fill in the first ones, and dictionaries that are kept grow by steps. Some programs keep something by design (exit handlers,
registrations); CPython keeps that, too. Where the CPython that is built for is a debugging one (`--with-pydebug`), the references are all
that there are.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.support import clean_environment, execute
from tests.programs.records import exchanged
from tests.programs.support import PROGRAMS, Program, all_programs, may_be_native

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Shared
    from tests.end_to_end.support import Pybuild, Python

RUNNER = Path(__file__).with_name("leak_runner.py")
CC = "clang" if shutil.which("clang") else "auto"  # the quickest without optimisation
FIRST = 4  # rounds that are not counted
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not may_be_native(), reason="only native code is measured here")]


@dataclass(frozen=True)
class Growth:
    """What each round adds."""

    blocks: float
    references: float


def module_name(program: Program) -> str:
    """All programs lie in one folder here, as modules."""
    return f"leak_{program.script.parent.name}_{program.script.stem}"


def growth(answer: Path) -> Growth:
    """What the file of a runner says."""
    said = json.loads(answer.read_text(encoding="utf-8"))

    def each(counts: list[int]) -> float:
        return float(median(after - before for before, after in zip(counts[FIRST - 1 :], counts[FIRST:], strict=False)))

    return Growth(each(said["blocks"]), each(said["references"]))


@pytest.fixture(scope="session", params=["plain", "misleading-record"])
def project(request: pytest.FixtureRequest, shared: Shared, pybuild: Pybuild, python: Python) -> Path:
    """All programs as modules of one built program: without a record, and with one that misleads."""
    variant: str = request.param

    def make(folder: Path) -> str:
        write_project(folder)
        hints: list[str | Path] = []
        if variant != "plain":
            for program in all_programs():
                hints += record(pybuild, python, folder, program)
        pybuild.build("--python", python.executable, *hints, folder=folder, timeout=1800)
        return str(folder)

    return Path(shared.once(f"leaks-{python.version}-{variant}", make))


def write_project(folder: Path) -> None:
    """The programs, what they import, the runner, and the manifest."""
    for script in sorted(PROGRAMS.glob("*/_*.py")):
        shutil.copy(script, folder)
    for program in all_programs():
        shutil.copy(program.script, folder / f"{module_name(program)}.py")
    shutil.copy(RUNNER, folder)
    build = '[build]\nmode = "accelerated"\nkeep-source = true\noutput-dir = "bin"\npython-flags = ["static-hashes"]\n'
    modules = f"[modules]\ninclude = {json.dumps([module_name(program) for program in all_programs()])}\n"
    entry = '[[entry-point]]\nname = "leaks"\nrun = "leak_runner.py"\n'
    compiler = f'[compiler]\ncc = "{CC}"\noptimize = "debug"\n'
    (folder / "pybuild.toml").write_text("\n".join([build, modules, compiler, entry]))


def record(pybuild: Pybuild, python: Python, folder: Path, program: Program) -> list[str | Path]:
    """The options for a misleading record of `program`, if it can be recorded."""
    output = folder / f"{program.name}.json"
    pybuild("record", "--quiet", "--python", python.executable, "--output", output, "leaks", folder / "answer", module_name(program),
        *program.arguments, folder=folder)  # fmt: skip
    if not output.exists():
        return []
    output.write_text(json.dumps(exchanged(json.loads(output.read_text(encoding="utf-8")))), encoding="utf-8")
    return ["--hints", output]


def run(command: list[str | Path], program: Program, folder: Path) -> Growth | None:
    """Run the program's rounds; None where it ends the process itself."""
    answer = folder / f"{program.name}.answer"
    answer.unlink(missing_ok=True)
    execute([*command, answer, module_name(program), *program.arguments], folder=folder, environment=clean_environment(PYTHONHASHSEED="0"))
    return growth(answer) if answer.exists() else None


@pytest.mark.parametrize("program", all_programs(), ids=str)
def test_nothing_grows(project: Path, python: Python, program: Program) -> None:
    expected = run([python.executable, "-s", "-B", project / RUNNER.name], program, project)
    if expected is None:
        pytest.skip("the program ends its process")
    got = run([project / "bin" / "leaks"], program, project)
    assert got is not None
    assert got.blocks <= max(0, expected.blocks)
    if expected.blocks <= 0:  # else modules that are imported anew stay, and theirs are those of another loader
        assert got.references <= max(0, expected.references)


def test_growth_is_what_later_rounds_add(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(json.dumps({"blocks": [9, 50, 60, 61, 61, 61, 99, 61, 61, 61], "references": [*range(0, 30, 3)]}))
    assert growth(tmp_path / "a") == Growth(0, 3)

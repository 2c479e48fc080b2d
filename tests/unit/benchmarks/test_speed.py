"""The speed benchmark: its figures are right, and what is wrong or missing is said."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.speed.figures import geometric_mean, ratio
from benchmarks.speed.runners import BuildFailed, CPython, Prepared, Skipped, clean_environment
from benchmarks.speed.table import Goals, Report
from benchmarks.speed.turns import Disagreement, Measured, Settings, measure_program

PROGRAM = """
import json, sys
print({answer!r})
json.dump({{"cpu": [{seconds}] * int(sys.argv[1]), "wall": [0.5]}}, open(sys.argv[2], "w"))
"""


@dataclass(frozen=True)
class Fake:
    """A runner that prints `answer` and says that it took `seconds`."""

    name: str
    answer: str = "42"
    seconds: float = 1.0
    refusal: Exception | None = None

    @property
    def title(self) -> str:
        return self.name.upper()

    def prepare(self, script: Path) -> Prepared:
        if self.refusal:
            raise self.refusal
        program = script.with_name(f"{self.name}.py")
        program.write_text(PROGRAM.format(answer=self.answer, seconds=self.seconds))
        return Prepared((sys.executable, program), clean_environment(), {"native": {"functions": 3}})


SETTINGS = Settings(runs=2, repeats=1, clock="cpu")
BASE = Fake("base", seconds=2.0)


def report(tmp_path: Path, *runners: Fake, goals: Goals | None = None, judged: bool = True) -> Report:
    measured = measure_program(tmp_path / "work.py", (BASE, *runners), SETTINGS)
    return Report([measured], (BASE, *runners), SETTINGS, goals or Goals(), judged)


def test_the_ratio_is_that_of_the_medians() -> None:
    assert ratio([4.0, 2.0, 100.0], [1.0, 2.0, 2.0]).value == 2.0


def test_equal_times_leave_no_doubt() -> None:
    assert ratio([3.0] * 15, [1.0] * 15).low == 3.0


def test_what_varies_has_a_lower_bound_below_the_ratio() -> None:
    base = [2.0, 2.2, 1.8, 2.1, 1.9, 2.3, 1.7, 2.0, 2.0, 2.4, 1.6, 2.0, 2.0, 2.1, 1.9]
    found = ratio(base, [1.0] * 15)
    assert 1.8 <= found.low < found.value == 2.0


def test_the_lower_bound_is_the_same_each_time() -> None:
    base = [1.0, 1.3, 1.2, 1.5]
    assert ratio(base, base[::-1], seed="x") == ratio(base, base[::-1], seed="x")


def test_a_mean_of_ratios_is_geometric() -> None:
    assert geometric_mean([0.5, 2.0]) == pytest.approx(1.0)
    assert geometric_mean([8.0, 1.0]) == pytest.approx(8.0**0.5)


def test_a_runner_twice_as_fast_is_shown_so(tmp_path: Path) -> None:
    text = "\n".join(report(tmp_path, Fake("quick")).lines())
    assert "| work | 2000.0 ms | 2.00x (≥ 2.00) |" in text
    assert "| **geometric mean** | 1.00x | **2.00x** |" in text


def test_another_output_than_the_base_has_no_figure_and_is_an_error(tmp_path: Path) -> None:
    found = report(tmp_path, Fake("pybuild-static", answer="41"), judged=False)
    assert "pybuild-static" not in found.programs[0].times
    assert found.missed() == ["work, pybuild-static: wrong: printed '41\\n', where base printed '42\\n'"]
    assert "| work | 2000.0 ms | wrong |" in list(found.lines())


def test_a_build_that_fails_is_an_error(tmp_path: Path) -> None:
    found = report(tmp_path, Fake("pybuild-static", refusal=BuildFailed("the build ended with 1: no")), judged=False)
    assert found.missed() == ["work, pybuild-static: wrong: the build ended with 1: no"]


def test_a_runner_that_is_not_there_is_explained_and_no_error(tmp_path: Path) -> None:
    found = report(tmp_path, Fake("pypy", refusal=Skipped("there is no `pypy3`")))
    assert found.missed() == []
    assert "- PYPY: not measured: there is no `pypy3`" in list(found.lines())


def test_without_the_base_nothing_is_measured(tmp_path: Path) -> None:
    script = tmp_path / "broken.py"
    script.write_text("import sys; sys.exit('no')")
    with pytest.raises(Disagreement, match="ended with 1: no"):
        measure_program(script, [CPython(Path(sys.executable))], SETTINGS)


def test_goals_are_those_of_the_mean_and_of_each_program(tmp_path: Path) -> None:
    goals = Goals({"pybuild-static": 3.0}, {"pybuild-static": {"work": 4.0}})
    found = report(tmp_path, Fake("pybuild-static"), goals=goals)
    assert found.missed() == [
        "work, PYBUILD-STATIC: 2.00x, goal 4x",
        "geometric mean, PYBUILD-STATIC: 2.00x, goal 3x",
    ]


def test_goals_are_not_judged_on_a_few_runs(tmp_path: Path) -> None:
    assert report(tmp_path, Fake("pybuild-static"), goals=Goals({"pybuild-static": 3.0}), judged=False).missed() == []


@pytest.mark.parametrize(("seconds", "missed"), [(2.0, 0), (2.04, 0), (2.2, 1)])
def test_nothing_may_be_slower_than_the_base_but_for_noise(tmp_path: Path, seconds: float, missed: int) -> None:
    assert len(report(tmp_path, Fake("pybuild-static", seconds=seconds)).missed()) == missed


def test_the_mean_says_when_programs_are_missing() -> None:
    runner = Fake("pypy")
    programs = [Measured("a", {"base": [2.0], "pypy": [1.0]}, {}), Measured("b", {"base": [2.0]}, {"pypy": "no"})]
    text = "\n".join(Report(programs, (BASE, runner), SETTINGS).lines())
    assert "**2.00x** (1 of 2 programs)" in text
    assert "- PYPY (b): not measured: no" in text


def test_the_data_has_every_run(tmp_path: Path) -> None:
    data = json.loads(json.dumps(report(tmp_path, Fake("quick")).data()))
    assert data["programs"]["work"]["seconds"] == {"base": [2.0, 2.0], "quick": [1.0, 1.0]}
    assert data["programs"]["work"]["native"]["quick"] == {"functions": 3}
    assert data["geometric_means"]["quick"] == 2.0


def test_a_program_that_could_not_be_had_is_missed() -> None:
    found = Report([Measured("a", {"base": [2.0]}, {})], (BASE,), SETTINGS, judged=False, left_out={"pystone": "no source"})
    assert found.missed() == ["pystone: left out: no source"]
    assert "- missed: pystone: left out: no source" in list(found.lines())


def test_a_compiler_that_changes_meanwhile_makes_the_table_worthless() -> None:
    programs = [Measured("a", {"base": [2.0]}, {})]
    assert Report(programs, (BASE,), SETTINGS, judged=False, compiler=("1", "1")).missed() == []
    [missed] = Report(programs, (BASE,), SETTINGS, judged=False, compiler=("1", "2")).missed()
    assert missed.startswith("pybuild's own files changed while this was measured")


def test_a_record_that_changes_nothing_is_said() -> None:
    plain, record = Fake("pybuild-static"), Fake("pybuild-static-record")
    times = {"base": [2.0], plain.name: [1.0], record.name: [1.0]}
    programs = [
        Measured("a", times, {}, digests={plain.name: "x", record.name: "x"}),
        Measured("b", times, {}, digests={plain.name: "x", record.name: "y"}),
    ]
    notes = [line for line in Report(programs, (BASE, plain, record), SETTINGS, judged=False).lines() if "changed nothing" in line]
    assert notes == ["- PYBUILD-STATIC-RECORD: the record changed nothing, the executable is the same without it: a"]

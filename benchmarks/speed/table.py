"""The result of `make bench` for people (Markdown) and for programs (JSON), and what had to be reached.

Goes in: the measured programs and the runners.  Comes out: lines of text; a dictionary.
"""

from __future__ import annotations

import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.speed.figures import Ratio, geometric_mean, ratio
from benchmarks.speed.runners import Runner
from benchmarks.speed.turns import Measured, Settings

# "Never below 1.0x": the lower end of a ratio's interval is at least this; what is left is noise.
_LEAST_LOW = 0.97


@dataclass(frozen=True)
class Goals:
    """What a set must reach: by runner the geometric mean, by runner and program the ratio."""

    means: Mapping[str, float] = field(default_factory=dict)
    programs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


OPEN_SET_GOALS = Goals(
    {"pybuild-static": 3.3, "pybuild-static-record": 4.5},
    {"pybuild-static-record": {"pystone": 5.0, "richards": 5.0, "deltablue": 3.0, "raytrace": 2.8, "chaos": 2.8}},
)


@dataclass(frozen=True)
class Report:
    """All that was measured, against the first runner, `runners[0]`."""

    programs: Sequence[Measured]
    runners: Sequence[Runner]
    settings: Settings
    goals: Goals = Goals()
    judged: bool = True  # False: too few runs, or not all programs, to say whether a goal is reached
    left_out: Mapping[str, str] = field(default_factory=dict)  # programs that were not measured at all, and why

    compiler: tuple[str, str] = ("", "")  # digest of pybuild's files before and after: they must be the same

    @property
    def base(self) -> Runner:
        """What all others are compared with."""
        return self.runners[0]

    def ratio(self, program: Measured, runner: Runner) -> Ratio | None:
        """None where this runner has no times for the program."""
        if runner.name not in program.times:
            return None
        return ratio(program.times[self.base.name], program.times[runner.name], seed=f"{program.program}-{runner.name}")

    def mean(self, runner: Runner) -> float:
        """The geometric mean over the programs that this runner has run; NaN without any."""
        return geometric_mean(found.value for program in self.programs if (found := self.ratio(program, runner)))

    def missed(self) -> list[str]:
        """Every goal that was not reached, in words, and every wrong output."""
        found = [f"{name}: left out: {reason}" for name, reason in self.left_out.items()]
        if self.compiler[0] != self.compiler[1]:
            found.append("pybuild's own files changed while this was measured: the rows are of different compilers, measure again")
        found += [
            f"{one.program}, {name}: wrong: {why}" for one in self.programs for name, why in one.wrong.items() if name.startswith("pybuild")
        ]
        if not self.judged:
            return found
        for runner in self.runners:
            if not runner.name.startswith("pybuild"):
                continue
            for program in self.programs:
                if (reached := self.ratio(program, runner)) is not None:
                    found += self._missed_by(program, runner, reached)
            goal = self.goals.means.get(runner.name)
            if goal is not None and any(runner.name in program.times for program in self.programs) and self.mean(runner) < goal:
                found.append(f"geometric mean, {runner.title}: {self.mean(runner):.2f}x, goal {goal:g}x")
        return found

    def _missed_by(self, program: Measured, runner: Runner, reached: Ratio) -> Iterator[str]:
        goal = self.goals.programs.get(runner.name, {}).get(program.program)
        if goal is not None and reached.value < goal:
            yield f"{program.program}, {runner.title}: {reached.value:.2f}x, goal {goal:g}x"
        if reached.low < _LEAST_LOW:
            yield f"{program.program}, {runner.title}: {reached.value:.2f}x (≥ {reached.low:.2f}), goal never below 1x (≥ {_LEAST_LOW:g})"

    def lines(self) -> Iterator[str]:
        """The Markdown table and its notes."""
        shown = [runner for runner in self.runners[1:] if any(runner.name in p.times or runner.name in p.wrong for p in self.programs)]
        yield f"| program | {self.base.title} | {' | '.join(runner.title for runner in shown)} |"
        yield f"| --- | ---: |{' ---: |' * len(shown)}"
        for program in self.programs:
            seconds = statistics.median(program.times[self.base.name])
            yield f"| {program.program} | {seconds * 1000:.1f} ms | {' | '.join(self._cell(program, runner) for runner in shown)} |"
        means = [self._mean_cell(runner) for runner in shown]
        yield f"| **geometric mean** | 1.00x | {' | '.join(means)} |"
        goals = [f"{self.goals.means[runner.name]:g}x" if runner.name in self.goals.means else "" for runner in shown]
        if any(goals):
            yield f"| goal | | {' | '.join(goals)} |"
        yield ""
        yield from self._notes()

    def _cell(self, program: Measured, runner: Runner) -> str:
        reached = self.ratio(program, runner)
        if reached is None:
            return "wrong" if runner.name in program.wrong else "–"
        goal = self.goals.programs.get(runner.name, {}).get(program.program)
        return f"{reached.value:.2f}x (≥ {reached.low:.2f})" + (f", goal {goal:g}" if goal else "")

    def _mean_cell(self, runner: Runner) -> str:
        count = sum(runner.name in program.times for program in self.programs)
        if not count:
            return ""
        return f"**{self.mean(runner):.2f}x**" + (f" ({count} of {len(self.programs)} programs)" if count < len(self.programs) else "")

    def _notes(self) -> Iterator[str]:
        clock = "processor" if self.settings.clock == "cpu" else "wall"
        yield (
            f"Python {platform.python_version()}, {platform.machine()}. In-process {clock} time, medians of {self.settings.runs} runs in "
            f"alternation, {self.settings.repeats} repeats in each; in brackets the lower end of the 95% interval (bootstrap)."
        )
        reasons: dict[tuple[str, str], list[str]] = {}
        for program in self.programs:
            for name, reason in program.skipped.items():
                reasons.setdefault((name, f"not measured: {reason}"), []).append(program.program)
            for name, reason in program.wrong.items():
                reasons.setdefault((name, f"wrong: {reason}"), []).append(program.program)
        for (name, reason), programs in reasons.items():
            which = "" if len(programs) == len(self.programs) else f" ({', '.join(programs)})"
            title = next(runner.title for runner in self.runners if runner.name == name)
            yield f"- {title}{which}: {reason}"
        for runner in self.runners:
            name = runner.name.removesuffix("-record")
            same = [
                p.program
                for p in self.programs
                if name != runner.name and name in p.digests and p.digests[name] == p.digests.get(runner.name)
            ]
            if same:
                yield f"- {runner.title}: the record changed nothing, the executable is the same without it: {', '.join(same)}"
        for line in self.missed():
            yield f"- missed: {line}"

    def data(self) -> dict[str, Any]:
        """Everything, for later comparison: seconds of every run, ratios, means, reasons, the builds' own summaries."""
        return {
            "version": 1,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "runs": self.settings.runs,
            "repeats": self.settings.repeats,
            "clock": self.settings.clock,
            "base": self.base.name,
            "programs": {program.program: self._program(program) for program in self.programs},
            "geometric_means": {
                runner.name: self.mean(runner) for runner in self.runners if any(runner.name in p.times for p in self.programs)
            },
            "compiler": self.compiler[1],
            "left_out": dict(self.left_out),
            "missed": self.missed(),
        }

    def _program(self, program: Measured) -> dict[str, Any]:
        ratios = {runner.name: found for runner in self.runners if (found := self.ratio(program, runner))}
        return {
            "seconds": {name: list(values) for name, values in program.times.items()},
            "ratio": {name: found.value for name, found in ratios.items()},
            "ratio_low": {name: found.low for name, found in ratios.items()},
            "skipped": dict(program.skipped),
            "wrong": dict(program.wrong),
            "executables": dict(program.digests),
            "native": {name: summary["native"] for name, summary in program.summaries.items() if "native" in summary},
        }

"""The rows of the build benchmark: what is measured, how, and which goal it has.

Goes in: the tools and how often to measure.  Comes out: `Row` values.  Tools take turns within a row, so that a change of the
machine's speed meets all of them; a figure is the median of its runs.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generate import PACKAGE, generate, module_name
from benchmarks.measure import Sample, folder_size, progress, start_times
from benchmarks.programs import Program, write_hello, write_hello_with_module, write_typer
from benchmarks.tools import Pybuild, Tool, Workspace


@dataclass(frozen=True)
class Row:
    """One line of the table: figures by tool in `unit`, and the goal in words and as a number in the same unit (None: no goal)."""

    what: str
    unit: str
    figures: Mapping[str, float]
    goal: str = ""
    limit: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether pybuild's figure reaches the goal; None without one."""
        return None if self.limit is None else self.figures["pybuild"] <= self.limit


@dataclass(frozen=True)
class Bench:
    """What every row needs."""

    workspace: Workspace
    tools: Mapping[str, Tool]
    runs: int
    start_runs: int
    slow_runs: int
    built: dict[str, Program] = field(default_factory=dict)  # programs that an earlier row has built with all tools, by kind
    _count: Iterator[int] = field(default_factory=itertools.count)

    @property
    def pybuild(self) -> Pybuild:
        """pybuild itself."""
        tool = self.tools["pybuild"]
        assert isinstance(tool, Pybuild)
        return tool

    def fresh(self, write: Callable[[Path], Program]) -> Program:
        """A program in a folder where nothing was ever built."""
        return write(self.workspace.root / "programs" / f"{next(self._count):04}")

    def cold(self, kind: str, write: Callable[[Path], Program]) -> dict[str, float]:
        """Median wall seconds of a build with all caches empty, by tool; the last program stays built under `kind`."""
        walls: dict[str, list[float]] = {name: [] for name in self.tools}
        program = self.fresh(write)
        for turn in range(self.runs):
            program = self.fresh(write) if turn else program
            for name, tool in self.tools.items():
                if name == "nuitka" and turn >= self.slow_runs:
                    continue
                progress(f"{kind}, caches empty, {name}, run {turn + 1}")
                tool.forget()
                walls[name].append(tool.build(program).wall)
                self.built[f"{kind}-{name}"] = program
        return {name: statistics.median(values) for name, values in walls.items()}

    def ensure(self, kind: str, write: Callable[[Path], Program]) -> dict[str, Program]:
        """By tool, the program of `kind` that it has built."""
        for name, tool in self.tools.items():
            if f"{kind}-{name}" not in self.built:
                program = self.fresh(write)
                progress(f"{kind}, {name}")
                tool.build(program)
                self.built[f"{kind}-{name}"] = program
        return {name: self.built[f"{kind}-{name}"] for name in self.tools}


def cold(bench: Bench) -> Iterator[Row]:
    """Hello from nothing, and with the runtime's objects cached."""
    walls = bench.cold("hello", write_hello)
    rival = walls.get("pyinstaller")
    yield Row("hello, standalone, all caches empty", "s", walls, "PyInstaller's time", rival)
    samples = []
    for _ in range(bench.runs):
        bench.pybuild.forget_program()
        samples.append(bench.pybuild.build(bench.fresh(write_hello)).wall)
    figures = {**walls, "pybuild": statistics.median(samples)}
    yield Row("the same, runtime objects cached", "s", figures, "0.35 of PyInstaller's", rival and 0.35 * rival)


def unchanged(bench: Bench) -> Iterator[Row]:
    """Builds with nothing, and with one line, to do: processor time of pybuild, of the others if they are there."""
    programs = {name: bench.fresh(write_hello_with_module) for name in bench.tools}
    nothing: dict[str, list[float]] = {name: [] for name in bench.tools}
    one_line: dict[str, list[float]] = {name: [] for name in bench.tools}
    for name, tool in bench.tools.items():
        progress(f"hello with a module, {name}")
        tool.build(programs[name])
    for turn in range(bench.runs):
        for name, tool in bench.tools.items():
            if name == "nuitka" and turn >= bench.slow_runs:
                continue
            nothing[name].append(tool.build(programs[name]).cpu)
            module = programs[name].folder / "greeting.py"
            module.write_text(f'def text(name):\n    return f"hello no. {turn}, {{name}}"\n')
            one_line[name].append(tool.build(programs[name]).cpu)
            tool.build(programs[name])
    medians = {name: statistics.median(values) for name, values in nothing.items()}
    yield Row("hello, nothing changed (user+sys)", "s", medians, "0.6 s", 0.6)
    medians = {name: statistics.median(values) for name, values in one_line.items()}
    yield Row("hello, one line of one module changed (user+sys)", "s", medians, "1.0 s", 1.0)


def typer_cold(bench: Bench) -> Iterator[Row]:
    """typer and rich from nothing."""
    walls = bench.cold("typer", write_typer)
    rival = walls.get("pyinstaller")
    yield Row("typer+rich, standalone, all caches empty", "s", walls, "0.5 of PyInstaller's", rival and 0.5 * rival)


def sizes(bench: Bench) -> Iterator[Row]:
    """What is shipped."""
    for kind, write, label, limit in (("hello", write_hello, "hello's folder", 7.5), ("typer", write_typer, "typer+rich's folder", 25.0)):
        programs = bench.ensure(kind, write)
        figures = {name: folder_size(tool.folder(programs[name])) / 1e6 for name, tool in bench.tools.items()}
        yield Row(label, "MB", figures, f"{limit:g} MB", limit)


def starts(bench: Bench) -> Iterator[Row]:
    """Processor time from start to end: all programs in turn."""
    python = bench.workspace.base_python
    hello = bench.ensure("hello", write_hello)
    programs: dict[str, list[str | Path]] = {name: [tool.executable(hello[name])] for name, tool in bench.tools.items()}
    programs["python"] = [python, "-I", "-S", hello["pybuild"].script]
    progress("hello's start")
    times = _milliseconds(start_times(programs, runs=bench.start_runs, environment=bench.workspace.environment()))
    yield Row("hello's start (user+sys)", "ms", times, "0.9 of `python -I -S`", 0.9 * times["python"])
    squares = bench.ensure("typer", write_typer)
    programs = {name: [tool.executable(squares[name]), *squares[name].arguments] for name, tool in bench.tools.items()}
    programs["python"] = [bench.workspace.python, squares["pybuild"].script, *squares["pybuild"].arguments]
    progress("typer+rich's start")
    times = _milliseconds(start_times(programs, runs=bench.start_runs, environment=bench.workspace.environment()))
    yield Row("typer+rich's start (user+sys)", "ms", times, "0.8 of `python`", 0.8 * times["python"])


def generated(bench: Bench) -> Iterator[Row]:
    """The program of 2,000 modules, all bytecode."""
    cold_sample, program = _generated_cold(bench, 2000)
    yield from _generated_rows("2,000 modules", cold_sample, 1.0)
    module = program.folder / (module_name(1000).replace(".", "/") + ".py")
    walls = []
    for turn in range(bench.runs):
        module.write_text(f"{module.read_text()}\nTURN = {turn}\n")
        progress(f"2,000 modules, one changed, run {turn + 1}")
        walls.append(bench.pybuild.build(program).wall)
    yield Row("2,000 modules, one changed", "s", {"pybuild": statistics.median(walls)}, "2.0 s", 2.0)
    bench.built["generated-cold"] = program


def doubled(bench: Bench) -> Iterator[Row]:
    """4,000 modules against 2,000, measured together."""
    small, _ = _generated_cold(bench, 2000)
    large, _ = _generated_cold(bench, 4000)
    yield Row("4,000 modules, cold", "s", {"pybuild": large.wall}, "2.2 times 2,000's", 2.2 * small.wall)
    yield Row(
        "4,000 modules, memory, all processes", "MB", {"pybuild": large.peak_sum / 1e6}, "2.2 times 2,000's", 2.2 * small.peak_sum / 1e6
    )


def _generated_rows(label: str, sample: Sample, factor: float) -> Iterator[Row]:
    yield Row(f"{label}, cold", "s", {"pybuild": sample.wall}, f"{30 * factor:g} s", 30.0 * factor)
    limit = 600.0 * factor
    yield Row(f"{label}, memory of the largest process", "MB", {"pybuild": sample.peak_process / 1e6}, f"{limit:g} MB", limit)
    yield Row(f"{label}, memory of all processes (shared pages once)", "MB", {"pybuild": sample.peak_sum / 1e6}, f"{limit:g} MB", limit)


def _generated_cold(bench: Bench, modules: int) -> tuple[Sample, Program]:
    folder = bench.workspace.root / "programs" / f"generated-{modules}"
    shutil.rmtree(folder, ignore_errors=True)
    lines = generate(folder, modules)
    progress(f"{modules} modules, {lines} lines, caches empty")
    program = Program(folder / f"{PACKAGE}.py")  # the name of the result; what is built, the manifest says
    bench.pybuild.forget()
    sample = bench.pybuild.build(program, sum_memory=True)
    return sample, program


def _milliseconds(times: Mapping[str, float]) -> dict[str, float]:
    return {name: seconds * 1000 for name, seconds in times.items()}


ROWS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "cold": cold,
    "unchanged": unchanged,
    "typer": typer_cold,
    "size": sizes,
    "start": starts,
    "generated": generated,
    "doubled": doubled,
}

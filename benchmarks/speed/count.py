"""Which share of a program's own calls and loop iterations runs natively, measured by counting builds.

    python -m benchmarks.speed.count [--set open|more] [--only NAME ...] [--json FILE]

Prints a Markdown table on stdout: each program without and with the record of one run.  Exit status 1 when a program's output is not
CPython's, or when the mean share of native calls over the open set is below its goal.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.measure import progress
from benchmarks.speed.runners import BuildFailed, CPython, Prepared, Pybuild, Runner, Skipped, real_executable
from benchmarks.speed.sources import SourceMissing, Sources

_SETS = {"open": "open_set", "more": "more_set"}
_PROGRAMS = Path(__file__).resolve().parent / "programs"
GOAL = 0.9  # of the calls, on the open set
COUNTING = ("compiler.count=true",)


@dataclass(frozen=True)
class Counts:
    """What ran natively and what did not, in one run of one program."""

    calls: tuple[int, int]  # native, bytecode
    iterations: tuple[int, int]
    left: int  # wrong guesses

    @classmethod
    def read(cls, report: Mapping[str, Any]) -> Counts:
        """From a counting build's report."""
        calls, iterations = report["calls"], report["iterations"]
        return cls((calls["native"], calls["bytecode"]), (iterations["native"], iterations["bytecode"] or 0), report["left"])


def share(counts: tuple[int, int]) -> float | None:
    """The native share, None where nothing was counted."""
    native, bytecode = counts
    return native / (native + bytecode) if native + bytecode else None


def count(prepared: Prepared, script: Path) -> tuple[str, Counts]:
    """Run a counting build: what it printed, and its counts.  Raises BuildFailed when it ends with an error."""
    report = script.parent / "counts.json"
    report.unlink(missing_ok=True)
    environment = {**prepared.environment, "PYBUILD_COUNTS": str(report)}
    return _output(prepared, script, environment), Counts.read(json.loads(report.read_bytes()))


def _output(prepared: Prepared, script: Path, environment: Mapping[str, str]) -> str:
    answer = subprocess.run(
        [*map(str, prepared.command), "1"],
        cwd=script.parent,
        env=dict(environment),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if answer.returncode:
        raise BuildFailed(f"ended with {answer.returncode}: {answer.stderr.strip()[-600:]}")
    return answer.stdout


@dataclass(frozen=True)
class Row:
    """One program: counts by runner, and what went wrong."""

    program: str
    counts: Mapping[str, Counts]
    wrong: Mapping[str, str]


def measure(script: Path, base: Runner, runners: Sequence[Runner]) -> Row:
    """Count `script` built by each of `runners`; what `base` prints is what all have to print."""
    prepared = base.prepare(script)
    expected = _output(prepared, script, prepared.environment)
    counts: dict[str, Counts] = {}
    wrong: dict[str, str] = {}
    for runner in runners:
        progress(f"{script.stem}: {runner.title}")
        try:
            output, found = count(runner.prepare(script), script)
        except (Skipped, BuildFailed) as reason:
            wrong[runner.name] = str(reason)
            continue
        if output == expected:
            counts[runner.name] = found
        else:
            wrong[runner.name] = f"printed {output!r}, where {base.name} printed {expected!r}"
    return Row(script.stem, counts, wrong)


def mean_share(rows: Sequence[Row], runner: Runner) -> float | None:
    """The mean over the programs of the native share of calls."""
    shares = [found for row in rows if runner.name in row.counts and (found := share(row.counts[runner.name].calls)) is not None]
    return sum(shares) / len(shares) if shares else None


def lines(rows: Sequence[Row], runners: Sequence[Runner]) -> Iterator[str]:
    """The Markdown table, and what went wrong."""
    titles = [f"{runner.title}: {column}" for runner in runners for column in ("calls", "iterations", "wrong guesses")]
    yield f"| program | calls | iterations | {' | '.join(titles)} |"
    yield f"| --- |{' ---: |' * (2 + len(titles))}"
    for row in rows:
        most = max(row.counts.values(), key=lambda one: sum(one.calls), default=Counts((0, 0), (0, 0), 0))
        cells = [f"{sum(most.calls):,}", f"{sum(most.iterations):,}"]
        for runner in runners:
            one = row.counts.get(runner.name)
            cells += [_percent(share(one.calls)), _percent(share(one.iterations)), f"{one.left:,}"] if one else ["wrong", "", ""]
        yield f"| {row.program} | {' | '.join(cells)} |"
    means = [cell for runner in runners for cell in (f"**{_percent(mean_share(rows, runner))}**", "", "")]
    yield f"| **mean** | | | {' | '.join(means)} |"
    yield ""
    for row in rows:
        yield from (f"- {row.program}, {name}: {why}" for name, why in row.wrong.items())


def missed(rows: Sequence[Row], runners: Sequence[Runner]) -> list[str]:
    """The runners whose mean share is below the goal, in words."""
    shares = {runner.title: mean_share(rows, runner) for runner in runners}
    return [
        f"{title}: {_percent(reached)} of the calls are native, goal {GOAL:.0%}"
        for title, reached in shares.items()
        if reached is not None and reached < GOAL
    ]


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def main() -> int:
    """The command line."""
    options = _arguments()
    root: Path = options.folder.resolve()
    python, stdlib = real_executable(options.python)
    sources = Sources(root / "sources", stdlib)
    runners = [Pybuild(python, root / "cache-pybuild", "static", record, "count", COUNTING) for record in (False, True)]
    rows: list[Row] = []
    left_out: list[str] = []
    try:
        sources.set_up()
    except SourceMissing as error:
        sys.exit(str(error))
    for script in sorted((_PROGRAMS / _SETS[options.set]).glob("*.py")):
        if options.only and script.stem not in options.only:
            continue
        try:
            rows.append(measure(sources.provide(script, root / "programs" / "count" / script.stem), CPython(python), runners))
        except (SourceMissing, BuildFailed) as error:
            left_out.append(f"{script.stem}: left out: {error}")
    below = missed(rows, runners) if options.set == "open" and not options.only else []
    print("\n".join([*lines(rows, runners), *(f"- {line}" for line in (*left_out, *(f"missed: {one}" for one in below)))]))
    if options.json:
        data = {row.program: {name: asdict(one) for name, one in row.counts.items()} for row in rows}
        options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 1 if below or left_out or any(row.wrong for row in rows) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.speed.count", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", choices=list(_SETS), default="open", help="the open set, or other programs")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these programs only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was counted")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="the Python to compare with and to build for")
    parser.add_argument("--folder", type=Path, default=Path("build/bench/speed"), help="where everything is made")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

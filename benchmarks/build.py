"""Compare building and starting programs with other tools, side by side in one run.

    python benchmarks/build.py [--without nuitka] [--rows cold start ...] [--runs 3] [--folder build/bench]

Makes a venv with PyInstaller 6, Nuitka 4.3.3, typer and rich (from the Python that runs this), another with pybuild as a wheel, measures
row by row, and prints a Markdown table of what was measured against what has to be reached.  Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import progress
from benchmarks.rows import ROWS, Bench, Row
from benchmarks.tools import TOOLS, make_tools, prepare

_TITLES = {"pybuild": "pybuild", "pyinstaller": "PyInstaller", "nuitka": "Nuitka", "python": "python"}


def table(rows: Sequence[Row]) -> Iterator[str]:
    """`rows` as a Markdown table; a tool that no row has measured gets no column."""
    columns = [name for name in _TITLES if any(name in row.figures for row in rows)]
    yield f"| what | {' | '.join(_TITLES[name] for name in columns)} | goal | reached |"
    yield f"| --- |{' ---: |' * len(columns)} --- | --- |"
    for row in rows:
        figures = [_figure(row, name) for name in columns]
        goal = (
            "" if row.limit is None else f"≤ {row.goal}" + ("" if row.goal[0].isdigit() and row.unit in row.goal.split() else _limit(row))
        )
        yield f"| {row.what} | {' | '.join(figures)} | {goal} | {'' if row.met is None else 'yes' if row.met else '**no**'} |"


def _limit(row: Row) -> str:
    return f" ({_number(row.limit or 0.0)} {row.unit})"


def _figure(row: Row, name: str) -> str:
    return f"{_number(row.figures[name])} {row.unit}" if name in row.figures else ""


def _number(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="*", default=[], choices=TOOLS[1:], help="tools to leave out (Nuitka takes minutes)")
    parser.add_argument("--rows", nargs="*", default=list(ROWS), choices=list(ROWS), help="what to measure")
    parser.add_argument("--runs", type=int, default=3, help="builds of each kind; the median counts")
    parser.add_argument("--slow-runs", type=int, default=1, help="the same for Nuitka")
    parser.add_argument("--start-runs", type=int, default=40, help="starts of each program")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"), help="where everything is made")
    options = parser.parse_args()
    names = tuple(name for name in TOOLS if name not in options.without)
    root = options.folder.resolve()
    shutil.rmtree(root / "programs", ignore_errors=True)
    root.mkdir(parents=True, exist_ok=True)
    workspace = prepare(root, names)
    bench = Bench(workspace, make_tools(workspace, names), options.runs, options.start_runs, options.slow_runs)
    rows = []
    for name in options.rows:
        for row in ROWS[name](bench):
            rows.append(row)
            progress(next(line for index, line in enumerate(table([row])) if index == 2))
    print(f"Python {platform.python_version()}, {platform.machine()}, medians of {options.runs} builds and {options.start_runs} starts\n")
    print("\n".join(table(rows)))
    return 0 if all(row.met is not False for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

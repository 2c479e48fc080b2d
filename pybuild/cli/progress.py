"""The progress of a build as the user sees it.

Goes in: what the stages report (`pybuild.progress.Progress`).  Comes out, on stderr: one live line a stage on a terminal (drawn
by rich), one plain line a stage elsewhere, nothing with `--quiet`; with `--verbose` also what each stage did, and at the
end where the time went.  Warnings are kept, because a later build that finds nothing changed shows them again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pybuild.cli.diagnostics import Style, render, style_for
from pybuild.errors import Diagnostic
from pybuild.progress import Stage

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

# A stage that ends sooner is not worth a live line (nor the 40 ms that rich takes to import).
_LIVE_AFTER_S = 0.15


@dataclass
class StageTimes:
    """What one stage did."""

    name: str
    count: int = 0
    seconds: float = 0.0


@dataclass
class _Stage:
    """One open stage: counts, and draws when it has been open long enough."""

    times: StageTimes
    live: _Live | None
    started: float = field(default_factory=time.perf_counter)
    expected: int = 0
    task: TaskID | None = None

    def total(self, count: int) -> None:
        self.expected = count
        self._draw("")

    def advance(self, count: int = 1, detail: str = "") -> None:
        self.times.count += count
        self._draw(detail)

    def _draw(self, detail: str) -> None:
        if self.live is None or time.perf_counter() - self.started < _LIVE_AFTER_S:
            return
        self.task = self.live.draw(self.task, self.times, self.expected, detail)


class _Live:
    """The live lines of a terminal; rich is imported with the first one."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rich: RichProgress | None = None

    def draw(self, task: TaskID | None, times: StageTimes, expected: int, detail: str) -> TaskID:
        """Show the state of a stage; returns the line's handle."""
        from rich.progress import TaskID

        rich = self._started()
        if task is None:
            task = rich.add_task(times.name, total=None, detail="")
        shown = detail if len(detail) <= 40 else f"…{detail[-39:]}"
        rich.update(task, total=expected or None, completed=times.count, detail=shown)
        return TaskID(task)

    def drop(self, task: TaskID) -> None:
        """Take a line away."""
        if self._rich is not None:
            self._rich.remove_task(task)
            if not self._rich.tasks:
                self._rich.stop()
                self._rich = None

    def pause(self) -> None:
        """Clear the live lines, so that something else can be printed."""
        if self._rich is not None:
            self._rich.stop()

    def resume(self) -> None:
        """Show the live lines again."""
        if self._rich is not None:
            self._rich.start()

    def _started(self) -> RichProgress:
        if self._rich is None:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn
            from rich.progress import Progress as RichProgress

            self._rich = RichProgress(
                SpinnerColumn(),
                TextColumn("{task.description:<10}", markup=False),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                TextColumn("{task.fields[detail]}", markup=False),
                console=Console(file=self._stream),
                transient=True,
            )
            self._rich.start()
        return self._rich


class TerminalProgress:
    """The `Progress` of the command line; writes to `stream`."""

    def __init__(self, stream: TextIO, folder: Path, *, quiet: bool = False, verbose: bool = False) -> None:
        self.warnings: list[Diagnostic] = []
        self.stages: list[StageTimes] = []
        self._stream = stream
        self._folder = folder
        self._quiet = quiet
        self._verbose = verbose
        self._style: Style = style_for(stream)
        terminal = stream.isatty() and os.environ.get("TERM") not in ("dumb", "unknown") and not quiet
        self._live = _Live(stream) if terminal else None

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Open the live line of stage `name`; a line with its count and time stays behind unless it was a live one."""
        stage = _Stage(StageTimes(name), self._live)
        self.stages.append(stage.times)
        try:
            yield stage
        finally:
            stage.times.seconds = time.perf_counter() - stage.started
            if self._live is not None and stage.task is not None:
                self._live.drop(stage.task)
        if self._live is None and not self._quiet:
            self._print(self._summary(stage.times))

    def warn(self, diagnostic: Diagnostic) -> None:
        """Show a warning now, and keep it."""
        self.warnings.append(diagnostic)
        if not self._quiet:
            self._print(render(diagnostic, self._style, self._folder))

    def detail(self, text: str) -> None:
        """A line for `--verbose` only."""
        if self._verbose and not self._quiet:
            self._print(self._style.faint(f"  {text}"))

    def time_table(self) -> Iterator[str]:
        """Where the time went: a line a stage, longest name deciding the width."""
        width = max((len(times.name) for times in self.stages), default=0)
        for times in self.stages:
            counted = f"  {times.count}" if times.count else ""
            yield f"  {times.name:<{width}}  {times.seconds:7.3f} s{counted}"

    def _summary(self, times: StageTimes) -> str:
        counted = f" {times.count}" if times.count else ""
        return f"{times.name}:{counted} in {times.seconds:.2f} s"

    def _print(self, text: str) -> None:
        if self._live is not None:
            self._live.pause()
        print(text, file=self._stream, flush=True)
        if self._live is not None:
            self._live.resume()

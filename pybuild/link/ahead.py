"""Linking ahead: what of the executable does not depend on the program is made while the program's modules are still being looked at.

Goes in: the plan.  Comes out: the executable, when the compiler's C files are known.  A thread waits for SCons, whose compilers keep the
second processor busy; what it says of its progress is kept until the stage's turn comes, and nothing of it outlives a build that fails.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledProgram
from pybuild.errors import Diagnostic
from pybuild.link.build import link_executable
from pybuild.link.model import Executable
from pybuild.progress import Progress, Stage
from pybuild.resolve.model import Plan

_PATIENCE = 5.0  # seconds


class Ahead:
    """A link that has been started."""

    def __init__(self, plan: Plan, expected: CompiledProgram, cache: Cache) -> None:
        self._plan = plan
        self._cache = cache
        self._expected = expected
        self._said: list[Callable[[Progress, Stage], None]] = []
        self._executable: Executable | None = None
        self._error: Exception | None = None
        self._processes: list[int] = []
        self._given_up = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)
        self._thread.start()

    def result(self, compiled: CompiledProgram, progress: Progress) -> Executable:
        """The executable with `compiled`; waits for what was started.  Raises what `link_executable` raises."""
        if compiled.c_sources != self._expected.c_sources:
            self._thread.join()
            return link_executable(self._plan, compiled, self._cache, progress)
        with progress.stage("link") as stage:
            self._thread.join()
            for say in self._said:
                say(progress, stage)
        if self._error is not None:
            raise self._error
        assert self._executable is not None
        return self._executable

    def give_up(self) -> None:
        """End what is still running; a thread that waits for another build's lock ends with the process."""
        with self._lock:
            self._given_up = True
            for process in self._processes:
                with suppress(ProcessLookupError):
                    os.killpg(process, signal.SIGKILL)
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            self._executable = link_executable(self._plan, self._expected, self._cache, _Kept(self._said), self._started)
        except Exception as error:
            self._error = error

    def _started(self, process: int) -> None:
        """SCons runs as `process`, a process group of its own."""
        with self._lock:
            self._processes.append(process)
            if self._given_up:
                os.killpg(process, signal.SIGKILL)


@contextmanager
def link_ahead(plan: Plan, expected: CompiledProgram, cache: Cache) -> Iterator[Ahead]:
    """Start to link what is `expected` of the compiler; at the end of the block nothing is running any more."""
    ahead = Ahead(plan, expected, cache)
    try:
        yield ahead
    except BaseException:
        ahead.give_up()
        raise


class _Kept:
    """A Progress that remembers what it is told."""

    def __init__(self, said: list[Callable[[Progress, Stage], None]]) -> None:
        self._said = said

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        yield self

    def total(self, count: int) -> None:
        self._said.append(lambda progress, stage: stage.total(count))

    def advance(self, count: int = 1, detail: str = "") -> None:
        self._said.append(lambda progress, stage: stage.advance(count, detail))

    def warn(self, diagnostic: Diagnostic) -> None:
        self._said.append(lambda progress, stage: progress.warn(diagnostic))

    def detail(self, text: str) -> None:
        self._said.append(lambda progress, stage: progress.detail(text))

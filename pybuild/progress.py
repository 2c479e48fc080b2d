"""What a stage tells while it works: the interface only; `cli/` draws it, tests and libraries pass `Silent`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from pybuild.errors import Diagnostic


class Stage(Protocol):
    """One stage's live line."""

    def total(self, count: int) -> None:
        """Set how many steps there are (may grow)."""

    def advance(self, count: int = 1, detail: str = "") -> None:
        """`count` steps more are done; `detail` names the last one."""


class Progress(Protocol):
    """Where stages report; every method is cheap when nobody looks."""

    def stage(self, name: str) -> AbstractContextManager[Stage]:
        """Open the live line of stage `name`; its time is kept for `--verbose`."""

    def warn(self, diagnostic: Diagnostic) -> None:
        """Show a warning now, in any verbosity but quiet."""

    def detail(self, text: str) -> None:
        """A line for `--verbose` only."""


class _SilentStage:
    def total(self, count: int) -> None:
        pass

    def advance(self, count: int = 1, detail: str = "") -> None:
        pass


class Silent:
    """A Progress that keeps the warnings and shows nothing."""

    def __init__(self) -> None:
        self.warnings: list[Diagnostic] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        yield _SilentStage()

    def warn(self, diagnostic: Diagnostic) -> None:
        self.warnings.append(diagnostic)

    def detail(self, text: str) -> None:
        pass

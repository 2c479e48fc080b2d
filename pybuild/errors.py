"""The errors that a user sees: a place, a cause and a next step, with the exit status they lead to.

Goes in: what a stage found wrong.  Comes out: an exception that the command line prints without a traceback.
`UserError` is the user's mistake (manifest, arguments, missing input; exit status 2), `BuildFailure` a build that
failed although the input was right (compiler error, full disk; exit status 1).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A place in a file: 1-based line and column (0 when unknown), and the text of that line."""

    path: Path
    line: int = 0
    column: int = 0
    text: str = ""
    width: int = 1


@dataclass(frozen=True)
class Diagnostic:
    """One finding: `severity` is "error" or "warning"; `hint` is the next step, empty when there is none."""

    message: str
    place: Place | None = None
    hint: str = ""
    severity: str = "error"
    code: str = ""


@dataclass
class PybuildError(Exception):
    """Base of the errors that are shown to the user; carries one or more diagnostics."""

    diagnostics: tuple[Diagnostic, ...] = field(default=())

    exit_status = 1

    def __post_init__(self) -> None:
        super().__init__("; ".join(d.message for d in self.diagnostics))

    @classmethod
    def of(cls, message: str, *, hint: str = "", place: Place | None = None, code: str = "") -> PybuildError:
        """The error with a single diagnostic."""
        return cls((Diagnostic(message, place, hint, code=code),))


class UserError(PybuildError):
    """The input is wrong: the manifest, an argument, a file that is missing.  Exit status 2."""

    exit_status = 2


class BuildFailure(PybuildError):
    """The input is right but the build failed: compiler, linker, disk.  Exit status 1."""

    exit_status = 1

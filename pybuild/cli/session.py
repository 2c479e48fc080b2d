"""What surrounds every command: errors become messages and an exit status, whatever the command does.

Goes in: a command's body.  Comes out: the exit status: 0, 2 for the user's mistake, 1 for a failed build, 130 for an interrupt; and the
diagnostics, as text on stderr or as JSON on stdout.  An exception that nobody foresaw is called what it is, a bug.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import typer

from pybuild.cache import cache_root
from pybuild.cli.diagnostics import as_data, render, style_for
from pybuild.cli.options import Output
from pybuild.errors import BuildFailure, Diagnostic, PybuildError, UserError

# What can go wrong with a disk or a machine: not the user's input, and not a bug.
_NEXT_STEP = {
    errno.ENOSPC: "free some space (`pybuild cache prune` removes what pybuild has not used lately) and build again",
    errno.EDQUOT: "the quota of this disk is used up; free some space and build again",
    errno.EFBIG: "the file is larger than this system or its limits (`ulimit -f`) allow",
    errno.EROFS: "this file system is read-only; choose another place with --output-dir or PYBUILD_CACHE_DIR",
    errno.EACCES: "check the permissions, or choose another place with --output-dir or PYBUILD_CACHE_DIR",
    errno.EPERM: "check the permissions, or choose another place with --output-dir or PYBUILD_CACHE_DIR",
    errno.EMFILE: "too many files are open; raise the limit with `ulimit -n`",
    errno.ENOMEM: "the machine has too little memory; build with fewer processes: --jobs 1",
    errno.EIO: "the disk reports an error; look at the system's log",
}

_CACHE = "set PYBUILD_CACHE_DIR to a folder that can be written, or that can be made"


@dataclass
class Session:
    """One command at work."""

    output: Output
    folder: Path

    def say(self, text: str) -> None:
        """Print for a person, unless quiet or JSON is asked for."""
        if not self.output.quiet and not self.output.json:
            print(text, flush=True)

    def data(self, value: Any) -> None:
        """Print `value` as JSON."""
        import json

        print(json.dumps(value, indent=2, ensure_ascii=False, default=str), flush=True)

    def show(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Print diagnostics as text on stderr."""
        style = style_for(sys.stderr)
        for diagnostic in diagnostics:
            if diagnostic.severity != "error" and self.output.quiet:
                continue
            print(render(diagnostic, style, self.folder), file=sys.stderr, flush=True)

    def fail(self, error: PybuildError) -> NoReturn:
        """Print the diagnostics of `error` and leave with its exit status."""
        if self.output.json:
            self.data({"diagnostics": [as_data(d) for d in error.diagnostics], "exit_status": error.exit_status})
        else:
            self.show(error.diagnostics)
        raise typer.Exit(error.exit_status)


@contextmanager
def session(output: Output | None = None) -> Iterator[Session]:
    """Run a command's body: its errors are shown and end in an exit status."""
    current = Session(output or Output(), _working_folder(output or Output()))
    previous = signal.signal(signal.SIGTERM, _terminated)
    try:
        yield current
    except PybuildError as error:
        current.fail(error)
    except KeyboardInterrupt:
        print("interrupted; the previous result is untouched", file=sys.stderr)
        raise typer.Exit(130) from None
    except BrokenPipeError:
        # Whoever read our output has gone (`pybuild tree | head`); the interpreter must not find out again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except OSError as error:
        failure = _machine_failure(error)
        if failure is None:
            _bug(error, current)
        current.fail(failure)
    except (typer.Exit, typer.Abort, SystemExit):
        raise
    except Exception as error:
        _bug(error, current)
    finally:
        signal.signal(signal.SIGTERM, previous)


def _working_folder(output: Output) -> Path:
    """The working directory; the command ends when there is none any more."""
    try:
        return Path.cwd()
    except OSError as error:
        lost = UserError.of(
            f"the working directory cannot be found: {error.strerror}", hint="change to a folder that exists", code="system"
        )
        Session(output, Path("/")).fail(lost)


def _terminated(signum: int, frame: object) -> NoReturn:
    """SIGTERM unwinds like an interrupt, so that nothing half-written stays."""
    raise SystemExit(128 + signum)


def _machine_failure(error: OSError) -> PybuildError | None:
    """The failure that `error` is, or None when it is none that a sound program meets."""
    root = cache_root()
    in_cache = bool(error.filename) and Path(os.fsdecode(error.filename)).is_relative_to(root)
    if in_cache and error.errno in (errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.ELOOP):
        return UserError.of(f"the cache cannot be kept in {root}: {error.strerror}", hint=_CACHE, code="cache")
    hint = _NEXT_STEP.get(error.errno or 0)
    if hint is None:
        return None
    if in_cache and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        hint = _CACHE
    where = f"{error.filename}: " if error.filename else ""
    return BuildFailure((Diagnostic(f"{where}{error.strerror}", hint=hint, code="system"),))


def _bug(error: BaseException, current: Session) -> NoReturn:
    """Say that pybuild itself is at fault; the traceback only for those who asked."""
    summary = f"{type(error).__name__}: {error}"
    if current.output.verbose:
        import traceback

        traceback.print_exception(error)
    hint = "please report it, with the traceback" + ("" if current.output.verbose else " that --verbose shows")
    diagnostic = Diagnostic(f"internal error: {summary}\nThis is a bug in pybuild, not in your program.", hint=hint, code="internal")
    current.fail(BuildFailure((diagnostic,)))

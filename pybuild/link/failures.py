"""How a failed compile or link is told: what went wrong first, in a few lines, and where everything that was said is kept.

Goes in: the commands that failed with all that they printed.  Comes out: an excerpt that begins with the first error, the next step, and
a log in the cache (which `cache prune` removes like everything else).  A compiler that fails in one place mostly goes on to complain
about what follows from it, and the files of a program mostly fail for the same reason.
"""

from __future__ import annotations

import errno
import os
import re
import shlex
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from pybuild.cache import Cache, write_atomically
from pybuild.errors import BuildFailure, Diagnostic
from pybuild.link.packages import install_hint
from pybuild.link.scons import Finished

LINES = 12  # of what a tool said, in an error
_SHOWN = 3  # of the files that do not compile: with an excerpt, and by name below each
_ERROR = re.compile(r"\berror\b|undefined reference|undefined symbol|multiple definition|relocation|cannot find|not found", re.IGNORECASE)
_WARNING = re.compile(r"\bwarning:")
_LEADS_TO_IT = re.compile(r"In file included from|\s+from |.*: In function|.*: At top level|.*: in function")


@dataclass(frozen=True)
class Failed:
    """A command that failed, and how."""

    command: tuple[str, ...]
    finished: Finished

    @property
    def ending(self) -> str:
        """`exit status 1`, `killed by SIGKILL`."""
        status = self.finished.status
        if status >= 0:
            return f"exit status {status}"
        if -status == signal.SIGXFSZ:
            return "killed by SIGXFSZ: a file grew beyond the limit (ulimit -f)"
        return f"killed by {signal.Signals(-status).name}"

    @property
    def text(self) -> str:
        """How it ended, and all that it printed."""
        return f"{self.ending}\n{self.finished.text.strip()}".strip()

    @property
    def log(self) -> str:
        """The command as one can repeat it, and all that came of it."""
        return f"$ {shlex.join(self.command)}\n{self.finished.text.rstrip()}\n{self.ending}\n"


def excerpt(text: str, limit: int = LINES) -> str:
    """At most `limit` lines of what a tool said: from its first error on, else the last ones; with the number of lines left out."""
    lines = text.strip().splitlines()
    if len(lines) <= limit:
        return "\n".join(lines)
    first = next((number for number, line in enumerate(lines) if _ERROR.search(line) and not _WARNING.search(line)), None)
    if first is None:
        first = len(lines) - limit  # most tools say last why they give up
    while first > 0 and _LEADS_TO_IT.match(lines[first - 1]):
        first -= 1
    shown = lines[first : first + limit]
    left_out = len(lines) - len(shown)
    return "\n".join([*shown, f"... ({left_out} more line{'s' if left_out > 1 else ''})"])


def compile_failure(toolchain: str, failed: Sequence[Failed], options: Sequence[str], cache: Cache, key: str) -> BuildFailure:
    """The error for files that do not compile: the first of them, those that fail in another way, and the names of the others.

    `options` are the user's own; `key` is that of what was to be made: its log replaces that of an earlier try.
    """
    log = _keep("compile", failed, cache, key)
    by_reason: dict[str, list[Failed]] = {}
    for one in failed:
        by_reason.setdefault(_reason(one), []).append(one)
    groups = list(by_reason.values())
    groups, rest = groups[: _SHOWN - 1], groups[_SHOWN - 1 :]
    if rest:
        groups.append([one for group in rest for one in group])
    diagnostics = []
    for first, *others in groups:
        message = f"{toolchain} could not compile {first.finished.name}: {_told(first)}" + _others([one.finished.name for one in others])
        diagnostics.append(Diagnostic(message, hint=_next_step(first.text, "cflags", options, cache, log)))
    return BuildFailure(tuple(diagnostics))


def link_failure(toolchain: str, library: str, failed: Failed, options: Sequence[str], cache: Cache, key: str) -> BuildFailure:
    """The error for objects that cannot be linked with `library`; `options` and `key` as for `compile_failure`."""
    log = _keep("link", [failed], cache, key)
    message = f"{toolchain} could not link the program with {library}: {_told(failed)}"
    return BuildFailure((Diagnostic(message, hint=_next_step(failed.text, "ldflags", options, cache, log)),))


def _others(names: Sequence[str]) -> str:
    """That further files failed, as a line of its own."""
    if not names:
        return ""
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    return f"\nnor could it compile {shown}"


def first_error(text: str) -> str:
    """The line that says what went wrong."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return next((line for line in lines if _ERROR.search(line) and not _WARNING.search(line)), lines[-1] if lines else "")


def machines_fault(text: str) -> bool:
    """Whether a link failed for want of space or memory, or was killed, and not because of what was linked."""
    return _disk_full(text) or "killed by SIG" in text or "terminated with signal" in text or os.strerror(errno.ENOMEM) in text


def disk_full_hint(cache: Cache) -> str:
    """The next step when the cache's disk is full."""
    return f"make room in {cache.root}, or set PYBUILD_CACHE_DIR to a folder on another disk"


def _told(failed: Failed) -> str:
    said = excerpt(failed.finished.text)
    return f"{failed.ending}\n{said}" if said else f"{failed.ending}; it said nothing"


def _reason(failed: Failed) -> str:
    """What failed, without where: the same for files that fail for the same reason."""
    return re.sub(r"^\S*?:(\d+:)*", "", first_error(failed.finished.text)) or failed.ending


def _disk_full(text: str) -> bool:
    """Whether a tool's output says that it could not write its file; ld itself is killed silently, which only gcc tells."""
    return any(
        sign in text for sign in ("SIGXFSZ", "File size limit exceeded", *map(os.strerror, (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)))
    )


def _next_step(text: str, key: str, options: Sequence[str], cache: Cache, log: str) -> str:
    if _disk_full(text):
        step = disk_full_hint(cache)
    elif re.search(r"fatal error: '?(std\w+|string|limits|features|assert)\.h|cannot find \w*crt[1i]\.o", text):
        step = f"the C library's own headers and start files are missing; {install_hint('gcc')}"
    elif "SIGKILL" in text or "signal 9" in text:
        step = "the system ended it, probably for want of memory: try fewer [compiler] jobs"
    elif options:
        step = f"see whether [compiler] {key} is the reason: {shlex.join(options)}"
    else:
        step = "`pybuild doctor` shows which compilers, headers and libraries are there; [compiler] cc chooses another one"
    return f"{step}\n{log}" if log else step


def _keep(what: str, failed: Sequence[Failed], cache: Cache, key: str) -> str:
    """Write the log of `failed`; returns where it is, in words (nothing when it cannot be written)."""
    path = cache.root / "log" / f"{what}-{key[:12]}.log"
    try:
        write_atomically(path, "\n".join(one.log for one in failed).encode(errors="replace"))
    except OSError:
        return ""
    return f"the commands and all that they said: {path}"

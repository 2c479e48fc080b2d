"""Facts about programs and libraries of the building machine, asked once and remembered until the files change.

Goes in: a question, the files that its answer depends on, and how to ask (usually: run a compiler with `-v`).  Comes out: the
answer, a JSON value.  It is kept in the cache under the path, size and time of change of each file, so that a build that has
nothing to compile starts no compiler either.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from pybuild.cache import Cache, digest

_KIND = "probe"
_TIMEOUT = 60  # seconds; zig unpacks itself at its first start

Answer = TypeVar("Answer")


def stamp(path: Path) -> str:
    """What tells one state of a file from another: its real path, size and time of change.  Raises OSError."""
    real = path.resolve()
    state = real.stat()
    return f"{real}\0{state.st_size}\0{state.st_mtime_ns}"


def remember(cache: Cache, question: str, files: Sequence[Path], ask: Callable[[], Answer]) -> Answer:
    """The answer to `question` about `files`: from the cache when they are unchanged, else by `ask`, whose exceptions pass.

    A cache that cannot be written is not an error here: the question is then asked each time.
    """
    key = digest(question, *(stamp(file) for file in files))
    known = cache.get(_KIND, key)
    if known:
        try:
            return cast("Answer", json.loads(known))
        except ValueError:
            pass  # damaged: ask again
    answer = ask()
    try:
        cache.put(_KIND, key, json.dumps(answer, sort_keys=True).encode())
    except OSError:
        return answer
    return answer


def store(cache: Cache, question: str, files: Sequence[Path], answer: object) -> None:
    """Remember an answer that was found by other means than asking."""
    try:
        cache.put(_KIND, digest(question, *(stamp(file) for file in files)), json.dumps(answer, sort_keys=True).encode())
    except OSError:
        return


def recall(cache: Cache, question: str, files: Sequence[Path]) -> object | None:
    """What `store` remembered, or None."""
    known = cache.get(_KIND, digest(question, *(stamp(file) for file in files)))
    try:
        return cast("object", json.loads(known)) if known else None
    except ValueError:
        return None


def find_program(name: str) -> Path | None:
    """The program `name` (a name for PATH, or a path), or None."""
    found = shutil.which(name)
    return Path(found).absolute() if found else None


def output_of(command: Sequence[str], environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Exit status and everything that `command` printed (both streams); status 127 and the reason when it cannot be started."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_TIMEOUT,
            check=False,
            env={**os.environ, **(environment or {}), "LC_ALL": "C"},
        )
    except subprocess.TimeoutExpired:
        return 127, f"no answer within {_TIMEOUT} s"
    except OSError as error:
        return 127, error.strerror or str(error)
    return done.returncode, done.stdout.decode(errors="replace")

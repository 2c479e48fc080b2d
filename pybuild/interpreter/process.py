"""One worker process: started on demand, spoken to over two pipes of its own so that what the interpreter prints disturbs nobody.

Goes in: the interpreter's executable and the worker's role.  Comes out: a `Process` whose ends the pool selects on.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from pathlib import Path
from typing import Any

from pybuild.errors import BuildFailure
from pybuild.worker import wire

PROGRAM = Path(__file__).resolve().parent.parent / "worker" / "main.py"


class WorkerDied(BuildFailure):
    """A worker process ended before it answered."""


def worker_environment() -> dict[str, str]:
    """The environment of a worker: the user's without what changes how Python starts, and with a fixed hash seed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON") and name != "__PYVENV_LAUNCHER__"}
    return {**kept, "PYTHONHASHSEED": "0"}


class Process:
    """A running worker.  `out` holds what is not yet written, `waiting` the numbers of the requests not yet answered."""

    def __init__(self, executable: Path, role: str) -> None:
        """Start it.  Raises OSError when the executable cannot be run."""
        import subprocess  # 8 ms that a build with a warm cache need not pay

        self.executable = executable
        self.waiting: deque[int] = deque()
        self.out = bytearray()
        self._in = bytearray()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        request_end, self.request_fd = os.pipe()
        self.answer_fd, answer_end = os.pipe()
        try:
            self._process = subprocess.Popen(
                [executable, "-X", "utf8", "-W", "ignore", PROGRAM, role, str(request_end), str(answer_end)],
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=self._said,
                pass_fds=(request_end, answer_end),
                env=worker_environment(),
            )
        except OSError:
            os.close(self.request_fd)
            os.close(self.answer_fd)
            self._said.close()
            raise
        finally:
            os.close(request_end)
            os.close(answer_end)
        os.set_blocking(self.request_fd, False)

    def flush(self) -> None:
        """Write as much of `out` as the pipe takes.  A worker that is gone is noticed when reading."""
        try:
            while self.out:
                del self.out[: os.write(self.request_fd, self.out)]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            self.out.clear()

    def receive(self) -> list[dict[str, Any]]:
        """The answers that have arrived whole; call it when `answer_fd` is readable.  Raises WorkerDied."""
        data = os.read(self.answer_fd, 1 << 18)
        if not data:
            raise self.died()
        self._in += data
        answers = []
        while len(self._in) >= 4:
            end = 4 + int.from_bytes(self._in[:4], "little")
            if len(self._in) < end:
                break
            answers.append(wire.decode(bytes(self._in[4:end])))
            del self._in[:end]
        return answers

    def died(self) -> WorkerDied:
        """The error that says how the process ended, with the last it said."""
        status = self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip().splitlines()
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        last = f": {said[-1].strip()}" if said else ""
        return WorkerDied.of(  # type: ignore[return-value]
            f"{self.executable} {how} while it worked for pybuild{last}", hint=f"see whether `{self.executable} -X utf8 -c pass` runs"
        )

    def close(self) -> None:
        """End the process: by the end of its requests, or by force when it still owes answers."""
        os.close(self.request_fd)
        os.close(self.answer_fd)
        if self.waiting:
            self._process.kill()
        self._process.wait()
        self._said.close()

"""Measuring processes: wall time, processor time and memory of a command with all that it starts.

Goes in: a command.  Comes out: a `Sample`.  Processor time and the largest resident set come from the kernel's accounting (`wait4`),
which counts every descendant that was waited for; the sum over all processes alive at once is sampled from `/proc`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_EVERY_S = 0.02


@dataclass(frozen=True)
class Sample:
    """What one run of a command took: seconds and bytes.  `peak_sum` is 0 when it was not asked for."""

    wall: float
    cpu: float
    peak_process: int
    peak_sum: int = 0


class CommandFailed(RuntimeError):
    """A measured command did not end with status 0: its figures would mean nothing."""


def measure(
    command: Sequence[str | Path],
    *,
    folder: Path,
    environment: Mapping[str, str],
    sum_memory: bool = False,
    log: Path | None = None,
) -> Sample:
    """Run `command` in `folder` and measure it.  Raises CommandFailed with the end of its output."""
    arguments = [str(part) for part in command]
    with (log or Path(os.devnull)).open("w+b") as output:
        started = time.perf_counter()
        process = subprocess.Popen(arguments, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        watcher = _MemoryWatcher(process.pid) if sum_memory else None
        if watcher:
            watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if watcher:
            watcher.stop()
        if process.returncode:
            output.seek(0)
            tail = output.read().decode(errors="replace")[-2000:]
            raise CommandFailed(f"{' '.join(arguments)} ended with {process.returncode}\n{tail}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, watcher.peak if watcher else 0)


def start_times(programs: Mapping[str, Sequence[str | Path]], *, runs: int, environment: Mapping[str, str]) -> dict[str, float]:
    """Median user+sys seconds of each program, all of them run in turn, `runs` times, after one unmeasured turn."""
    times: dict[str, list[float]] = {name: [] for name in programs}
    with Path(os.devnull).open("r+b") as null:
        actions = [(os.POSIX_SPAWN_DUP2, null.fileno(), 0), (os.POSIX_SPAWN_DUP2, null.fileno(), 1)]
        for turn in range(runs + 1):
            for name, command in programs.items():
                arguments = [str(part) for part in command]
                pid = os.posix_spawn(arguments[0], arguments, dict(environment), file_actions=actions)
                _, status, usage = os.wait4(pid, 0)
                if status:
                    raise CommandFailed(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
                if turn:
                    times[name].append(usage.ru_utime + usage.ru_stime)
    return {name: statistics.median(values) for name, values in times.items()}


class _MemoryWatcher(threading.Thread):
    """Samples the proportional set size of a process and its descendants (pages that they share count once)."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._root = root
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(_SAMPLE_EVERY_S):
            self.peak = max(self.peak, sum(map(_proportional_size, _family(self._root))))

    def stop(self) -> None:
        """End the sampling."""
        self._done.set()
        self.join()


def _family(root: int) -> list[int]:
    """`root` and all its descendants."""
    found = [root]
    for pid in found:
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _proportional_size(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return 0
    return 0


def folder_size(folder: Path) -> int:
    """Bytes of all files in `folder`; a hard link counts once, a symbolic link not at all."""
    sizes: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        if path.is_file() and not path.is_symlink():
            sizes[(status.st_dev, status.st_ino)] = status.st_size
    return sum(sizes.values())


def progress(text: str) -> None:
    """Say what is being measured."""
    print(text, file=sys.stderr, flush=True)

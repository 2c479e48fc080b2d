"""Programs that run as children of a command, which ends as they did.

Goes in: a command.  Comes out: its status.  What the terminal sends reaches the program by itself; SIGTERM is passed on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NoReturn

import typer


def run_child(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run `command` to its end; the status is negative for a signal.  This process then ends by `end_as`, or soon."""
    sys.stdout.flush()
    sys.stderr.flush()
    process = subprocess.Popen(command, env=environment)
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)  # the terminal sends them to the program as well
    signal.signal(signal.SIGTERM, lambda number, frame: process.send_signal(number))
    return process.wait()


def end_as(status: int) -> NoReturn:
    """End as a child did."""
    sys.stdout.flush()
    sys.stderr.flush()
    if status < 0:
        with suppress(OSError):  # SIGKILL's is its default
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    raise typer.Exit(status)

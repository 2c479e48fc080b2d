"""Runs compile and link commands through SCons, in a process and a private folder of their own.

Goes in: nodes (a command, the file that it makes, the nodes' files that it needs), and how many may run at once.  Comes out: for each
node that was run its exit status and what it printed.  SCons gets only what pybuild's cache does not hold, so it decides order and
parallelism, not what is up to date.  A process of its own, because SCons changes global state and an interrupt must end all compilers.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pybuild.errors import BuildFailure

_MARK = "\x1epybuild "  # starts a line that is ours among SCons's own

_SCONSTRUCT = """\
# Made by pybuild for one build: every node is a command that makes one file; nothing here outlives the build.
import json, os, subprocess, sys, threading

lock = threading.Lock()
env = Environment(tools=[], ENV=os.environ)
Decider("timestamp-newer")


def action(node):
    def run(target, source, env):
        done = subprocess.run(node["command"], cwd={cwd!r}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode(errors="replace")
        with lock:
            print({mark!r} + json.dumps([node["name"], done.returncode, text]), file=sys.__stdout__, flush=True)
        return int(done.returncode != 0)

    return Action(run, strfunction=None)


with open("nodes.json", encoding="utf-8") as stream:
    nodes = json.load(stream)
for node in nodes:
    Default(env.Command(node["output"], node["needs"], action(node)))
"""


@dataclass(frozen=True)
class Node:
    """One command: `name` is what the user sees, `needs` are outputs of other nodes.

    All outputs lie in the folder of the run, under names that are plain words: SCons would expand a `$`.
    """

    name: str
    command: tuple[str, ...]
    output: Path
    needs: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Finished:
    """A command that was run: its exit status (negative: the signal that killed it) and what it printed."""

    name: str
    status: int
    text: str


def run_nodes(
    nodes: Sequence[Node],
    jobs: int,
    folder: Path,
    cwd: Path,
    done: Callable[[Finished], None],
    started: Callable[[int], None] = lambda process: None,
) -> tuple[Finished, ...]:
    """Run `nodes`, whose outputs lie in `folder`, at most `jobs` at once, each command in the folder `cwd`; call `done` after each.

    `started` is told the process group that SCons and its compilers are in, so that another thread can end them.
    After a failure no further command is started.
    Raises BuildFailure when SCons itself fails, OSError when the folder cannot be written.
    """
    (folder / "SConstruct").write_text(_SCONSTRUCT.replace("{mark!r}", repr(_MARK)).replace("{cwd!r}", repr(str(cwd))), encoding="utf-8")
    described = [
        {"name": node.name, "command": node.command, "output": node.output.name, "needs": [path.name for path in node.needs]}
        for node in nodes
    ]
    (folder / "nodes.json").write_text(json.dumps(described), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "SCons", "-Q", "-s", "--no-site-dir", f"-j{jobs}"]
    finished: list[Finished] = []
    noise: list[str] = []
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},  # what a killed compiler leaves goes with the folder
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as scons:
        assert scons.stdout is not None
        try:
            started(scons.pid)
            for raw in scons.stdout:
                line = raw.decode(errors="replace")
                if line.startswith(_MARK):
                    finished.append(Finished(*json.loads(line.removeprefix(_MARK))))
                    done(finished[-1])
                else:
                    noise.append(line)
        except BaseException:  # above all an interrupt: no compiler outlives the build
            with suppress(ProcessLookupError):  # it has just ended by itself
                os.killpg(scons.pid, signal.SIGKILL)
            raise
    if scons.returncode != 0 and all(f.status == 0 for f in finished):
        raise BuildFailure.of(
            f"SCons failed with exit status {scons.returncode}:\n{''.join(noise).strip()}", hint="`pybuild doctor` checks SCons"
        )
    return tuple(finished)

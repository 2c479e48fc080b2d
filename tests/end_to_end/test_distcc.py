"""Compile commands spread over two machines: two `distccd` on loopback, and what their logs say of a build.  ccache the same way."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.end_to_end.support import Pybuild, execute, find_pythons

PYTHON = find_pythons()[0].executable
DEADLINE = 30  # seconds until a daemon has to answer


@dataclass(frozen=True)
class Daemon:
    """A running distccd."""

    port: int
    log: Path

    @property
    def host(self) -> str:
        """As DISTCC_HOSTS names it: at most two jobs at once."""
        return f"127.0.0.1:{self.port}/2"

    @property
    def compiled(self) -> int:
        """How many files it has compiled without an error."""
        return len(re.findall(r"\bCOMPILE_OK\b", self.log.read_text(errors="replace")))


@contextmanager
def distccd() -> Iterator[Daemon]:
    """A distccd that serves this machine only."""
    with TemporaryDirectory(prefix="distccd-") as folder:  # pytest's folders are closed to the user that it becomes when root starts it
        Path(folder).chmod(0o777)
        yield from _serve(Path(folder))


def _serve(folder: Path) -> Iterator[Daemon]:
    log = folder / "log"
    log.touch(mode=0o666)
    log.chmod(0o666)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["--listen=127.0.0.1", f"--port={port}", "--allow=127.0.0.1", "--jobs=2", f"--log-file={log}", "--log-level=info"]
    process = subprocess.Popen(
        ["distccd", "--daemon", "--no-detach", *options],
        stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "TMPDIR": str(folder)},
        start_new_session=True,
    )
    try:
        until = time.monotonic() + DEADLINE
        while not _answers(port):
            assert process.poll() is None, f"distccd ended: {log.read_text()}"
            assert time.monotonic() < until, f"distccd does not answer: {log.read_text()}"
        yield Daemon(port, log)
    finally:
        process.terminate()
        process.wait(DEADLINE)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def run(built: dict[str, Any]) -> str:
    """What the program prints."""
    return execute([built["programs"]["hello"]]).out


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below `folder`."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "hello.py").write_text("print('hello from', 'far')\n")
    return folder


@pytest.mark.skipif(not (shutil.which("distcc") and shutil.which("distccd")), reason="distcc is not installed")
def test_two_machines_compile_one_program(tmp_path: Path, project: Path) -> None:
    pybuild = Pybuild(tmp_path / "cache")
    arguments = ("--python", PYTHON, "--jobs", "4", "--set", 'compiler.cc="gcc"', "hello.py")
    (tmp_path / "distcc").mkdir()
    with ExitStack() as stack:
        daemons = [stack.enter_context(distccd()) for _ in range(2)]
        built = pybuild.build(
            "--set",
            'compiler.launcher=["distcc"]',
            *arguments,
            folder=project,
            DISTCC_HOSTS=" ".join(daemon.host for daemon in daemons),
            DISTCC_DIR=str(tmp_path / "distcc"),
            DISTCC_FALLBACK="0",  # what a daemon refuses is an error, and not compiled here in silence
        )
        counts = [daemon.compiled for daemon in daemons]
    assert all(counts), counts
    far = contents(pybuild.cache / "object")
    assert sum(counts) == len(far)
    assert run(built) == "hello from far\n"
    Pybuild(tmp_path / "local").build(*arguments, folder=project)
    assert contents(tmp_path / "local/object") == far  # the launcher is no part of an object's key, so nothing may depend on it


@pytest.mark.skipif(shutil.which("ccache") is None, reason="ccache is not installed")
def test_ccache_serves_a_second_cache(tmp_path: Path, project: Path) -> None:
    arguments = ("--python", PYTHON, "--set", 'compiler.cc="gcc"', "--set", 'compiler.launcher=["ccache"]', "hello.py")
    for name in ("first", "second"):
        built = Pybuild(tmp_path / name).build(*arguments, folder=project, CCACHE_DIR=str(tmp_path / "ccache"))
    stats = execute(["ccache", "--print-stats"], environment={"PATH": "/usr/bin:/bin", "CCACHE_DIR": str(tmp_path / "ccache")}).out
    counts = {name: int(value) for name, value in (line.split("\t") for line in stats.splitlines())}
    objects = contents(tmp_path / "first/object")
    assert contents(tmp_path / "second/object") == objects
    assert counts["cache_miss"] == len(objects)
    assert counts["direct_cache_hit"] + counts["preprocessed_cache_hit"] == len(objects)
    assert run(built) == "hello from far\n"

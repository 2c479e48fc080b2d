"""Runs many generated modules built and interpreted, a batch to a binary, and says what differs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from tests.end_to_end.support import Python, clean_environment
from tests.programs.records import exchanged
from tests.programs.support import native_lines

TIMEOUT = 600
SUPPORT = Path(__file__).with_name("fuzz_support.py")
MARK = "=====fuzz "
RUNNER = '''"""Runs each module that is named on the command line in turn; what one does cannot reach the next but through a crash."""
import gc
import importlib
import resource
import signal
import sys


class Timeout(BaseException):
    pass


def stop(number, frame):
    raise Timeout


resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
signal.signal(signal.SIGALRM, stop)
for name in sys.argv[1:]:
    print("=====fuzz " + name, flush=True)
    signal.alarm(20)
    try:
        importlib.import_module(name).main()
    except BaseException as error:
        print("uncaught", type(error).__name__, str(error)[:200])
        error = None
    signal.alarm(0)
    sys.modules.pop(name, None)
    gc.collect()
    sys.stdout.flush()
'''


@dataclass(frozen=True)
class Difference:
    """A module that does not do the same; what a crash ended is the last line of what was got."""

    name: str
    source: str
    expected: str
    got: str


Records = Literal["none", "own", "misleading"]


RECORDS: tuple[Records, ...] = get_args(Records)


@dataclass(frozen=True)
class Differ:
    """Builds and runs batches below `folder`."""

    python: Python
    folder: Path
    cache: Path
    optimize: str = "speed"
    cc: str = "auto"
    records: Records = "none"

    def differences(self, modules: Mapping[str, str]) -> list[Difference]:
        """Those of `modules` (name: source) that do not do the same built and interpreted."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name, source in modules.items():
            (self.folder / f"{name}.py").write_text(source, encoding="utf-8")
        (self.folder / "fuzz_batch.py").write_text(RUNNER)
        shutil.copy(SUPPORT, self.folder)
        names = list(modules)
        problem = self._build(names)
        if problem:
            if len(names) == 1:
                return [Difference(names[0], modules[names[0]], "a build", problem)]
            half = len(names) // 2
            return [one for part in (names[:half], names[half:]) for one in self.differences({name: modules[name] for name in part})]
        expected = self._run([self.python.executable, "-E", "-s", "-B", self.folder / "fuzz_batch.py"], names, PYTHONHASHSEED="0")
        got = self._run([self.folder / "bin" / "fuzz-batch"], names)
        return [
            Difference(name, modules[name], expected[name], got[name])
            for name in names
            if expected[name] != got[name] and not re.search(r"uncaught Timeout|MemoryError", expected[name] + got[name])
        ]

    def _build(self, names: Sequence[str]) -> str:
        """Build the batch; what went wrong, if something did."""
        build = '[build]\nmode = "accelerated"\nkeep-source = true\noutput-dir = "bin"\npython-flags = ["static-hashes"]\n'
        entry = '[[entry-point]]\nname = "fuzz-batch"\nrun = "fuzz_batch.py"\n'
        modules = native_lines() or "[modules]\n"
        modules += f"include = {json.dumps(list(names))}\n"
        compiler = f'[compiler]\ncc = "{self.cc}"\noptimize = "{self.optimize}"\ncflags = ["-g0"]\n'
        (self.folder / "pybuild.toml").write_text("\n".join([build, entry, modules, compiler]))
        environment = clean_environment(PYBUILD_CACHE_DIR=str(self.cache))
        command = [sys.executable, "-m", "pybuild", "build", "--quiet", "--python", str(self.python.executable)]
        if self.records != "none":
            command += self._hints(names, environment)
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        return (done.stdout + done.stderr)[-3000:] if done.returncode else ""

    def _hints(self, names: Sequence[str], environment: Mapping[str, str]) -> list[str]:
        """The options that name a record of the batch; none where there is none, because it ended the process."""
        output = self.folder / "record.json"
        command = [sys.executable, "-m", "pybuild", "record", "--quiet", "--python", str(self.python.executable), "--output", str(output)]
        subprocess.run([*command, "fuzz-batch", *names], cwd=self.folder, env=environment, capture_output=True, check=False)
        if not output.exists():
            return []
        if self.records == "misleading":
            output.write_text(json.dumps(exchanged(json.loads(output.read_text(encoding="utf-8")))), encoding="utf-8")
        return ["--hints", str(output)]

    def _run(self, command: Sequence[str | Path], names: Sequence[str], **extra: str) -> dict[str, str]:
        """What each module printed; after one that ended the process, the rest runs in a new one."""
        printed: dict[str, str] = {}
        left = list(names)
        environment = {**clean_environment(**extra), "PATH": os.environ.get("PATH", "")}
        while left:
            arguments = [str(word) for word in [*command, *left]]
            try:
                done = subprocess.run(arguments, cwd=self.folder, env=environment, capture_output=True, timeout=TIMEOUT, check=False)
                out, ending = done.stdout, f"process ended with {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}"
                complete = done.returncode == 0
            except subprocess.TimeoutExpired as stuck:
                out, ending, complete = stuck.stdout or b"", "uncaught Timeout of the process", False
            parts = out.decode(errors="surrogateescape").split(MARK)[1:]
            for part in parts:
                name, _, text = part.partition("\n")
                printed[name] = re.sub(r"0x[0-9a-f]{6,}", "0x", text)
            if complete:
                break
            last = parts[-1].partition("\n")[0] if parts else left[0]
            printed[last] = printed.get(last, "") + ending
            left = left[left.index(last) + 1 :]
        return {name: printed.get(name, "never ran") for name in names}

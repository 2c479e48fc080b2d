"""The interpreter enters native code: callbacks reached from the standard library's bytecode run natively, each time.

The program is `tests/programs/library/callbacks.py`.  CPython says how often each of its functions is called (`sys.setprofile`), a counting
build how often it was entered natively.  With a static libpython most calls from C go to bodies directly, with a shared one all pass
the gates; calls by bytecode always do.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.compiler.support import python311
from tests.end_to_end.conftest import pybuild, shared
from tests.end_to_end.support import Pybuild, clean_environment, find_pythons

__all__ = ["pybuild", "shared"]

PROGRAM = Path(__file__).parents[1] / "programs" / "library" / "callbacks.py"
CANNOT_ENTER = {"opened", "loop"}  # a generator, a coroutine

# Counts the calls of the program's functions, in all threads, and writes them to the file that it is given.
PROFILER = """
import collections, json, runpy, sys, threading
counts = collections.Counter()
def count(frame, event, argument):
    if event == "call" and frame.f_code.co_filename == sys.argv[1]:
        counts[frame.f_code.co_qualname] += 1
threading.setprofile(count)
sys.setprofile(count)
runpy.run_path(sys.argv[1], run_name="__main__")
sys.setprofile(None)
with open(sys.argv[2], "w") as out:
    json.dump(counts, out)
"""

BODIES = {"<module>", "Tests", "Store", "Version", "Worker", "Lazy", "Closing", "Point", "Copied", "Handler", "Missing"}


def expected(folder: Path) -> dict[str, int]:
    """How often CPython calls each function."""
    command = [python311(), "-c", PROFILER, folder / "callbacks.py", folder / "profile.json"]
    subprocess.run(command, cwd=folder, env=clean_environment(), check=True, stdout=subprocess.DEVNULL)
    counts: dict[str, int] = json.loads((folder / "profile.json").read_text())
    return {name: count for name, count in counts.items() if name not in BODIES}


@pytest.mark.parametrize("library", next(python.libraries for python in find_pythons() if python.version == "3.11"))
def test_callbacks_are_entered_natively_each_time(library: str, pybuild: Pybuild, tmp_path: Path) -> None:
    shutil.copy(PROGRAM, tmp_path)
    words = ("--python", str(python311()), "--mode", "accelerated", "--set", f"build.libpython={library}", "--set", "compiler.count=true")
    built = pybuild.build(*words, "callbacks.py", folder=tmp_path)
    environment = clean_environment(PYBUILD_COUNTS="counts.json")
    subprocess.run([str(built["executable"])], cwd=tmp_path, env=environment, check=True, stdout=subprocess.DEVNULL)
    functions = json.loads((tmp_path / "counts.json").read_text())["functions"]
    counts = {one["qualname"]: one["calls"] for one in functions if one["qualname"] not in BODIES}
    wanted = expected(tmp_path)
    assert len(wanted) > 50
    assert set(wanted) == set(counts)
    assert {name: count["native"] for name, count in counts.items() if name not in CANNOT_ENTER} == {
        name: count for name, count in wanted.items() if name not in CANNOT_ENTER
    }
    assert {name for name, count in counts.items() if count["bytecode"]} == CANNOT_ENTER
    assert not any(counts[name]["native"] for name in CANNOT_ENTER)

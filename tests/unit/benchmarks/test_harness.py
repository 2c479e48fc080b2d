"""What drives a measured program: repeats, times, one check value."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HARNESS = Path("benchmarks/speed/programs/shared/harness.py").resolve()


def run(folder: Path, work: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "harness.py").write_text(HARNESS.read_text())
    (folder / "program.py").write_text(f"import harness\nCALLS = []\ndef work():\n    {work}\nharness.main(work)\n")
    return subprocess.run([sys.executable, folder / "program.py", *arguments], capture_output=True, text=True)


def test_it_prints_one_check_value_and_writes_the_time_of_each_repeat(tmp_path: Path) -> None:
    answer = run(tmp_path, "return sum(range(100))", "4", str(tmp_path / "times.json"))
    assert (answer.stdout, answer.returncode) == ("4950\n", 0)
    times = json.loads((tmp_path / "times.json").read_text())
    assert len(times["cpu"]) == len(times["wall"]) == 4
    assert all(seconds >= 0 for seconds in times["cpu"] + times["wall"])


def test_repeats_that_do_not_agree_are_an_error(tmp_path: Path) -> None:
    answer = run(tmp_path, "CALLS.append(0); return len(CALLS)", "2")
    assert answer.returncode == 1
    assert answer.stderr == "the repeats do not agree: 1, 2\n"

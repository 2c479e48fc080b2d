"""The generator is the same for a seed and varied; a difference is found and made small; built programs have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.support import Python
from tests.fuzz.differ import Differ
from tests.fuzz.generate import program
from tests.fuzz.minimise import minimise
from tests.programs.conftest import python

__all__ = ["python"]


def test_a_seed_gives_one_program_and_another_seed_another() -> None:
    assert program(5) == program(5)
    assert len({program(seed) for seed in range(20)}) == 20


def test_programs_compile_and_have_every_kind_of_statement() -> None:
    text = "\n".join(program(seed) for seed in range(60))
    for word in (
        "match ",
        "with ",
        "finally:",
        "except* ",
        "while ",
        "for ",
        "class ",
        "nonlocal",
        "lambda",
        "yield",
        "super()",
        "@property",
        "del ",
    ):
        assert word in text, word


def test_a_difference_is_made_small() -> None:
    source = "a = 1\ndef f(x):\n    for i in range(3):\n        print(i)\n        bad(x, i + 1)\n    return x\nprint(f(a))\n"
    small = minimise(source, lambda sources: [name for name, text in sources.items() if "bad(" in text])
    assert small == "bad(x, i)"


def test_what_differs_is_named_and_a_crash_is_survived(tmp_path: Path, python: Python, monkeypatch: pytest.MonkeyPatch) -> None:
    differ = Differ(python, tmp_path / "batch", tmp_path / "cache")
    different = "def main():\n    print('__compiled__' in globals())\n"
    crashes = "import os\ndef main():\n    if '__compiled__' in globals():\n        os.abort()\n"
    same = "def main():\n    print('same')\n"
    monkeypatch.setenv("PYBUILD_TEST_NATIVE", "0")
    found = differ.differences({"one": same, "two": different, "three": crashes, "four": same})
    assert [one.name for one in found] == ["two", "three"]
    assert "process ended with -6" in found[1].got


def test_a_few_random_programs_are_the_same(tmp_path: Path, python: Python) -> None:
    differ = Differ(python, tmp_path / "batch", tmp_path / "cache")
    found = differ.differences({f"fuzz_{seed}": program(seed) for seed in range(5)})
    assert [(one.name, one.expected, one.got) for one in found] == []

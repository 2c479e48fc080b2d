"""Where pybuild's own options end."""

from __future__ import annotations

import pytest

from pybuild.cli import split_arguments
from pybuild.cli.recorded_words import split_record


@pytest.mark.parametrize(
    ("words", "program"),
    [
        ("record --output H x.py -v --output Q", "-v --output Q"),
        ("record -o H -v x.py", ""),
        ("record -o H -m pytest -x -m slow", "-x -m slow"),
        ("record -o H -mpytest -x", "-x"),
        ("record --output=H --python 3.11 acme --help", "--help"),
        ("record -o H -- -odd.py -x", "-x"),
        ("record --merge a b -o c", ""),
        ("record a.py --merge", "--merge"),
        ("record -m", ""),
        ("record", ""),
    ],
)
def test_what_follows_the_target_is_the_programs(words: str, program: str) -> None:
    arguments = words.split()
    assert arguments[split_record(arguments) :] == program.split()
    assert split_arguments(arguments).program_arguments == tuple(program.split())

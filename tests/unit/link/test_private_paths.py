"""Taking the building machine's folders out of a linked file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pybuild.link.private_paths import forget_folders, private_prefixes
from tests.unit.link.linking import any_python

PREFIX = Path("/home/me/pythons/3.11.7")
HIDDEN = b"/" * len(b"/home/me/pythons") + b"/3.11.7"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\0/home/me/pythons/3.11.7\0", b"\0" + HIDDEN + b"\0"),
        (b"\0/home/me/pythons/3.11.7/lib/python3.11\0", b"\0" + HIDDEN + b"/lib/python3.11\0"),
        (b"a:/home/me/pythons/3.11.7:/home/me/pythons/3.11.7/x\0", b"a:" + HIDDEN + b":" + HIDDEN + b"/x\0"),
        (b"\0/home/me/pythons/3.11.71/lib\0", b"\0/home/me/pythons/3.11.71/lib\0"),
        (b"\x7fELF nothing", b"\x7fELF nothing"),
    ],
)
def test_all_but_the_last_component_is_overwritten_and_the_length_stays(before: bytes, after: bytes) -> None:
    assert forget_folders(before, [PREFIX]) == after
    assert len(after) == len(before)


def test_a_string_that_is_the_tail_of_the_prefix_stays_whole() -> None:
    """Linkers store "3.11.7" inside of ".../3.11.7": whoever reads from there must find it as before."""
    data = b"\0/home/me/pythons/3.11.7\0"
    start = data.index(b"3.11.7")
    assert forget_folders(data, [PREFIX])[start:] == data[start:]


def test_folders_within_each_other_are_both_forgotten() -> None:
    data = b"/home/me/pythons\0/home/me/pythons/3.11.7\0"
    assert b"home" not in forget_folders(data, [PREFIX.parent, PREFIX])
    assert b"home" not in forget_folders(data, [PREFIX, PREFIX.parent])


def test_every_name_of_the_prefix_is_private_but_the_systems_are_not(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    interpreter = replace(any_python(), base_prefix=tmp_path / "link", config={"prefix": "/usr/local", "exec_prefix": "/opt/python"})
    assert private_prefixes(interpreter) == (tmp_path / "link", Path("/opt/python"), (tmp_path / "link").resolve())
    assert private_prefixes(replace(interpreter, base_prefix=Path("/usr"), config={})) == ()

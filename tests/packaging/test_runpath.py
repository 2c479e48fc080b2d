"""A file's run path is edited in place: same length, same everything else, and the dynamic linker agrees."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pybuild.package.elf import parse
from pybuild.package.runpath import SharedStringError, edit_run_path
from tests.packaging.elf_samples import calls, dynamic_section, library, returns


def test_the_run_path_is_shortened_and_keeps_its_tag(tmp_path: Path) -> None:
    original = library(tmp_path / "a.so", run_path="/somewhere/of/mine:$ORIGIN/../near").read_bytes()
    edited = edit_run_path(original, ["$ORIGIN/../near"], as_rpath=False)
    assert len(edited) == len(original)
    assert parse(edited).runpath == "$ORIGIN/../near"
    assert parse(edited).rpath == ""
    assert b"/somewhere/of/mine" not in edited


def test_runpath_becomes_rpath(tmp_path: Path) -> None:
    original = library(tmp_path / "a.so", run_path="$ORIGIN/../near").read_bytes()
    edited = edit_run_path(original, ["$ORIGIN/../near"], as_rpath=True)
    assert parse(edited).rpath == "$ORIGIN/../near"
    assert parse(edited).runpath == ""


def entries(path: Path) -> list[str]:
    """The lines of the dynamic section without its heading."""
    return [line.strip() for line in dynamic_section(path).splitlines() if line.startswith(" 0x")]


@pytest.mark.parametrize("old_tag", [False, True])
def test_no_parts_remove_the_entry_and_the_text(tmp_path: Path, old_tag: bool) -> None:
    path = library(tmp_path / "a.so", run_path="/somewhere/of/mine", old_tag=old_tag)
    others = [entry for entry in entries(path) if "PATH" not in entry]
    assert len(others) == len(entries(path)) - 1
    edited = edit_run_path(path.read_bytes(), [], as_rpath=False)
    assert b"/somewhere/of/mine" not in edited
    path.write_bytes(edited)
    assert entries(path) == others


def test_an_edited_library_still_loads_what_it_needs(tmp_path: Path, launcher: Path) -> None:
    inner = library(tmp_path / "near/libinner.so", returns("inner", 6))
    outer = library(tmp_path / "pkg/outer.so", calls("inner"), needs=[inner], run_path="/somewhere/of/mine:$ORIGIN/../near")
    outer.write_bytes(edit_run_path(outer.read_bytes(), ["$ORIGIN/../near"], as_rpath=True))
    assert subprocess.check_output([launcher, outer], text=True) == "7\n"


def test_a_name_that_shares_the_tail_of_the_run_path_survives(tmp_path: Path, launcher: Path) -> None:
    """Linkers store "answer" only once, as the end of the run path's text."""
    path = library(tmp_path / "a.so", run_path="/somewhere/of/mine/answer", flags=["-Wl,-O2"])
    original = path.read_bytes()
    assert original.count(b"answer\0") == 2, "the linker has not merged the two strings (one is left in .strtab)"
    edited = edit_run_path(original, [], as_rpath=False)
    assert b"/somewhere/of/mine/" not in edited
    path.write_bytes(edited)
    assert subprocess.check_output([launcher, path], text=True) == "42\n"


def test_a_new_path_never_overwrites_another_string(tmp_path: Path) -> None:
    original = library(tmp_path / "a.so", run_path="/here/answer", flags=["-Wl,-O2"]).read_bytes()
    with pytest.raises(SharedStringError):
        edit_run_path(original, ["$ORIGIN/12"], as_rpath=False)


def test_a_longer_path_is_refused(tmp_path: Path) -> None:
    original = library(tmp_path / "a.so", run_path="/here").read_bytes()
    with pytest.raises(SharedStringError):
        edit_run_path(original, ["$ORIGIN/../near"], as_rpath=False)

"""Links to the programs: made and removed, and never at the cost of a file that is not ours."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pybuild.errors import UserError
from pybuild.package.links import LinkChange, make_links
from tests.packaging.sample_plans import Sample


@pytest.fixture
def executable(tmp_path: Path) -> Path:
    path = tmp_path / "dist/hello"
    path.parent.mkdir()
    path.write_bytes(b"the program")
    return path


def test_links_are_relative_and_lead_to_the_program(executable: Path, tmp_path: Path) -> None:
    done = make_links(executable, tmp_path / "deep/bin", ["hello", "hi"])
    assert done == LinkChange(made=(tmp_path / "deep/bin/hello", tmp_path / "deep/bin/hi"))
    assert (tmp_path / "deep/bin/hi").readlink() == Path("../../dist/hello")
    assert (tmp_path / "deep/bin/hi").read_bytes() == b"the program"


def test_a_link_through_a_linked_folder_leads_to_the_program(executable: Path, tmp_path: Path) -> None:
    (tmp_path / "far/away").mkdir(parents=True)
    (tmp_path / "bin").symlink_to("far/away")
    make_links(executable, tmp_path / "bin", ["hi"])
    assert (tmp_path / "bin/hi").read_bytes() == b"the program"


def test_in_the_programs_own_folder_the_program_itself_is_left_alone(executable: Path) -> None:
    make_links(executable, executable.parent, ["hello", "hi"])
    assert not executable.is_symlink() and (executable.parent / "hi").readlink() == Path("hello")


def test_links_are_made_again_and_removed(executable: Path, tmp_path: Path) -> None:
    make_links(executable, tmp_path / "bin", ["hello", "hi"])
    make_links(executable, tmp_path / "bin", ["hello", "hi"])
    executable.unlink()
    assert len(make_links(executable, tmp_path / "bin", ["hello", "hi", "never"], remove=True).removed) == 2
    assert list((tmp_path / "bin").iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_not_ours_is_neither_replaced_nor_removed(executable: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "bin/hi"
    other.parent.mkdir()
    if kind == "file":
        other.write_text("precious")
    else:
        other.symlink_to("/bin/sh")
    with pytest.raises(UserError, match="bin/hi is a"):
        make_links(executable, tmp_path / "bin", ["hello", "hi"])
    assert not (tmp_path / "bin/hello").is_symlink(), "all or nothing"
    assert make_links(executable, tmp_path / "bin", ["hello", "hi"], remove=True).removed == ()
    assert os.path.lexists(other)


def test_force_replaces_it(executable: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/hi").write_text("old")
    make_links(executable, tmp_path / "bin", ["hi"], force=True)
    assert (tmp_path / "bin/hi").read_bytes() == b"the program"


def test_even_force_does_not_remove_a_folder(executable: Path, tmp_path: Path) -> None:
    (tmp_path / "bin/hi/inner").mkdir(parents=True)
    with pytest.raises(UserError, match="is a folder"):
        make_links(executable, tmp_path / "bin", ["hi"], force=True)
    assert (tmp_path / "bin/hi/inner").is_dir()


def test_without_links_copies_are_made_and_known_as_ours(executable: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refused)
    make_links(executable, tmp_path / "bin", ["hi"])
    assert (tmp_path / "bin/hi").read_bytes() == b"the program" and not (tmp_path / "bin/hi").is_symlink()
    assert make_links(executable, tmp_path / "bin", ["hi"], remove=True).removed == (tmp_path / "bin/hi",)


def test_a_bin_dir_that_is_a_file_is_refused(executable: Path) -> None:
    with pytest.raises(UserError, match="is a file"):
        make_links(executable, executable, ["hi"])


def test_a_program_that_is_not_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is missing"):
        make_links(tmp_path / "hello", tmp_path / "bin", ["hi"])


def test_aliases_lie_beside_the_program(sample: Sample) -> None:
    sample.aliases = ("hi", "ho")
    result = sample.package()
    assert {link.name: str(link.readlink()) for link in result.links} == {"hi": "hello", "ho": "hello"}

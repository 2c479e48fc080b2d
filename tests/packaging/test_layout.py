"""What lies where: targets outside the folder and collisions are refused with the manifest's line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.errors import UserError
from pybuild.graph.model import GraphData
from tests.packaging.sample_plans import Sample


def a_file(sample: Sample, name: str, text: str = "text") -> Path:
    path = sample.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_data_land_at_their_targets_with_fixed_modes(sample: Sample) -> None:
    readable, tool = a_file(sample, "a.txt"), a_file(sample, "tool.sh", "#!/bin/sh\n")
    readable.chmod(0o600)
    tool.chmod(0o700)
    sample.data += [(readable, "assets/deep/a.txt"), (tool, "tool.sh")]
    sample.graph_data.append(GraphData(readable, "known.txt", "knowledge x"))
    folder = sample.package().path
    assert (folder / "assets/deep/a.txt").read_text() == "text"
    assert (folder / "known.txt").read_text() == "text"
    modes = {name: (folder / name).stat().st_mode & 0o777 for name in ("assets/deep/a.txt", "tool.sh", "assets", "assets/deep", ".")}
    assert modes == {"assets/deep/a.txt": 0o644, "tool.sh": 0o755, "assets": 0o755, "assets/deep": 0o755, ".": 0o755}


def test_the_data_of_a_package_of_the_programs_name_move_with_it(sample: Sample) -> None:
    sample.data.append((a_file(sample, "a.txt"), "hello/data/a.txt"))
    assert (sample.package().path / "hello.pkg/data/a.txt").is_file()


def test_a_linked_data_file_is_copied_as_the_file_it_is(sample: Sample) -> None:
    link = sample.project / "link.txt"
    link.symlink_to(a_file(sample, "a.txt", "behind the link"))
    sample.data.append((link, "link.txt"))
    shipped = sample.package().path / "link.txt"
    assert shipped.read_text() == "behind the link" and not shipped.is_symlink()


@pytest.mark.parametrize("target", ["../x", "a/../../x", "/etc/x", "."])
def test_a_target_outside_the_folder_is_refused(sample: Sample, target: str) -> None:
    sample.data.append((a_file(sample, "a.txt"), target))
    a_file(sample, "pybuild.toml", "the first line\n")
    with pytest.raises(UserError) as caught:
        sample.package()
    (finding,) = caught.value.diagnostics
    assert "a.txt" in finding.message and finding.hint
    assert finding.place is not None and (finding.place.line, finding.place.text) == (1, "the first line")
    assert not sample.output.exists()


def test_two_sources_for_one_target_are_refused_and_one_source_twice_is_not(sample: Sample) -> None:
    a, b = a_file(sample, "a.txt"), a_file(sample, "b.txt")
    sample.data += [(a, "x.txt"), (a, "x.txt")]
    assert (sample.package().path / "x.txt").is_file()
    sample.data.append((b, "x.txt"))
    with pytest.raises(UserError, match=r"two files for the target 'x\.txt'.*a\.txt.*b\.txt") as caught:
        sample.package()
    assert caught.value.diagnostics[0].place is not None and caught.value.diagnostics[0].place.line == 3


def test_the_programs_themselves_are_not_overwritten(sample: Sample) -> None:
    sample.aliases = ("hi",)
    sample.data += [(a_file(sample, "a.txt"), "hello"), (a_file(sample, "b.txt"), "hi"), (a_file(sample, "c.txt"), ".pybuild")]
    with pytest.raises(UserError) as caught:
        sample.package()
    assert [finding.place.line for finding in caught.value.diagnostics if finding.place] == [1, 2, 3]


def test_a_file_where_another_needs_a_folder_is_refused(sample: Sample) -> None:
    sample.data += [(a_file(sample, "a.txt"), "x"), (a_file(sample, "b.txt"), "x/b.txt")]
    with pytest.raises(UserError, match=r"b\.txt needs the folder 'x'"):
        sample.package()

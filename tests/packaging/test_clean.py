"""`clean` removes what builds made and nothing else."""

from __future__ import annotations

import pytest

from pybuild.package.clean import remove_result
from pybuild.resolve.model import Mode
from tests.packaging.sample_plans import Sample


@pytest.mark.parametrize("mode", list(Mode))
def test_everything_that_was_built_goes(sample: Sample, mode: Mode) -> None:
    sample.mode, sample.aliases = mode, ("hi", "ho")
    (sample.project / "data.txt").write_text("data")
    sample.data.append((sample.project / "data.txt", "deep/er/x.txt"))
    result = sample.package()
    assert set(remove_result(result.path, result.files)) == set(result.files)
    assert list(sample.output.iterdir()) == []


def test_other_files_in_the_folder_stay(sample: Sample) -> None:
    result = sample.package()
    (result.path / "state").mkdir()
    (result.path / "state/user.db").write_text("precious")
    remove_result(result.path, result.files)
    assert [path.relative_to(result.path).as_posix() for path in result.path.rglob("*")] == ["state", "state/user.db"]


def test_a_folder_without_marker_is_not_ours(sample: Sample) -> None:
    result = sample.package()
    (result.path / ".pybuild").unlink()
    assert remove_result(result.path, result.files) == ()
    assert result.executable.is_file()


def test_a_marker_that_leads_out_of_the_folder_is_not_followed(sample: Sample) -> None:
    result = sample.package()
    precious = sample.output / "precious"
    precious.write_text("precious")
    (result.path / "way").symlink_to("..")
    (result.path / ".pybuild").write_text("../precious\nway/precious\nhello\n")
    remove_result(result.path, result.files)
    assert precious.read_text() == "precious"


def test_files_that_took_the_place_of_ours_stay(sample: Sample) -> None:
    sample.mode, sample.aliases = Mode.ACCELERATED, ("hi", "ho")
    result = sample.package()
    for name in ("hello", "hi"):
        (sample.output / name).unlink()
        (sample.output / name).write_text("precious")
    assert [path.name for path in remove_result(result.path, result.files)] == ["ho"]
    assert sorted(path.name for path in sample.output.iterdir()) == ["hello", "hi"]


def test_links_of_a_program_that_is_gone_go_too(sample: Sample) -> None:
    sample.mode, sample.aliases = Mode.ACCELERATED, ("hi",)
    result = sample.package()
    result.path.unlink()
    assert [path.name for path in remove_result(result.path, result.files)] == ["hi"]

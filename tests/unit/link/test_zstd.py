"""libzstd in the launcher: linked where it can be, hidden from extension modules, and no loss where it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledProgram
from pybuild.link import zstd
from pybuild.link.build import link_executable
from pybuild.link.doctor import diagnose
from pybuild.link.toolchain import Toolchain, find_toolchain
from pybuild.progress import Silent
from tests.unit.link.linking import any_python, exported_names, has_compiler, make_plan, with_compiler


class Listening(Silent):
    """Keeps the details too."""

    def __init__(self) -> None:
        super().__init__()
        self.details: list[str] = []

    def detail(self, text: str) -> None:
        self.details.append(text)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def no_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "lib/libzstd.a"

    def nowhere(toolchain: Toolchain) -> str:
        return str(place)

    monkeypatch.setattr(zstd, "_place", nowhere)
    monkeypatch.setattr(zstd, "_by_pkg_config", lambda: None)
    return place


def has_archive(name: str = "gcc") -> bool:
    import os

    return has_compiler(name) and zstd.find_zstd(find_toolchain(name, Cache(Path(os.devnull))), Cache(Path(os.devnull))).archive is not None


@pytest.mark.skipif(not has_archive(), reason="there is no libzstd.a")
@pytest.mark.parametrize("name", ["gcc", "clang"])
def test_it_is_linked_and_its_names_are_hidden(name: str, tmp_path: Path, cache: Cache) -> None:
    if not has_archive(name):
        pytest.skip(f"{name} has none")
    executable = link_executable(with_compiler(make_plan(tmp_path), cc=name), CompiledProgram({}), cache, Silent())
    assert executable.zstd
    assert b"ZSTD" not in b"".join(name.encode() for name in exported_names(executable.path))
    assert executable.inputs[0].name == "libzstd.a"


def test_without_it_the_link_works_and_the_build_says_so(tmp_path: Path, cache: Cache, no_archive: Path) -> None:
    progress = Listening()
    executable = link_executable(make_plan(tmp_path), CompiledProgram({}), cache, progress)
    assert not executable.zstd
    assert progress.warnings == []
    (line,) = [line for line in progress.details if "not compressed" in line]
    assert "there is no libzstd.a in" in line
    assert "libzstd" in line
    assert executable.inputs == (no_archive,)


def test_the_two_launchers_are_not_mistaken_for_each_other(tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_archive():
        pytest.skip("there is no libzstd.a")
    with_it = link_executable(make_plan(tmp_path), CompiledProgram({}), cache, Silent())
    monkeypatch.setattr(zstd, "_try", lambda toolchain, archive: "no")
    without = link_executable(make_plan(tmp_path), CompiledProgram({}), Cache(tmp_path / "other"), Silent())
    assert (with_it.zstd, without.zstd) == (True, False)
    assert with_it.key != without.key


def test_an_archive_that_does_not_link_is_not_taken(cache: Cache, no_archive: Path) -> None:
    no_archive.parent.mkdir()
    no_archive.write_bytes(b"!<arch>\n")
    found = zstd.find_zstd(find_toolchain("gcc", cache), cache)
    assert found.archive is None
    assert "cannot link" in found.problem
    assert found.hint == ""


def test_doctor_tells_what_to_install(tmp_path: Path, cache: Cache, no_archive: Path) -> None:
    (finding,) = [f for f in diagnose(any_python(), make_plan(tmp_path), cache) if f.name == "libzstd"]
    assert finding.status == "warning"
    assert "install it: " in finding.note

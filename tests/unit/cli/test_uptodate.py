"""When a build needs not be done again: only when nothing that it looked at or made has changed in any way."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pybuild import uptodate
from pybuild.cache import Cache
from pybuild.errors import Diagnostic, Place
from pybuild.request import BuildRequest, Setting
from pybuild.uptodate import Built, Stamp


class Project:
    """A source file, a folder that was listed, a file that was looked for and not found; and a result."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.cache = Cache(root / "cache")
        self.source = root / "src" / "app.py"
        self.source.parent.mkdir()
        self.source.write_text("print(1)\n")
        self.absent = root / "pybuild.toml"
        self.result = root / "dist" / "app"
        self.inputs = [self.source, self.source.parent, self.absent, root]
        self.request = BuildRequest(root)
        self.built = Built(
            str(self.result),
            str(self.result),
            (("app", str(self.result)),),
            12,
            "2.34",
            warnings=(Diagnostic("w", Place(self.source, 1, 2, "t", 3)),),
        )

    def build(self, meanwhile: Callable[[], object] = lambda: None) -> bool:
        started = time.time_ns() + uptodate._CLOCK_SLACK_NS  # what was written just before is older than the slack: no waiting
        _until(started)
        meanwhile()
        self.result.parent.mkdir(exist_ok=True)
        self.result.write_text("the program")
        return uptodate.save(self.request, self.cache, inputs=self.inputs, files=[self.result], built=self.built, started_ns=started)

    def find(self, request: BuildRequest | None = None) -> Stamp | None:
        return uptodate.find(request or self.request, self.cache)


def _until(moment: int) -> None:
    while time.time_ns() <= moment + 10_000_000:  # a jiffy: the file system's clock
        pass


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_nothing_is_known_before_the_first_build(project: Project) -> None:
    assert project.find() is None


def test_a_build_with_nothing_changed_is_found_with_all_that_it_said(project: Project) -> None:
    assert project.build()
    assert project.find() == Stamp(project.built, (str(project.result),))


def rewrite_keeping_size_and_mtime(project: Project) -> None:
    before = project.source.stat()
    project.source.write_text("print(2)\n")
    os.utime(project.source, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Project], object]] = {
    "another text": lambda p: p.source.write_text("print(12)\n"),
    "another text of equal size and time": rewrite_keeping_size_and_mtime,
    "only touched": lambda p: p.source.touch(),
    "removed": lambda p: p.source.unlink(),
    "replaced by a folder": lambda p: (p.source.unlink(), p.source.mkdir()),
    "a module added beside it": lambda p: (p.source.parent / "json.py").write_text(""),
    "a manifest that was not there": lambda p: p.absent.write_text(""),
    "the result removed": lambda p: p.result.unlink(),
    "the result overwritten": lambda p: p.result.write_text("another"),
    "the result replaced by a link to a copy": lambda p: (
        shutil.copy(p.result, p.root / "c"),
        p.result.unlink(),
        p.result.symlink_to(p.root / "c"),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_is_noticed(project: Project, change: Callable[[Project], object]) -> None:
    assert project.build()
    change(project)
    assert project.find() is None


def test_what_python_writes_beside_a_source_is_no_change(project: Project) -> None:
    assert project.build()
    (project.source.parent / "__pycache__").mkdir()
    assert project.find() is not None


def test_an_input_that_changes_during_the_build_leaves_no_stamp(project: Project) -> None:
    assert not project.build(lambda: project.source.write_text("print(3)\n"))
    assert not project.build(lambda: (project.source.parent / "late.py").write_text(""))
    assert project.find() is None
    assert project.build()


def test_another_request_or_environment_has_a_stamp_of_its_own(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project.build()
    for other in (
        replace(project.request, settings=(Setting("build.mode", "standalone", "--mode"),)),
        replace(project.request, profile="release"),
        replace(project.request, scripts=("app.py",)),
        replace(project.request, folder=project.root / "src"),
    ):
        assert project.find(other) is None
    monkeypatch.setenv("PYBUILD_ENTRY_POINT", "app")
    assert project.find() is not None
    monkeypatch.setenv("VIRTUAL_ENV", "/elsewhere")
    assert project.find() is None


def test_a_damaged_stamp_is_none(project: Project) -> None:
    assert project.build()
    path = project.cache.path(uptodate.KIND, uptodate.stamp_key(project.request))
    whole = path.read_bytes()
    for damaged in (b"", whole[:-7], b"\xff" * 40, whole[:5] + b"\0" * 20 + whole[25:]):
        path.write_bytes(damaged)
        assert project.find() is None

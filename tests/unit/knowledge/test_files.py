"""What every file of knowledge must be, whatever is installed."""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from pybuild.graph.knowledge import FOLDER, Knowledge
from pybuild.manifest import host_markers

FILES = sorted(path for path in FOLDER.glob("*.toml") if path.stem != "stdlib")
MARKERS = {**host_markers(), "python_version": "3.11", "python_full_version": "3.11.0", "implementation_name": "cpython"}


def tables(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["module"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_about_its_package_and_says_why(path: Path) -> None:
    for table in tables(path):
        assert table["name"] == path.stem or table["name"].startswith(f"{path.stem}."), "another package's module"
        assert len(table["reason"]) > 20, "a reason that explains nothing"
        assert set(table) & {"imports", "data", "codecs", "libraries", "metadata", "path", "drop", "provides"}, "an entry that does nothing"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_entry_counts_for_some_python_and_system(path: Path) -> None:
    systems = ({"os_name": "posix", "sys_platform": "linux"}, {"os_name": "nt", "sys_platform": "win32"})
    found: dict[str, int] = {}
    for version in ((3, 11), (3, 12), (3, 13)):
        for system in systems:
            knowledge = Knowledge(version, {**MARKERS, **system, "python_version": f"{version[0]}.{version[1]}"})
            for name in {table["name"] for table in tables(path)}:
                found[name] = found.get(name, 0) + len(knowledge.entries(name, False))
    assert all(found.values()), found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_entry_is_given_twice(path: Path) -> None:
    lists = ("with", "imports", "data", "libraries")
    seen = [(t["name"], t.get("version"), t.get("when"), *(tuple(t.get(key, ())) for key in lists)) for t in tables(path)]
    assert len(seen) == len(set(seen))
    for table in tables(path):
        names = table.get("imports", [])
        assert len(names) == len(set(names)), table["name"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_data_patterns_stay_in_the_package(path: Path) -> None:
    for table in tables(path):
        depth = table["name"].count(".") + 1
        for pattern in table.get("data", ()):
            assert not pattern.startswith("/")
            assert PurePosixPath(pattern).parts.count("..") < depth

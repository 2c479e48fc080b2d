"""What a manifest takes from pyproject.toml's [project]."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.manifest.loading import ENTRY, LINUX, load

PROJECT = """[project]
name = "acme-project"
version = "1.2"
description = "Tools\\nof Acme"
license = "MIT"
[project.scripts]
acme = "acme.cli:main"
acmectl = "acme.control:cli.run [extra]"
[project.gui-scripts]
acme-window = "acme.window:main"
"""


def entries(folder: Path, text: str) -> list[tuple[str, str]]:
    merged = load(folder, text, pyproject=PROJECT).merge(LINUX)
    return [(entry.name, entry.run) for entry in merged.model.entry_point]


def test_the_identity_falls_back_on_the_project(tmp_path: Path) -> None:
    merged = load(tmp_path, ENTRY, pyproject=PROJECT).merge(LINUX)
    product = merged.model.product
    assert (product.name, product.version, product.description, product.license) == ("acme-project", "1.2", "Tools of Acme", "MIT")
    assert str(merged.origin("product.version")) == "pyproject.toml:3 [project]"


def test_the_manifest_comes_before_the_project(tmp_path: Path) -> None:
    product = load(tmp_path, '[product]\nname = "own"\nversion = { file = "V" }\n' + ENTRY, pyproject=PROJECT).merge(LINUX).model.product
    assert (product.name, product.license) == ("own", "MIT")
    assert product.version is not None
    assert not isinstance(product.version, str)


@pytest.mark.parametrize(
    ("written", "licence"), [('{ text = "BSD" }', "BSD"), ('{ file = "LICENSE" }', None), ('"MIT OR 0BSD"', "MIT OR 0BSD")]
)
def test_the_forms_of_a_licence(tmp_path: Path, written: str, licence: str | None) -> None:
    pyproject = f'[project]\nname = "x"\nlicense = {written}\n'
    assert load(tmp_path, ENTRY, pyproject=pyproject).merge(LINUX).model.product.license == licence


def test_a_dynamic_version_is_no_version(tmp_path: Path) -> None:
    assert load(tmp_path, ENTRY, pyproject='[project]\nname = "x"\ndynamic = ["version"]\n').merge(LINUX).model.product.version is None


def test_scripts_are_the_entry_points_when_the_manifest_names_none(tmp_path: Path) -> None:
    assert entries(tmp_path, "") == [("acme", "acme.cli:main"), ("acmectl", "acme.control:cli.run"), ("acme-window", "acme.window:main")]


def test_scripts_are_not_taken_beside_own_entry_points_unless_asked_for(tmp_path: Path) -> None:
    own = '[[entry-point]]\nname = "own"\nrun = "own"\n'
    assert entries(tmp_path, own) == [("own", "own")]
    assert [name for name, _ in entries(tmp_path, 'build.entry-points = "project.scripts"\n' + own)] == [
        "acme",
        "acmectl",
        "acme-window",
        "own",
    ]
    assert [name for name, _ in entries(tmp_path, 'build.entry-points = ["acme-window"]\n' + own)] == ["acme-window", "own"]
    assert entries(tmp_path, "build.entry-points = []\n" + own) == [("own", "own")]


def test_an_entry_point_adds_to_the_script_of_its_name(tmp_path: Path) -> None:
    text = 'build.entry-points = ["acme"]\n[[entry-point]]\nname = "acme"\naliases = ["a"]\n'
    merged = load(tmp_path, text, pyproject=PROJECT).merge(LINUX)
    (entry,) = merged.model.entry_point
    assert (entry.run, entry.aliases) == ("acme.cli:main", ("a",))
    assert merged.origin(("entry-point", 0, "run")).short == "pyproject.toml:7"
    assert merged.origin(("entry-point", 0, "aliases", 0)).short == "pybuild.toml:4"


def test_sections_add_to_scripts_too(tmp_path: Path) -> None:
    text = '[target.linux]\nentry-point = [{ name = "acme", default = true }]\nbuild.entry-points = "project.scripts"\n'
    merged = load(tmp_path, text, pyproject=PROJECT).merge(LINUX)
    assert [(entry.name, entry.default) for entry in merged.model.entry_point] == [
        ("acme", True),
        ("acmectl", False),
        ("acme-window", False),
    ]

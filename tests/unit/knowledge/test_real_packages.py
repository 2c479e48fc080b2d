"""Every entry against the real package: what it names exists, and an import statement does not show it already."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet

from pybuild.graph.knowledge import FOLDER
from pybuild.graph.patterns import compile_exact
from tests.unit.knowledge.environment import knowledge_python
from tests.unit.knowledge.static import Installed

QUICK = ("jinja2", "pydantic", "pygments", "rich", "shellingham", "tomli")  # what pybuild itself needs is always there
STDLIB = frozenset(sys.stdlib_module_names)

DESCRIBE = """
import importlib.machinery, importlib.metadata, json, sys
versions = {}
for name, owners in importlib.metadata.packages_distributions().items():
    versions[name] = importlib.metadata.version(owners[0])
for distribution in importlib.metadata.distributions():
    versions.setdefault(distribution.metadata["Name"], distribution.version)
json.dump([[p for p in sys.path if p], importlib.machinery.EXTENSION_SUFFIXES, versions, sys.version_info[:2]], sys.stdout)
"""


@dataclass(frozen=True)
class World:
    """An interpreter's packages."""

    installed: Installed
    versions: dict[str, str]
    python: tuple[int, ...]


@cache
def world(python: str) -> World:
    answer = subprocess.run([python, "-c", DESCRIBE], capture_output=True, text=True, check=True).stdout
    path, suffixes, versions, version = json.loads(answer)
    return World(Installed((Path(entry) for entry in path), suffixes), versions, tuple(version))


def entries() -> Iterator[tuple[str, int, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem != "stdlib":
            for number, table in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["module"]):
                yield path.stem, number, table


ENTRIES = [pytest.param(package, table, id=f"{package}-{number}-{table['name']}") for package, number, table in entries()]
QUICK_ENTRIES = [parameter for parameter in ENTRIES if parameter.values[0] in QUICK]


def check(package: str, table: dict[str, Any], there: World) -> None:
    """The entry's package is as the entry says."""
    installed = there.installed
    if installed.find(package) is None:
        pytest.skip(f"{package} is not installed")
    version = there.versions.get(package) or there.versions.get(package.partition(".")[0], "")
    if "version" in table and not SpecifierSet(table["version"]).contains(version, prereleases=True):
        pytest.skip(f"for {package} {table['version']}, not {version}")
    if "when" in table and not Marker(table["when"]).evaluate():
        pytest.skip(f"for systems where {table['when']}")
    if any(installed.find(name) is None for name in table.get("with", ())):
        pytest.skip(f"without {', '.join(table['with'])}")
    found = installed.find(table["name"])
    if found is None and table["name"] in OPTIONAL.get(package, ()):
        pytest.skip(f"without {table['name']}, a distribution of its own")
    assert found is not None, f"{package} {version} has no module {table['name']}"
    named = _check_imports(package, table, there, version)
    _check_data(table, found, version)
    _check_drops(package, table, installed, version)
    # the standard library is reached from nearly everywhere by some import in some function; the exercises show what is needed of it
    own = {name for name in named if name.partition(".")[0] not in STDLIB}
    if own and not table.get("data") and not table.get("codecs") and not table.get("provides"):
        hidden = own - installed.reached([table["name"]])
        assert hidden, f"import statements show all of this already: {sorted(own)}"


def _check_imports(package: str, table: dict[str, Any], there: World, version: str) -> list[str]:
    named: list[str] = []
    for text in table.get("imports", ()):
        modules = there.installed.expand(text)
        top = text.partition(".")[0]
        if top == package.partition(".")[0]:
            assert modules or text in OPTIONAL.get(package, ()), f"{package} {version} has nothing that is called {text}"
        elif top in STDLIB:
            assert modules or text in sys.builtin_module_names, f"no module {text} in the standard library"
        named += modules
    return named


def _check_data(table: dict[str, Any], found: tuple[Path | None, tuple[Path, ...]], version: str) -> None:
    path, folders = found
    folder = folders[0] if folders else path.parent if path else Path()
    for pattern in table.get("data", ()):
        files = [file for file in folder.glob(f"{pattern}/*" if pattern.endswith("**") else pattern) if file.is_file()]
        assert files, f"{table['name']} {version} has no file {pattern}"


def _check_drops(package: str, table: dict[str, Any], installed: Installed, version: str) -> None:
    for drop in table.get("drop", ()):
        pattern = compile_exact("**" if drop["imports"] == "*" else drop["imports"])
        for function in drop.get("functions", ()):
            imported = installed.imports(table["name"], function)
            assert any(pattern.matches(name) for name in imported), f"{package} {version}: {function} does not import {drop['imports']}"


# Names that only some builds of a package have, or distributions beside it: taken where they are.
OPTIONAL = {
    "google.protobuf": ("google.protobuf.pyext._message", "google.protobuf.internal._api_implementation"),
    "PIL": ("PIL._avif",),
    **{
        qt: tuple(f"{qt}.{name}" for name in ("QtPdf", "QtPdfWidgets", "QtWebEngineCore", "QtWebEngineWidgets"))
        for qt in ("PyQt6", "PySide6")
    },
    "scipy": ("scipy.odr", "scipy.differentiate", "scipy.special._special_ufuncs", "scipy.special._ellip_harm_2"),
}


@pytest.mark.parametrize(("package", "table"), QUICK_ENTRIES)
def test_entry_of_a_package_that_is_here(package: str, table: dict[str, Any]) -> None:
    check(package, table, world(sys.executable))


def test_the_quick_packages_are_here() -> None:
    """So that the tests above cannot all be skipped."""
    for name in QUICK:
        assert importlib.metadata.version(name)


@pytest.mark.knowledge
@pytest.mark.parametrize(("package", "table"), ENTRIES)
def test_entry(package: str, table: dict[str, Any]) -> None:
    python = knowledge_python()
    if python is None:
        pytest.skip("the packages could not be installed")
    check(package, table, world(str(python)))

"""Modules whose place in the program is not taken by their own source."""

from __future__ import annotations

import pytest

from pybuild.graph.amend import amend
from pybuild.resolve.model import Mode

from .conftest import Environment, Project

FINDER = (
    "import sys\nclass Finder:\n    def find_spec(*_): return None\ndef add_shim():\n    sys.meta_path.insert(0, Finder())\nadd_shim()\n"
)


@pytest.fixture
def setuptools(environment: Environment, project: Project) -> Project:
    """A Python whose `distutils` is that of setuptools."""
    environment.install("setuptools", "1.0", setuptools__="", setuptools___distutils__="", setuptools___distutils__core="import json\n")
    (environment.packages / "_distutils_hack").mkdir()
    (environment.packages / "_distutils_hack/__init__.py").write_text(FINDER)
    (environment.packages / "distutils-precedence.pth").write_text("import _distutils_hack\n")
    project.interpreter = environment.interpreter()
    return project


def test_distutils_of_setuptools(setuptools: Project, environment: Environment) -> None:
    setuptools.write(main="import distutils.core\n")
    graph = setuptools.graph("main.py", mode=Mode.STANDALONE)
    assert {"_distutils_hack", "setuptools", "setuptools._distutils", "json"} <= set(graph.modules)
    assert graph.modules["distutils"].target == "distutils/__init__.py"
    # setuptools makes sure that it comes from there
    assert graph.modules["distutils.core"].target == "setuptools/_distutils/core.py"
    assert graph.modules["distutils.core"].path == environment.packages / "setuptools/_distutils/core.py"
    code = setuptools.cache.path("module", graph.modules["distutils"].key).read_bytes()
    own = setuptools.cache.path("module", graph.modules["setuptools._distutils"].key).read_bytes()
    assert b"add_shim" in code and b"add_shim" not in own
    assert setuptools.warnings == []


def test_in_accelerated_mode_the_installation_sees_to_it(setuptools: Project) -> None:
    setuptools.write(main="import distutils.core\n")
    graph = setuptools.graph("main.py")
    assert "_distutils_hack" not in graph.modules
    assert setuptools.warnings == []


def test_other_modules_are_what_they_are() -> None:
    assert amend("distutils", "/lib/distutils/__init__.py", b"x = 1") == b"x = 1"
    assert amend("acme", "/src/distutils-precedence.pth", b"x = 1") == b"x = 1"

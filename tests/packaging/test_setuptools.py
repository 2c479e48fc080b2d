"""Programs that use setuptools, which brings packages of its own along and takes the place of distutils."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packaging.test_beside import compare
from tests.packaging.test_standalone_programs import Machine, machine

__all__ = ["machine"]  # a fixture

PROGRAMS = {
    "distutils_alone": """
import distutils, sys
from distutils.core import Distribution
from distutils.util import strtobool
import distutils.sysconfig, distutils.command.build_py
print(distutils.__name__, distutils is sys.modules["setuptools._distutils"], strtobool("yes"), Distribution.__module__)
print(sys.modules["distutils.core"].__name__, type(sys.meta_path[0]).__name__)
""",
    "setuptools_first": """
import setuptools
from distutils.cmd import Command
from distutils.util import strtobool
print(strtobool("no"), issubclass(setuptools.Command, Command), setuptools.Distribution({"name": "x", "version": "1"}).get_fullname())
print(sorted(setuptools.Distribution({"packages": []}).get_command_list())[:3])
""",
    "bundled_packages": """
import setuptools
import packaging.version, jaraco.text
print(packaging.version.Version("1.10") > packaging.version.Version("1.9"), list(jaraco.text.yield_lines("a\\n#b\\nc")))
""",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_it_does_what_python_does(machine: Machine, environment: Callable[..., Path], tmp_path: Path, name: str) -> None:
    stocked = replace(machine, python=environment("setuptools>=75", python=str(machine.python)))
    (tmp_path / "program.py").write_text(PROGRAMS[name])
    compare(stocked, tmp_path, "program.py")

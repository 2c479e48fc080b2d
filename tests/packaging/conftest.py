"""Fixtures of the packaging tests: a stand-in for the launcher, a sample project, and environments with real packages.

An environment is made once per interpreter and list of requirements, in the user's cache (`PYBUILD_TEST_CACHE` overrides).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from tests.packaging.elf_samples import loader
from tests.packaging.sample_plans import Sample


@pytest.fixture(scope="session")
def launcher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that loads the shared object its argument names."""
    return loader(tmp_path_factory.mktemp("launcher") / "launcher")


@pytest.fixture
def sample(tmp_path: Path, launcher: Path) -> Sample:
    """A project of one script."""
    made = Sample(tmp_path, launcher)
    made.project.mkdir()
    return made


def environments_root() -> Path:
    """Where the environments are kept."""
    asked = os.environ.get("PYBUILD_TEST_CACHE")
    return Path(asked) if asked else Path(platformdirs.user_cache_dir("pybuild-tests", appauthor=False))


def make_environment(python: str, requirements: tuple[str, ...]) -> Path:
    """The `bin/python` of a virtual environment of `python` with `requirements`; made under a lock, once."""
    key = hashlib.sha256(repr((os.path.realpath(python), sorted(requirements))).encode()).hexdigest()[:16]
    folder = environments_root() / key
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").is_file():
            subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
            pip = [folder / "bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--only-binary", ":all:"]
            subprocess.run([*pip, *requirements], check=True)
            (folder / "complete").touch()
    return folder / "bin/python"


@pytest.fixture(scope="session")
def environment() -> Callable[..., Path]:
    """Function of requirements (and `python`): the interpreter of an environment that has them."""

    def make(*requirements: str, python: str = sys.executable) -> Path:
        return make_environment(python, requirements)

    return make

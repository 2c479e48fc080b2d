"""Fixtures of the end-to-end tests: one cache and one set of built programs for the whole run, whichever process needs them first."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.support import CASES, Pybuild, Python, Target, find_pythons, targets


@dataclass(frozen=True)
class Shared:
    """A folder that all processes of the test run share."""

    root: Path

    def once(self, name: str, make: Callable[[Path], Any]) -> Any:
        """What `make` returned (as JSON gives it back) when the first process called it with a new folder `name`."""
        folder = self.root / name
        with (self.root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            answer = self.root / f"{name}.json"
            if not answer.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                answer.write_text(json.dumps(make(folder)))
            return json.loads(answer.read_text())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    base = tmp_path_factory.getbasetemp()
    root = (base if worker_id == "master" else base.parent) / "shared"
    root.mkdir(exist_ok=True)
    return Shared(root)


@pytest.fixture(scope="session")
def pybuild(shared: Shared) -> Pybuild:
    """The command line, with a cache of this test run."""
    return Pybuild(shared.root / "cache")


@pytest.fixture(scope="session", params=find_pythons(), ids=lambda python: python.version)
def python(request: pytest.FixtureRequest) -> Python:
    """Each Python of this machine."""
    assert isinstance(request.param, Python)
    return request.param


@pytest.fixture(scope="session", params=targets(), ids=str)
def target(request: pytest.FixtureRequest) -> Target:
    """Each Python of this machine with each libpython that it has."""
    assert isinstance(request.param, Target)
    return request.param


@dataclass(frozen=True)
class Cases:
    """All cases as one binary with as many entry points; `folder` has the scripts that were built."""

    python: Python
    scripts: Path
    program_dir: Path

    def program(self, case: str) -> Path:
        """What starts `case`."""
        return self.program_dir / case


def _combinations() -> list[tuple[Target, str]]:
    """Standalone for every target; accelerated for every Python, as it is linked by default."""
    everywhere = targets()
    first = {target.python.version: target for target in reversed(everywhere)}
    return [*((target, "standalone") for target in everywhere), *((target, "accelerated") for target in first.values())]


@pytest.fixture(scope="session", params=_combinations(), ids=lambda pair: f"{pair[0]}-{pair[1]}")
def cases(request: pytest.FixtureRequest, shared: Shared, pybuild: Pybuild) -> Cases:
    """The cases, built: for each target standalone, for each Python accelerated."""
    target, mode = request.param

    def make(folder: Path) -> str:
        scripts = folder / "cases"
        shutil.copytree(CASES, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        entries = [f'[[entry-point]]\nname = "{path.stem}"\nrun = "cases/{path.name}"\n' for path in sorted(scripts.glob("*.py"))]
        build = f'[build]\nmode = "{mode}"\nlibpython = "{target.libpython}"\n'
        (folder / "pybuild.toml").write_text("\n".join([build, *entries]))
        built = pybuild.build("--python", target.python.executable, folder=folder)
        return str(Path(str(built["executable"])).parent)

    name = f"cases-{target}-{mode}"
    program_dir = shared.once(name, make)
    return Cases(target.python, shared.root / name / "cases", Path(program_dir))

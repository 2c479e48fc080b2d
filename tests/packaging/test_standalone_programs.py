"""Standalone folders of real programs, run where there is no Python: a root file system with glibc and nothing else.

Each program must do there what its sources do here under CPython, and no shipped file may name the building machine.
"""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.end_to_end.support import Pybuild, Python, clean_environment, find_pythons
from tests.packaging.bare_root import enter, make_root, why_not

PROGRAMS = Path(__file__).parent / "programs"
EXAMPLES = Path(__file__).parents[2] / "examples"
OF_THE_LIBRARY = ("sqlite_tables", "ssl_handshake", "standard_library")
OF_PACKAGES = ("cryptography_keys", "lxml_trees", "numpy_arrays", "pillow_images", "pydantic_models")
REQUIREMENTS = ("typer", "rich", "flask", "numpy", "pillow", "pydantic", "cryptography", "lxml")
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Machine:
    """Where programs are built: a Python with the packages, a cache and a home; and the root in which they run."""

    python: Path
    base: Python
    pybuild: Pybuild
    home: Path
    root: Path

    def build(self, *arguments: str | Path, folder: Path) -> Path:
        """Build a standalone folder and move it into the bare root; its path here."""
        answer = self.pybuild.build(
            *arguments, "--mode", "standalone", "--python", self.python, "--output-dir", folder / "out", folder=folder, HOME=str(self.home)
        )
        built = Path(str(answer["path"]))
        self.check_paths(built, folder)
        target = self.root / "opt" / built.name
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(built, target)
        return target

    def check_paths(self, built: Path, folder: Path) -> None:
        """No shipped file names a folder of the building machine."""
        private = {self.python.parents[1], self.base.stdlib.parents[1], folder, EXAMPLES, self.pybuild.cache, self.home, Path.home()}
        needles = [str(path).encode() for path in private if len(path.parts) > 2 and path not in (Path("/usr"), Path("/usr/local"))]
        files = [path for path in built.rglob("*") if path.is_file() and not path.is_symlink()]
        found = {(path.name, needle) for path in files for needle in needles if needle in path.read_bytes()}
        assert not found
        assert not [path for path in built.rglob("*") if path.is_symlink() and path.readlink().is_absolute()]

    def run(self, program: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Start a program of the bare root there."""
        return enter(self.root, [f"/{program.relative_to(self.root)}", *arguments], stdin=stdin)


@pytest.fixture(scope="module", params=find_pythons(), ids=lambda python: python.version)
def machine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One for every Python of this machine."""
    root = make_root(tmp_path_factory.mktemp("root"))
    reason = why_not(root)
    if reason:
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("home") / "somebody"
    home.mkdir()
    return Machine(request.param.executable, request.param, Pybuild(tmp_path_factory.mktemp("cache")), home, root)


@pytest.fixture(scope="module")
def stocked(machine: Machine, environment: Callable[..., Path]) -> Machine:
    """The same with packages."""
    return replace(machine, python=environment(*REQUIREMENTS, python=str(machine.python)))


def test_the_bare_root_has_no_python(machine: Machine) -> None:
    assert enter(machine.root, [str(machine.base.executable), "-c", "0"]).returncode == 127
    assert not list(machine.root.rglob("*python*"))


def test_every_program_is_run() -> None:
    assert sorted(path.stem for path in PROGRAMS.glob("*.py")) == sorted((*OF_THE_LIBRARY, *OF_PACKAGES))


@pytest.mark.parametrize("program", OF_THE_LIBRARY)
def test_a_program_of_the_standard_library_does_what_python_does(machine: Machine, tmp_path: Path, program: str) -> None:
    compare_with_python(machine, tmp_path, program)


@pytest.mark.slow
@pytest.mark.parametrize("program", OF_PACKAGES)
def test_a_program_with_packages_does_what_python_does(stocked: Machine, tmp_path: Path, program: str) -> None:
    compare_with_python(stocked, tmp_path, program)


def compare_with_python(machine: Machine, folder: Path, program: str) -> None:
    script = shutil.copy(PROGRAMS / f"{program}.py", folder)
    expected = subprocess.run([machine.python, "-I", script], capture_output=True, text=True, check=True, env=clean_environment())
    done = machine.run(machine.build(script, folder=folder) / program)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected.stdout, expected.stderr)


@pytest.mark.parametrize("name", ["hello", "suite"])
def test_an_example_prints_what_it_should(machine: Machine, tmp_path: Path, name: str) -> None:
    compare_with_expected(machine, tmp_path, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["typer-app", "webapp"])
def test_an_example_with_packages_prints_what_it_should(stocked: Machine, tmp_path: Path, name: str) -> None:
    compare_with_expected(stocked, tmp_path, name)


def compare_with_expected(machine: Machine, folder: Path, name: str) -> None:
    example = a_copy(name, folder)
    program = machine.build(folder=example)
    runs = tomllib.loads((example / "expected.toml").read_text(encoding="utf-8"))["run"]
    assert runs
    for run in runs:
        done = machine.run(program / run["entry"], *run.get("args", ()), stdin=run.get("stdin", ""))
        expected = (run.get("status", 0), run.get("stdout", ""), run.get("stderr", ""))
        assert (done.returncode, done.stdout, done.stderr) == expected, run


def a_copy(name: str, folder: Path) -> Path:
    """The example `name` without what others have built in it."""
    copy = folder / name
    shutil.copytree(EXAMPLES / name, copy, ignore=shutil.ignore_patterns("__pycache__", "dist"))
    return copy


def test_hellos_folder_is_small(machine: Machine, tmp_path: Path) -> None:
    assert size(machine.build(folder=a_copy("hello", tmp_path))) <= 7.5 * MEGABYTE


@pytest.mark.slow
def test_the_folder_of_typer_and_rich_is_small(machine: Machine, environment: Callable[..., Path], tmp_path: Path) -> None:
    """With a typer that does not need pydantic, whose extension module alone is a fifth of this."""
    python = environment("typer<0.20", "rich", python=str(machine.python))
    assert size(replace(machine, python=python).build(folder=a_copy("typer-app", tmp_path))) <= 25 * MEGABYTE


def size(folder: Path) -> int:
    """What it takes, as `du --apparent-size` counts files."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def test_two_builds_in_two_folders_are_equal(machine: Machine, tmp_path: Path) -> None:
    """Also with other names above the project, another cache, and another order in time."""
    folders = []
    for place in ("one", "another/deeper"):
        project = a_copy("suite", tmp_path / place)
        other = replace(machine, pybuild=Pybuild(tmp_path / place / "cache"), root=tmp_path / place)
        folders.append(other.build(folder=project))
    first, second = ({path.relative_to(folder): path for path in sorted(folder.rglob("*"))} for folder in folders)
    assert first.keys() == second.keys()
    for name, path in first.items():
        assert path.is_dir() or path.read_bytes() == second[name].read_bytes(), name
        assert path.lstat().st_mode == second[name].lstat().st_mode, name
        assert path.lstat().st_mtime_ns == second[name].lstat().st_mtime_ns, name

"""The wheel is whole: installed into a venv of its own, it builds from an empty folder, without the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.support import clean_environment, execute, find_pythons

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, made by its own build backend."""
    out = tmp_path_factory.mktemp("wheel")
    program = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", program, out], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (made,) = out.glob("*.whl")
    return made


def test_everything_that_is_needed_at_run_time_is_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern, below in (
        ("pybuild", "**/*.py", "pybuild"),
        ("pybuild/graph/knowledge", "*.toml", "pybuild/graph/knowledge"),
        ("pybuild/package", "*.txt", "pybuild/package"),
        ("runtime_c", "**/*.[ch]", "pybuild/_data/runtime_c"),
        ("schema", "*.json", "pybuild/_data/schema"),
    ):
        expected = {f"{below}/{path.relative_to(CHECKOUT / folder)}" for path in (CHECKOUT / folder).glob(pattern)}
        assert expected, folder
        assert expected <= names
    assert not any(name.startswith(("tests", "docs")) or name.endswith(".pyc") for name in names)


def test_installed_it_builds_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # The tool's dependencies are those of this Python; pybuild itself comes from the wheel alone.
    program = (
        "import sys\n"
        "sys.path = [p for p in sys.path if p != sys.argv[1]]\n"
        "sys.meta_path = [f for f in sys.meta_path if 'editable' not in getattr(f, '__name__', type(f).__name__).lower()]\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "import pybuild\n"
        "assert pybuild.__file__.startswith(sys.argv[2]), pybuild.__file__\n"
        "sys.argv[1:] = sys.argv[3:]\n"
        "from pybuild.cli import main\n"
        "main()\n"
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "hello.py").write_text("print('hello from a wheel')\n")
    environment = clean_environment(PYBUILD_CACHE_DIR=str(tmp_path / "cache"))
    command = [sys.executable, "-c", program, CHECKOUT, site, "build", "--python", find_pythons()[0].executable]
    ran = execute([*command, "--mode", "standalone", "hello.py"], folder=empty, environment=environment)
    assert ran.status == 0, ran
    assert execute([empty / "dist" / "hello.dist" / "hello"]).out == "hello from a wheel\n"
    assert execute([*command[:-3], "schema"], folder=empty, environment=environment).status == 0


@pytest.mark.slow
def test_pip_installs_it_into_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    """As users do it; needs a package index."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], check=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "hello.py").write_text("print('hello from a wheel')\n")
    environment = clean_environment(PYBUILD_CACHE_DIR=str(tmp_path / "cache"))
    ran = execute([tmp_path / "venv" / "bin" / "pybuild", "build", "hello.py"], folder=empty, environment=environment)
    assert ran.status == 0, ran
    assert execute([empty / "dist" / "hello.dist" / "hello"]).out == "hello from a wheel\n"

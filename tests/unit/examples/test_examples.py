"""What an example's expected.toml says is what CPython itself prints: the measure by which built programs are judged is right."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installing import install

EXAMPLES = Path(__file__).parents[3] / "examples"
NEEDS = {"typer-app": "typer", "webapp": "flask"}


def check(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / "check.py"), str(EXAMPLES / name), "--python", sys.executable]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


@pytest.mark.parametrize("name", ["hello", "suite", "typer-app", "webapp"])
def test_expected_is_what_python_prints(name: str) -> None:
    if name in NEEDS and importlib.util.find_spec(NEEDS[name]) is None:
        pytest.skip(f"{NEEDS[name]} is not installed")
    done = check(name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok" in done.stdout


def test_plugins_are_found_when_they_are_installed(tmp_path: Path) -> None:
    install(EXAMPLES / "plugins", tmp_path)
    install(EXAMPLES / "plugins/german", tmp_path)
    done = check("plugins", EXAMPLE_PATH=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_difference_is_shown_and_fails(tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text("print('goodbye')")
    (tmp_path / "pybuild.toml").write_text("[[entry-point]]\nname = 'hello'\nrun = 'hello.py'\n")
    (tmp_path / "expected.toml").write_text("[[run]]\nentry = 'hello'\nstdout = '''\nhello\n'''\n")
    command = [sys.executable, str(EXAMPLES / "check.py"), str(tmp_path), "--python", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "-hello" in done.stdout
    assert "+goodbye" in done.stdout


def test_every_example_says_what_it_is_and_what_it_prints() -> None:
    for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        for name in ("README.md", "expected.toml"):
            assert (folder / name).is_file(), f"{folder.name}/{name} is missing"

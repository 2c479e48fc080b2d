"""Which Python is built for, and what is said when it cannot be."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pybuild.errors import UserError
from pybuild.interpreter import choose_interpreter

MARK = "#!python\n"


def program(path: Path, text: str = "\x7fELF") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def venv(folder: Path) -> Path:
    return program(folder / "bin/python").parent.parent


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment without any Python."""
    return {"PATH": str(tmp_path / "empty"), "HOME": str(tmp_path / "home")}


def refusal(*arguments: object) -> str:
    with pytest.raises(UserError) as caught:
        choose_interpreter(*arguments)  # type: ignore[arg-type]
    diagnostic = caught.value.diagnostics[0]
    assert diagnostic.hint
    return diagnostic.message


def test_the_order(tmp_path: Path, environ: dict[str, str]) -> None:
    """--python, [build] python, $VIRTUAL_ENV, .venv beside the manifest, pybuild's own."""
    asked, setting, active = (venv(tmp_path / name) for name in ("asked", "setting", "active"))
    venv(tmp_path / "project/.venv")
    project = tmp_path / "project"
    environ["VIRTUAL_ENV"] = str(active)
    assert choose_interpreter(str(asked), "../setting", project, environ) == (asked / "bin/python", "--python")
    path, by = choose_interpreter(None, "../setting", project, environ)
    assert (path.resolve(), by) == (setting / "bin/python", "[build] python")
    assert choose_interpreter(None, None, project, environ) == (active / "bin/python", "$VIRTUAL_ENV")
    del environ["VIRTUAL_ENV"]
    assert choose_interpreter(None, None, project, environ) == (project / ".venv/bin/python", ".venv beside the manifest")
    assert choose_interpreter(None, None, tmp_path, environ) == (Path(sys.executable), "pybuild's own")


def test_a_path_to_the_program(tmp_path: Path, environ: dict[str, str]) -> None:
    path = program(tmp_path / "python3")
    assert choose_interpreter(str(path), None, tmp_path, environ)[0] == path


def test_a_link_is_kept(tmp_path: Path, environ: dict[str, str]) -> None:
    """A virtual environment's python is a link: followed, it would be another environment."""
    path = program(tmp_path / "real")
    (tmp_path / "link").symlink_to(path)
    assert choose_interpreter(str(tmp_path / "link"), None, tmp_path, environ)[0] == tmp_path / "link"


def test_a_version_on_path(tmp_path: Path, environ: dict[str, str]) -> None:
    path = program(tmp_path / "bin/python3.12")
    environ["PATH"] = f"{tmp_path / 'none'}{os.pathsep}{tmp_path / 'bin'}"
    assert choose_interpreter("3.12", None, tmp_path, environ)[0] == path


def test_a_version_among_those_of_version_managers(tmp_path: Path, environ: dict[str, str]) -> None:
    versions = tmp_path / "home/.pyenv/versions"
    for name in ("3.12.1", "3.12.10", "3.12.9", "3.13.0"):
        venv(versions / name)
    venv(tmp_path / "home/.local/share/uv/python/cpython-3.11.9-linux-x86_64-gnu")
    assert choose_interpreter("3.12", None, tmp_path, environ)[0] == versions / "3.12.10/bin/python"
    assert choose_interpreter("3.12.1", None, tmp_path, environ)[0] == versions / "3.12.1/bin/python"
    assert "cpython-3.11.9" in str(choose_interpreter("3.11", None, tmp_path, environ)[0])


def test_shims_are_not_programs(tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A version manager's shim is a script: the program it starts is meant."""
    root = tmp_path / "home/.pyenv"
    shim = program(root / "shims/python3.12", MARK)
    real = venv(root / "versions/3.12.1") / "bin/python"
    program(real.with_name("python3.12"))
    environ["PATH"] = str(shim.parent)
    assert choose_interpreter("3.12", None, tmp_path, environ)[0] == real
    environ["PYENV_VERSION"] = "3.11.0:3.12.1"
    assert choose_interpreter("python3.12", None, tmp_path, environ)[0] == real.with_name("python3.12")
    del environ["PYENV_VERSION"]
    (tmp_path / ".python-version").write_text("3.12.1\n")
    monkeypatch.chdir(tmp_path)
    assert choose_interpreter(str(shim), None, tmp_path, environ)[0] == real.with_name("python3.12")


def test_an_unknown_managers_shim_is_asked(tmp_path: Path, environ: dict[str, str]) -> None:
    real = Path(sys.executable)
    shim = program(tmp_path / "shims/python", f'#!/bin/sh\nexec {real} "$@"\n')
    assert choose_interpreter(str(shim), None, tmp_path, environ)[0] == real
    broken = program(tmp_path / "shims/broken", "#!/bin/sh\necho no version set >&2\nexit 1\n")
    assert "no version set" in refusal(str(broken), None, tmp_path, environ)


def test_what_is_not_there(tmp_path: Path, environ: dict[str, str]) -> None:
    assert "3.12" in refusal("3.12", None, tmp_path, environ)
    assert "nothing/python" in refusal("nothing/python", None, tmp_path, environ)
    (tmp_path / "empty-folder").mkdir()
    assert "without a Python" in refusal(None, "empty-folder", tmp_path, environ)
    environ["VIRTUAL_ENV"] = str(tmp_path / "gone")
    assert "$VIRTUAL_ENV" in refusal(None, None, tmp_path, environ)


def test_a_broken_environment_beside_the_manifest_is_told(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / ".venv").mkdir()
    assert ".venv" in refusal(None, None, tmp_path, environ)

"""What an interpreter is like, and that it is asked only once."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.errors import UserError
from pybuild.interpreter import describe
from pybuild.interpreter import process as process_module


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def test_it_is_this_one(cache: Cache) -> None:
    own = describe(Path(sys.executable), "pybuild's own", cache)
    assert own.version == tuple(sys.version_info[:3])
    assert own.short_version == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert own.stdlib == Path(sysconfig.get_path("stdlib"))
    assert own.prefix == Path(sys.prefix) and own.base_prefix == Path(sys.base_prefix)
    assert "sys" in own.builtin_modules and "json" in own.stdlib_modules and "_frozen_importlib" in own.frozen_modules
    assert own.markers["sys_platform"] == sys.platform
    assert own.config["INCLUDEPY"] == sysconfig.get_config_var("INCLUDEPY")
    assert (own.base_executable.is_file() and not own.base_executable.is_relative_to(own.prefix)) or own.prefix == own.base_prefix
    assert own.chosen_by == "pybuild's own"


def test_no_process_is_started_the_second_time(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = describe(Path(sys.executable), "one", cache)
    monkeypatch.setattr(process_module, "PROGRAM", Path("/nowhere"))
    second = describe(Path(sys.executable), "another", cache)
    assert second.chosen_by == "another"
    assert second.identity == first.identity and second.sys_path == first.sys_path


def test_a_new_pth_file_is_noticed(cache: Cache, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    python = tmp_path / "venv/bin/python"
    before = describe(python, "x", cache)
    assert before.site_packages[0].is_relative_to(tmp_path) and before.stdlib == Path(sysconfig.get_path("stdlib"))
    (tmp_path / "extra").mkdir()
    (before.site_packages[0] / "extra.pth").write_text(f"{tmp_path / 'extra'}\n")
    assert str(tmp_path / "extra") in describe(python, "x", cache).sys_path


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def refusal(path: Path, cache: Cache) -> str:
    with pytest.raises(UserError) as caught:
        describe(path, "--python", cache)
    diagnostic = caught.value.diagnostics[0]
    assert diagnostic.hint and "--python" in diagnostic.message
    return diagnostic.message


def answering(path: Path, text: str) -> Path:
    """A program that answers the first request with `text`, on the descriptor that is its last argument."""
    path.write_text(
        f"#!{sys.executable}\nimport os, sys\nos.write(int(sys.argv[-1]), {len(text).to_bytes(4, 'little') + text.encode()!r})\n"
    )
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("version", ["3.10.13", "2.7.18"])
def test_old_versions_are_named(cache: Cache, tmp_path: Path, version: str) -> None:
    message = refusal(answering(tmp_path / "python", f'{{"unsupported":"{version}"}}'), cache)
    assert version in message and "3.11 to 3.13" in message


def test_the_worker_refuses_an_old_python_itself(cache: Cache) -> None:
    old = sorted(Path.home().glob(".pyenv/versions/3.[89].*/bin/python")) + sorted(Path.home().glob(".pyenv/versions/3.10.*/bin/python"))
    if not old:
        pytest.skip("no Python older than 3.11 here")
    assert "is Python 3." in refusal(old[-1], cache)


def test_what_does_not_run_is_told(cache: Cache, tmp_path: Path) -> None:
    broken = script(tmp_path / "python", "echo 'error while loading libpython' >&2; exit 127")
    assert "error while loading libpython" in refusal(broken, cache)
    (tmp_path / "text").write_text("no program")
    assert "cannot be run" in refusal(tmp_path / "text", cache)


def test_nothing_is_kept_of_what_failed(cache: Cache, tmp_path: Path) -> None:
    broken = script(tmp_path / "python", "exit 3")
    refusal(broken, cache)
    assert not (cache.root / "interpreter").exists()

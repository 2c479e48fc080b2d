"""Whatever a command's body raises becomes a message and an exit status."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
import typer

from pybuild.cli.options import Output, OutputFormat
from pybuild.cli.session import session
from pybuild.errors import BuildFailure, Diagnostic, UserError


def ends(error: BaseException, output: Output | None = None) -> int:
    with pytest.raises(typer.Exit) as caught, session(output):
        raise error
    return caught.value.exit_code


def test_the_users_mistake_is_2_and_a_failed_build_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(UserError.of("wrong", hint="do this")) == 2
    assert capsys.readouterr().err == "error: wrong\n = help: do this\n"
    assert ends(BuildFailure.of("failed")) == 1


def test_every_diagnostic_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    ends(UserError((Diagnostic("first"), Diagnostic("second"))))
    assert capsys.readouterr().err == "error: first\nerror: second\n"


def test_as_json_the_diagnostics_are_data_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(UserError.of("wrong", code="c"), Output(format=OutputFormat.JSON)) == 2
    shown = capsys.readouterr()
    assert shown.err == ""
    told = json.loads(shown.out)
    assert told["exit_status"] == 2
    assert told["diagnostics"][0]["message"] == "wrong"
    assert told["diagnostics"][0]["code"] == "c"


def test_an_interrupt_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(KeyboardInterrupt()) == 130
    assert "interrupted" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EMFILE])
def test_what_the_machine_refuses_is_a_failed_build_with_a_next_step(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(OSError(number, "as the system says it", "/some/file")) == 1
    shown = capsys.readouterr().err
    assert "error: /some/file: as the system says it" in shown
    assert "help: " in shown
    assert "bug" not in shown


@pytest.mark.parametrize("number", [errno.ENOTDIR, errno.EEXIST, errno.ENOENT])
def test_a_cache_that_cannot_be_is_the_users_mistake(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYBUILD_CACHE_DIR", str(tmp_path / "file"))
    assert ends(OSError(number, "as the system says it", str(tmp_path / "file/module/ab"))) == 2
    assert capsys.readouterr().err.startswith(
        f"error: the cache cannot be kept in {tmp_path / 'file'}: as the system says it\n = help: set PYBUILD"
    )
    assert ends(OSError(number, "elsewhere", str(tmp_path / "x"))) == 1


def test_a_cache_on_a_read_only_disk_is_put_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYBUILD_CACHE_DIR", str(tmp_path))
    assert ends(OSError(errno.EROFS, "Read-only file system", str(tmp_path / "module"))) == 1
    shown = capsys.readouterr().err
    assert "set PYBUILD_CACHE_DIR" in shown
    assert "--output-dir" not in shown


def test_a_working_directory_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(typer.Exit) as caught, session():
        pytest.fail("the command must not begin")
    assert caught.value.exit_code == 2
    assert capsys.readouterr().err.startswith("error: the working directory cannot be found: No such file or directory\n = help: ")


@pytest.mark.parametrize("error", [RuntimeError("x"), OSError(errno.EBADF, "Bad file descriptor"), AssertionError(), KeyError("k")])
def test_what_nobody_foresaw_is_a_bug_and_says_so(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(error) == 1
    shown = capsys.readouterr().err
    assert f"internal error: {type(error).__name__}" in shown
    assert "bug in pybuild" in shown
    assert "Traceback" not in shown
    assert ends(error, Output(verbose=True)) == 1
    assert "Traceback" in capsys.readouterr().err

"""What the user sees of a build: a line a stage, warnings, times."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from pybuild.cli import progress as progress_module
from pybuild.cli.progress import TerminalProgress
from pybuild.errors import Diagnostic, Place

FOLDER = Path("/project")
WARNING = Diagnostic("no module named x", Place(FOLDER / "app.py", 3, 8, "import x", 1), severity="warning")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def work(progress: TerminalProgress) -> None:
    with progress.stage("modules") as stage:
        stage.total(2)
        stage.advance(detail="a")
        progress.warn(WARNING)
        stage.advance(detail="b")
        progress.detail("two of two")


def test_without_a_terminal_there_is_a_plain_line_a_stage() -> None:
    stream = io.StringIO()
    work(TerminalProgress(stream, FOLDER))
    lines = stream.getvalue().splitlines()
    assert lines[0] == "warning: no module named x"
    assert re.fullmatch(r"modules: 2 in \d+\.\d\d s", lines[-1])
    assert "two of two" not in stream.getvalue()


def test_verbose_adds_details_and_quiet_takes_all_away() -> None:
    stream = io.StringIO()
    work(TerminalProgress(stream, FOLDER, verbose=True))
    assert "  two of two\n" in stream.getvalue()
    silent = io.StringIO()
    quiet = TerminalProgress(silent, FOLDER, quiet=True, verbose=True)
    work(quiet)
    assert silent.getvalue() == ""
    assert quiet.warnings == [WARNING]


def test_the_time_table_has_a_line_a_stage() -> None:
    progress = TerminalProgress(io.StringIO(), FOLDER)
    work(progress)
    with progress.stage("link"):
        pass
    lines = list(progress.time_table())
    assert re.fullmatch(r"  modules +\d+\.\d{3} s  2", lines[0])
    assert re.fullmatch(r"  link    +\d+\.\d{3} s", lines[1])


def test_on_a_terminal_a_long_stage_has_a_live_line_with_its_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress_module, "_LIVE_AFTER_S", 0.0)
    stream = Terminal()
    work(TerminalProgress(stream, FOLDER))
    shown = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", stream.getvalue())
    assert "modules" in shown
    assert "1/2 a" in shown
    assert "warning: no module named x" in shown


def test_a_terminal_that_can_do_nothing_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()
    work(TerminalProgress(stream, FOLDER))
    assert re.fullmatch(r"modules: 2 in \d+\.\d\d s", stream.getvalue().splitlines()[-1])
    assert "\x1b" not in stream.getvalue()


def test_on_a_terminal_a_short_stage_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with TerminalProgress(stream, FOLDER).stage("manifest"):
        pass
    assert stream.getvalue() == ""


def test_a_stage_that_fails_still_has_its_time() -> None:
    progress = TerminalProgress(io.StringIO(), FOLDER)
    with pytest.raises(ValueError, match="x"), progress.stage("link"):
        raise ValueError("x")
    assert [times.name for times in progress.stages] == ["link"]

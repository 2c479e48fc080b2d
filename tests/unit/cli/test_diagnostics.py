"""How a diagnostic looks: place, line, caret, next step."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pybuild.cli.diagnostics import Style, as_data, render, style_for
from pybuild.errors import Diagnostic, Place

PLAIN = Style(False)
FOLDER = Path("/project")


def shown(diagnostic: Diagnostic) -> str:
    return render(diagnostic, PLAIN, FOLDER)


def test_the_caret_stands_under_what_is_meant_and_the_path_is_relative_to_the_working_directory() -> None:
    place = Place(FOLDER / "pybuild.toml", 12, 1, 'mdoe = "standalone"', 4)
    assert shown(Diagnostic("unknown key `mdoe`", place, "did you mean `mode`?")) == (
        'error: unknown key `mdoe`\n  --> pybuild.toml:12:1\n   |\n12 | mdoe = "standalone"\n   | ^^^^\n   = help: did you mean `mode`?'
    )


def test_a_path_outside_the_working_directory_is_shown_whole() -> None:
    assert "--> /elsewhere/pybuild.toml:3" in shown(Diagnostic("x", Place(Path("/elsewhere/pybuild.toml"), 3)))


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        ("key = 1", 7, "      ^"),
        ("\tkey", 2, "    ^"),  # a tab is shown as four spaces
        ("名前 = 1", 6, "       ^"),  # each of the two characters takes two columns
        ("e\u0301 = 1", 6, "    ^"),  # a combining accent takes none
    ],
)
def test_the_caret_counts_columns_of_the_terminal(text: str, column: int, caret: str) -> None:
    lines = shown(Diagnostic("x", Place(FOLDER / "f", 1, column, text))).splitlines()
    assert lines[-1] == f"  | {caret}"


def test_control_characters_in_the_line_cannot_reach_the_terminal() -> None:
    assert "\x1b" not in shown(Diagnostic("x", Place(FOLDER / "f", 1, 1, "a\x1b[31mb")))


def test_without_place_and_hint_there_is_one_line() -> None:
    assert shown(Diagnostic("the disk is full", severity="warning")) == "warning: the disk is full"


def test_a_message_of_several_lines_keeps_them() -> None:
    assert shown(Diagnostic("entry point x:\n  File y\nSyntaxError: z")) == "error: entry point x:\n  File y\nSyntaxError: z"


def test_data_has_the_same_fields_for_every_diagnostic() -> None:
    full = as_data(Diagnostic("m", Place(Path("/p/f"), 3, 4, "a = text", 5), "h", "error", "c"))
    assert full == {
        "severity": "error",
        "code": "c",
        "message": "m",
        "path": "/p/f",
        "line": 3,
        "column": 4,
        "width": 5,
        "text": "a = text",
        "hint": "h",
    }
    assert as_data(Diagnostic("m")).keys() == full.keys()
    line = as_data(Diagnostic("m", Place(Path("/p/f"), 3, text="a = text")))
    assert (line["line"], line["column"], line["width"]) == (3, None, None)


def test_colour_is_for_terminals_and_NO_COLOR_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert style_for(Terminal()).colour
    assert not style_for(io.StringIO()).colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not style_for(Terminal()).colour
    assert render(Diagnostic("m"), Style(True), FOLDER) == "\x1b[1;31merror\x1b[0m: \x1b[1mm\x1b[0m"

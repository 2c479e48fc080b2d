"""Diagnostics as text and as data.

Goes in: `Diagnostic` values from any stage.  Comes out: lines in the manner of uv and ruff (severity, message, place, the
line itself with a caret under what is meant, the next step), coloured only for a terminal, or the same as plain
dictionaries for `--output-format json`.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from pybuild.errors import Diagnostic, Place

_TAB = 4


@dataclass(frozen=True)
class Style:
    """How to mark up text: with ANSI sequences, or not at all."""

    colour: bool

    def paint(self, text: str, *codes: int) -> str:
        """`text` in the given SGR codes."""
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(map(str, codes))}m{text}\x1b[0m"

    def bold(self, text: str) -> str:
        """`text` in bold."""
        return self.paint(text, 1)

    def faint(self, text: str) -> str:
        """`text` in faint."""
        return self.paint(text, 2)

    def severity(self, severity: str) -> str:
        """`error` in red, `warning` in yellow."""
        return self.paint(severity, 1, 31 if severity == "error" else 33)


def style_for(stream: TextIO) -> Style:
    """Colour for a terminal that has any, unless NO_COLOR is set; FORCE_COLOR overrides."""
    if os.environ.get("NO_COLOR"):
        return Style(False)
    if os.environ.get("FORCE_COLOR"):
        return Style(True)
    return Style(stream.isatty() and os.environ.get("TERM") != "dumb")


def render(diagnostic: Diagnostic, style: Style, folder: Path) -> str:
    """`diagnostic` as text of one or more lines, without the last newline; paths are shown relative to `folder` where they lie in it."""
    return "\n".join(_lines(diagnostic, style, folder))


def _lines(diagnostic: Diagnostic, style: Style, folder: Path) -> Iterator[str]:
    head, *rest = diagnostic.message.splitlines() or [""]
    yield f"{style.severity(diagnostic.severity)}: {style.bold(head)}"
    yield from rest
    place = diagnostic.place
    margin = " " * len(str(place.line)) if place and place.line else ""
    if place:
        yield from _place_lines(place, style, folder, margin)
    if diagnostic.hint:
        first, *more = diagnostic.hint.splitlines()
        yield f"{margin} {style.paint('=', 1, 34)} {style.paint('help', 1, 36)}: {first}"
        yield from (f"{margin}         {line}" for line in more)


def _place_lines(place: Place, style: Style, folder: Path, margin: str) -> Iterator[str]:
    yield f"{margin}{style.paint('-->', 1, 34)} {describe_place(place, folder)}"
    if not (place.line and place.text):
        return
    bar = style.paint("|", 1, 34)
    yield f"{margin} {bar}"
    text = place.text.rstrip("\r\n")
    yield f"{style.paint(str(place.line), 1, 34)} {bar} {_shown(text)}"
    if place.column:
        before = _width(text[: place.column - 1])
        under = max(1, _width(text[place.column - 1 : place.column - 1 + place.width]))
        yield f"{margin} {bar} {' ' * before}{style.paint('^' * under, 1, 31)}"


def describe_place(place: Place, folder: Path) -> str:
    """`path:line:column`, without what is not known."""
    path = place.path
    shown = str(path.relative_to(folder)) if path.is_relative_to(folder) and path != folder else str(path)
    if not place.line:
        return shown
    return f"{shown}:{place.line}:{place.column}" if place.column else f"{shown}:{place.line}"


def _shown(text: str) -> str:
    """`text` with tabs as spaces and control characters made visible, so that the caret stands where it should."""
    return "".join(" " * _TAB if c == "\t" else c if c.isprintable() or unicodedata.combining(c) else "\ufffd" for c in text)


def _width(text: str) -> int:
    """Columns that `text` takes on a terminal, as `_shown` writes it."""
    return sum(_TAB if c == "\t" else 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """`diagnostic` as what JSON can hold; `column` and `width` count characters of `text`, and are None where no column is known."""
    place = diagnostic.place
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": str(place.path) if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "width": place.width if place and place.column else None,
        "text": place.text if place else None,
        "hint": diagnostic.hint or None,
    }

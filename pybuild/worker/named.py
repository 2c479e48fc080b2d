"""What may be names of modules among a module's strings: `"acme.log.JsonFormatter"` of a logging configuration, `"main:app"` of a server.

Goes in: a module's code object, its source where there is one.  Comes out: `[line, text]` of each dotted name and each `module:name`.
Whether there is such a module, and whether it counts, the graph decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

_LONGEST = 200
_WORD = r"[^\W\d]\w*"
_NAMES = re.compile(rf"{_WORD}(?:(?:\.{_WORD})+(?::{_WORD}(?:\.{_WORD})*)?|:{_WORD}(?:\.{_WORD})*)(?:\(\))?")


def named(code: CodeType, source: bytes | None) -> list[list[Any]]:
    """The names and their lines, in the order of the names."""
    found: dict[str, int] = {}
    for line, text in _strings(code):
        if ("." in text or ":" in text) and len(text) <= _LONGEST and text not in found and _NAMES.fullmatch(text):
            found[text] = _line(text, source) or line
    return [[found[text], text] for text in sorted(found)]


def _strings(code: CodeType) -> Iterator[tuple[int, str]]:
    """Every string among the constants of `code` and of what is nested in it, with the first line of the function around it."""
    todo: list[tuple[int, Any]] = [(1, code)]
    while todo:
        line, item = todo.pop()
        if isinstance(item, CodeType):
            todo += ((item.co_firstlineno, constant) for constant in item.co_consts)
        elif isinstance(item, tuple | frozenset):
            todo += ((line, constant) for constant in item)
        elif isinstance(item, str):
            yield line, item


def _line(text: str, source: bytes | None) -> int:
    """The line of the first literal `text` in `source`, 0 when it is written otherwise."""
    if source is None:
        return 0
    places = [place for quote in (b'"', b"'") if (place := source.find(quote + text.encode() + quote)) >= 0]
    return source.count(b"\n", 0, min(places)) + 1 if places else 0

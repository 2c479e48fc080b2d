"""What Python says of a source that does not compile: for the build's messages, and for the program, which says the same.

Goes in: the exception that the compiler raised, the source, and the name that the module gets in tracebacks.  Comes out: a dictionary
for the scan, and what is stored in the place of the module's code: marshalled (name of the exception's type, its arguments), where the
file's name is None: the importer puts in the module's path (runtime_c/importer/code.c).
"""

from __future__ import annotations

import marshal
from typing import Any

# SyntaxError's usual cousins: null bytes (ValueError before 3.12), and sources that are too deep for Python's own compiler
REFUSALS = (ValueError, RecursionError, MemoryError, OverflowError, UnicodeError)


def scan_of(error: Exception) -> dict[str, Any]:
    """The scan of a module that does not compile: it imports nothing, and `syntax` or `refused` says why."""
    if isinstance(error, SyntaxError):
        return {"imports": [], "syntax": _described(error)}
    return {"imports": [], "refused": f"{type(error).__name__}: {error}"}


def raised_again(error: Exception, source: bytes) -> bytes:
    """What makes the program raise `error`; b"" where it cannot be written down."""
    arguments = list(error.args)
    if isinstance(error, SyntaxError) and len(arguments) == 2 and isinstance(arguments[1], tuple) and len(arguments[1]) >= 4:
        _, line, column, text, *end = arguments[1]
        arguments[1] = (None, line, column, _text(text, source, line), *end)
    try:
        return marshal.dumps((type(error).__name__, tuple(arguments)), 2)  # 2: without references, whose marks depend on who else has them
    except ValueError:
        return b""


def _text(text: str | None, source: bytes, number: Any) -> str | None:
    """The line that an error shows when Python compiles the file: it looks for it there, and no file is at hand where it runs here.

    Given text, it is that of the parser, which has added a newline to a last line without one; else the compiler found nothing.
    """
    lines = source.splitlines(keepends=True)
    if not isinstance(number, int) or not 0 < number <= len(lines):
        return text
    line = lines[number - 1]
    if text is not None:
        return text if line.endswith((b"\n", b"\r")) else text.removesuffix("\n")
    try:
        return line.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode()  # always as UTF-8
    except UnicodeError:
        return None


def _described(error: SyntaxError) -> dict[str, Any]:
    """A SyntaxError as data: kind, message, 1-based line and column (0: unknown), the line's text and the caret's width."""
    text = (error.text or "").rstrip("\n")
    column, width = error.offset or 0, 1
    if error.end_lineno == error.lineno and error.end_offset and error.offset and error.end_offset > error.offset:
        width = error.end_offset - error.offset
    return {
        "kind": type(error).__name__,
        "message": error.msg,
        "line": error.lineno or 0,
        "column": max(column, 0),
        "width": width,
        "text": text,
    }

"""Import scan of a code object, for modules that exist as `.pyc` only and for sources too deep for the `ast` module.

Goes in: a module's code object.  Comes out: the same result as `scan.scan_source` gives, without what bytecode no longer shows:
conditions on the platform.  An import covered by an exception handler counts as optional, since which exceptions it catches is
not evident.
"""

from __future__ import annotations

import dis
from types import CodeType
from typing import Any

from . import flags


def scan_code(code: CodeType) -> dict[str, Any]:
    """The imports of `code` and of the code objects nested in it."""
    imports: list[list[Any]] = []
    _collect(code, imports, 0, "")
    return {"imports": imports}


def _collect(code: CodeType, imports: list[list[Any]], state: int, where: str) -> None:
    guarded = _guarded(code)
    line = code.co_firstlineno
    constants: list[Any] = [None, None]
    for instruction in dis.get_instructions(code):
        starts = instruction.starts_line if not isinstance(instruction.starts_line, bool) else getattr(instruction, "line_number", None)
        line = starts or line
        if instruction.opname in ("LOAD_CONST", "LOAD_SMALL_INT"):
            constants = [constants[1], instruction.argval]
        elif instruction.opname == "IMPORT_NAME":
            level, names = constants
            optional = flags.OPTIONAL if any(start <= instruction.offset < end for start, end in guarded) else 0
            listed = list(names) if isinstance(names, tuple) else None
            imports.append([line, state | optional, level if isinstance(level, int) else 0, instruction.argval, listed, where])
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inner = f"{where}.{constant.co_name}" if where else constant.co_name
            _collect(constant, imports, state | (flags.IN_FUNCTION if constant.co_flags & 2 else 0), inner)


def _guarded(code: CodeType) -> list[tuple[int, int]]:
    """The ranges of offsets that an exception handler covers, from `co_exceptiontable` (CPython: InternalDocs/exception_handling.md)."""
    ranges = []
    numbers: list[int] = []
    value, position, data = 0, 0, code.co_exceptiontable
    while position < len(data):
        byte = data[position]
        value = (value << 6) | (byte & 63)
        if not byte & 64:
            numbers.append(value)
            value = 0
        position += 1
        if len(numbers) == 4 and not byte & 64:
            start, size, _target, depth_and_lasti = numbers
            if not depth_and_lasti & 1:  # with-blocks and cleanups keep lasti; try-blocks do not
                ranges.append((start * 2, (start + size) * 2))
            numbers = []
    return ranges

"""A code object as data that no Python version is needed to read: what the compiler lifts.

Goes in: a module's code object.  Comes out: a list of descriptions, the module's own first, then those of the code objects among its
constants, depth first in the order of the constants (the order in which the runtime numbers them, too).
"""

from __future__ import annotations

import dis
from types import CodeType
from typing import Any

from .recorder_hash import content_hash


def describe(code: CodeType) -> list[dict[str, Any]]:
    """The descriptions of `code` and of every code object in it."""
    found: list[dict[str, Any]] = []
    _describe(code, found)
    return found


def _describe(code: CodeType, found: list[dict[str, Any]]) -> int:
    number = len(found)
    description: dict[str, Any] = {}
    found.append(description)
    constants = [_constant(value, found) for value in code.co_consts]
    description.update(
        name=code.co_name,
        qualname=code.co_qualname,
        line=code.co_firstlineno,
        arguments=code.co_argcount,
        positional=code.co_posonlyargcount,
        keyword=code.co_kwonlyargcount,
        flags=code.co_flags,
        stack=code.co_stacksize,
        variables=_variables(code),
        cells=list(code.co_cellvars),
        free=list(code.co_freevars),
        names=list(code.co_names),
        constants=constants,
        units=[[i.offset // 2, i.opname, i.arg if i.arg is not None else 0] for i in dis.get_instructions(code)],
        lines=[[start // 2, line or 0] for start, _, line in code.co_lines()],
        exceptions=[
            [entry.start // 2, entry.end // 2, entry.target // 2, entry.depth, bool(entry.lasti)]
            for entry in dis._parse_exception_table(code)  # type: ignore[attr-defined]
        ],
        digest=content_hash(code),
    )
    return number


def _variables(code: CodeType) -> list[str]:
    """The names of the frame's slots, in their order: locals, cells that are no locals, free variables."""
    cells = [name for name in code.co_cellvars if name not in code.co_varnames]
    return [*code.co_varnames, *cells, *code.co_freevars]


def _constant(value: Any, found: list[dict[str, Any]]) -> list[Any]:
    """A constant as [kind, what is needed of it]."""
    if isinstance(value, CodeType):
        return ["code", _describe(value, found)]
    if value is None or value is True or value is False or value is ...:
        return ["single", repr(value)]
    kind = type(value)
    if kind is int:
        return ["int", str(value) if value.bit_length() <= 64 else ""]
    if kind is float:
        return ["float", value.hex()]
    if kind is str:
        return ["str", len(value)]
    if kind is tuple:
        return ["tuple", [_constant(item, found) if not isinstance(item, CodeType) else ["other", "code"] for item in value]]
    return ["other", kind.__name__]

"""Calls of what is known to be built in: C functions, and methods of built-in types.

Goes in: the final SSA, before references are counted.  Comes out: a call whose callee a record says to be a C function or a built-in type's
own method, or whose name says so where there is no record, has become one that looks for nothing else inline.  It is no guess that
leaves: other callees are called behind the function.  What is cold stays as it is.
"""

from __future__ import annotations

import builtins
from types import BuiltinFunctionType

from pybuild.compiler.emit.calls import QUICK_BUILTINS
from pybuild.compiler.ir.model import Function, Op
from pybuild.compiler.ir.types import CLASSES
from pybuild.compiler.record import Seen

_FUNCTIONS = frozenset(name for name, value in vars(builtins).items() if isinstance(value, BuiltinFunctionType))
_TEXTS = (
    "capitalize encode endswith expandtabs format isalnum isalpha isdigit isidentifier isspace islower isupper join ljust lower lstrip "
    "partition replace rfind rjust rpartition rsplit rstrip split splitlines startswith strip title upper zfill"
)
_METHODS = frozenset([*_TEXTS.split(), "append", "extend", "items", "keys", "setdefault", "values"])  # few classes of programs have them


def know_builtins(function: Function) -> None:
    """Rewrite every such call."""
    record = function.notes.get("record")
    for op in (op for block in function.blocks if not block.cold for op in block.ops):
        if op.name == "invoke" and _is_method(function, op, record):
            op.name = "builtin_method"
            op.attrs["lazy"] = record is not None and ":" in record.receiver(op) and record.callee(op).count(":") == 0
        elif op.name == "call" and op.attrs["keywords"] < 0 and len(op.args) <= 32 and _is_function(op, record):
            op.name = "builtin_call"


def _is_method(function: Function, op: Op, record: Seen | None) -> bool:
    name = function.code.names[op.attrs["n_"]]
    if op.args[0].type.cls in CLASSES:
        return True
    if record is None or not record.watched(op):
        return name in _METHODS
    kind, _, callee = record.callee(op).partition(" ")
    of, receiver = callee.rpartition(".")[0], record.receiver(op)
    return kind == "method" and callee == f"{of}.{name}" and bool(receiver) and (of == receiver or (of in CLASSES and ":" in receiver))


def _is_function(op: Op, record: Seen | None) -> bool:
    load = op.args[0].op
    name = load.attrs.get("spelled", "") if load is not None and load.name in ("load_global", "borrow_global") else ""
    if QUICK_BUILTINS.get(name) == len(op.args) - 1:
        return False
    if record is None or not record.watched(op):
        return name in _FUNCTIONS
    return record.callee(op).startswith(("builtin ", "method "))

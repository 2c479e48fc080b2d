"""Callees that see how many references there are.

Goes in: the final SSA, before references are counted.  Comes out: `sys.getrefcount(x)` gets a reference of its own to what a local holds,
as the interpreter's stack has one; every other callee borrows it, which nobody can tell.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import Function, Op

_WITNESSES = {"getrefcount"}


def own_for_witnesses(function: Function) -> None:
    """Put a `new_reference` before such calls."""
    for block in function.blocks:
        for op in list(block.ops):
            if op.name in ("call", "call_method", "invoke") and _callee(function, op) in _WITNESSES and op.state is not None:
                for n, value in enumerate(op.args):
                    constant = value.op is not None and value.op.name == "const"
                    if n > 0 and (constant or value in op.state.locals):
                        made = function.op("new_reference", [value], [function.value(type=value.type)])
                        block.ops.insert(block.ops.index(op), made)
                        op.args[n] = made.result


def _callee(function: Function, op: Op) -> str:
    if op.name == "invoke":
        return str(function.code.names[op.attrs["n_"]])
    load = op.args[0].op
    return str(load.attrs.get("spelled", "")) if load is not None else ""

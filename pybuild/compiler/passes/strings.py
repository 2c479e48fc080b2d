"""`s += x`: a string that only its local holds grows in place, as in CPython.

Goes in: the final SSA, before references are counted.  Comes out: an addition whose left operand is what a local holds, and whose
result is stored into that local at once, is one operation on the local's home.  (ceval.c's BINARY_OP_INPLACE_ADD_UNICODE; without it
a loop that builds a string takes quadratic time.)
"""

from __future__ import annotations

from pybuild.compiler.ir.model import OBJECT, Function, Op


def add_in_place(function: Function) -> None:
    """Rewrite every such addition."""
    for block in function.blocks:
        kept: list[Op] = []
        for n, op in enumerate(block.ops):
            before = kept[-1] if kept else None
            if before is not None and _belongs_together(before, op) and n > 0:
                before.name = "add_to_local"
                before.attrs = {"at": before.attrs["at"], "k": before.attrs["k"], "i": op.attrs["i"], "old": op.attrs.get("old")}
                continue
            kept.append(op)
        block.ops = kept


def _belongs_together(add: Op, store: Op) -> bool:
    """Whether `store` puts the result of `add` where its left operand is."""
    if add.name != "binary" or add.attrs["k"] not in ("add", "inplace_add") or store.name != "store_local":
        return False
    if add.state is None or store.args[0] is not add.results[0] or add.args[0].rep != OBJECT or add.args[1].rep != OBJECT:
        return False
    left, i = add.args[0], store.attrs["i"]
    # the stack has the left operand once, for this addition alone: the local is its only owner here
    return add.state.locals[i] is left and left.type.cls in (None, "str") and add.args[1] is not left

"""Loads whose object is only looked into: no reference is taken where the cache hits.

Goes in: the final SSA, before references are counted.  Comes out: a load whose uses are all unboxings or tests, in its own block and
before anything that could run other code, has a second result: what the slow way returned and somebody has to release (NULL where the
inlined way was taken), dropped after the last use.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import Block, Function, Op, Value
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.ir.types import NULLABLE

_LOADS = {
    "load_attr": "borrow_attr",
    "load_global": "borrow_global",
    "load_global_attr": "borrow_global_attr",
    "subscript_i": "borrow_item",
}


def borrow_loads(function: Function) -> None:
    """Rewrite every such load."""
    users: dict[Value, list[tuple[Block, Op]]] = {}
    for block in function.blocks:
        for op in block.ops:
            values = [*op.args, *(op.handler.stack if op.handler is not None else ())]
            for edge in op.edges:
                values += edge.args
            if op.state is not None and declaration(op.name).leaves:
                values += op.state.stack
            for value in values:
                users.setdefault(value, []).append((block, op))
    for block in function.blocks:
        for op in list(block.ops):
            if op.name in _LOADS and op.result in users:
                _borrow(function, block, op, users[op.result])


def _borrow(function: Function, block: Block, op: Op, users: list[tuple[Block, Op]]) -> None:
    value = op.result
    if any(where is not block for where, _ in users):
        return
    start = block.ops.index(op)
    last = max(block.ops.index(user) for _, user in users)
    between = block.ops[start + 1 : last + 1]
    looks = {user for _, user in users if value in user.args}
    if any(declaration(other.name).runs or declaration(other.name).edges_out for other in between):
        return
    if any(user.name not in ("unbox_i", "unbox_d", "unbox_number", "value_d", "is", "guard_is") for user in looks):
        return
    keep = function.value(type=NULLABLE)
    keep.op = op
    op.name = _LOADS[op.name]
    op.results = [value, keep]
    dropped = [function.op("drop", [keep], [], op.state, at=op.attrs["at"])]
    owner = op.args[0] if op.args else None
    if owner is not None and owner.home < 0 and (owner.op is None or owner.op.name != "argument"):  # nobody else may have it
        dropped.append(function.op("drop", [owner], [], op.state, at=op.attrs["at"]))
    block.ops[last + 1 : last + 1] = dropped

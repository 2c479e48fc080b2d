"""Slices that are only asked for: no slice object.

Goes in: SSA.  Comes out: `x[a:b:c]` and `x[a:b:c] = y`, where the slice is made right before and used for nothing else, are one operation
on the bounds.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import Block, Function, Op
from pybuild.compiler.passes.simplify import count_uses

_WITH_BOUNDS = {"subscript": "subscript_slice", "store_subscript": "store_slice"}


def use_bounds(function: Function) -> None:
    """Rewrite every such pair."""
    uses = count_uses(function)
    for block in function.blocks:
        for op in list(block.ops):
            make = op.args[1].op if op.name in _WITH_BOUNDS else None
            if make is not None and make.name == "build_slice" and uses[make.result] == 1:
                _join(block, make, op)


def _join(block: Block, make: Op, op: Op) -> None:
    if make not in block.ops or block.ops.index(make) + 1 != block.ops.index(op):
        return
    op.name = _WITH_BOUNDS[op.name]
    op.args = [op.args[0], *make.args, *op.args[2:]]
    op.state = make.state
    block.ops.remove(make)

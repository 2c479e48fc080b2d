"""Floats that are stored into lists and attributes: where the old float belongs to nobody else, it becomes the new one.

Goes in: the final SSA, before references are counted.  Comes out: a store of a float that was made for it has the number itself as operand.
(The old object would be freed and the new one made in its place anyway: nobody can tell.)
"""

from __future__ import annotations

from pybuild.compiler.ir.model import Block, Function, Op
from pybuild.compiler.passes.simplify import count_uses

_STORES = {"store_attr": "store_attr_d", "store_subscript_i": "store_item_d"}


def store_in_place(function: Function) -> None:
    """Rewrite every such store."""
    uses = count_uses(function)
    for block in function.blocks:
        for op in list(block.ops):
            box = op.args[-1].op if op.name in _STORES else None
            if box is not None and box.name == "box_d" and uses[box.result] == 1 and not _is_in_home(block, box):
                block_of = block if box in block.ops else None
                if block_of is not None:
                    op.name = _STORES[op.name]
                    op.args = [*op.args[:-1], box.args[0]]
                    block.ops.remove(box)


def _is_in_home(block: Block, box: Op) -> bool:
    """Whether a state has the box as what a local holds."""
    return any(op.state is not None and box.result in op.state.locals for op in block.ops)

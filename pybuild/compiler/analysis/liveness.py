"""Which values are still needed: at the start of blocks, and after each operation."""

from __future__ import annotations

from pybuild.compiler.ir.model import OBJECT, Block, Function, Op, Value, successors
from pybuild.compiler.ir.ops import declaration


def uses(op: Op) -> set[Value]:
    """The values that `op` needs: operands, edge arguments, what handlers get, and what leaving would write into the frame."""
    found = set(op.args)
    if op.handler is not None:
        found.update(op.handler.stack)
    for edge in op.edges:
        found.update(edge.args)
        for other in edge.ops:
            found |= uses(other)
    if op.state is not None and declaration(op.name).leaves:
        found |= state_uses(op)
    elif op.state is not None and op.name not in ("jump", "branch"):
        numbers = [value for value in op.state.locals if value is not None and value.rep != OBJECT]
        found.update(numbers)
        found.update(value.bound for value in numbers if value.bound is not None)
    return found


def state_uses(op: Op) -> set[Value]:
    """What leaving at `op` writes: the stack, and the locals that are not at home."""
    assert op.state is not None
    found: set[Value] = set()
    for value in (*op.state.stack, *(value for value in op.state.locals if value is not None and value.rep != OBJECT)):
        found.update(value.op.args if value.rep == "R" and value.op is not None else (value,))
        if value.bound is not None:
            found.add(value.bound)
    return found


def live_in(function: Function) -> dict[Block, set[Value]]:
    """The values, parameters excluded, that each block or what follows it needs."""
    first: dict[Block, set[Value]] = {}
    defined: dict[Block, set[Value]] = {}
    for block in function.blocks:
        needed: set[Value] = set()
        made: set[Value] = set(block.params)
        for op in block.ops:
            needed |= uses(op) - made
            made.update(op.results)
            for edge in op.edges:
                for other in edge.ops:
                    made.update(other.results)
        first[block] = needed
        defined[block] = made
    result = {block: set(first[block]) for block in function.blocks}
    changed = True
    while changed:
        changed = False
        for block in reversed(function.blocks):
            after: set[Value] = set()
            for successor in successors(block):
                after |= result[successor]
            needed = first[block] | (after - defined[block])
            if needed != result[block]:
                result[block] = needed
                changed = True
    return result

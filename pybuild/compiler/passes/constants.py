"""Attributes of classes that globals name: `Color.RED` is one look-up.

Goes in: the final SSA, before references are counted.  Comes out: a global that is only asked for an attribute, where a record says that it
is a class, and the attribute are one operation, whose cache holds the value for as long as the class and the name are what they were.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import Block, Function, Op, State, Value
from pybuild.compiler.ir.ops import CONTROL, LEAVES, MEMORY, RUNS, declaration
from pybuild.compiler.passes.invoke import same_handler
from pybuild.compiler.passes.simplify import count_uses


def join_constants(function: Function) -> None:
    """Rewrite every such pair that is worth it."""
    record = function.notes.get("record")
    if record is None:
        return
    uses = count_uses(function)
    for block in function.blocks:
        if not block.cold:
            for op in list(block.ops):
                if op.name == "load_attr" and (record(op) or ("",))[0] == "type":
                    _join(function, block, op, uses)


def _join(function: Function, block: Block, attribute: Op, uses: dict[Value, int]) -> None:
    load = attribute.args[0].op
    if load is None or load.name != "load_global" or load not in block.ops or uses[load.result] != 1:
        return
    between = block.ops[block.ops.index(load) + 1 : block.ops.index(attribute)]
    if any(declaration(op.name).effects & {RUNS, LEAVES, CONTROL, MEMORY} for op in between):
        return
    if not same_handler(load.handler, attribute.handler) or load.state is None or attribute.state is None:
        return
    state = State(attribute.state.at, load.state.stack, attribute.state.locals)
    owner = f"n{function.code.index}[{load.attrs['n_']}]"
    made = function.op("load_global_attr", [], attribute.results, state, **attribute.attrs, owner=owner, load=load.attrs["at"])
    made.handler = attribute.handler
    block.ops[block.ops.index(attribute)] = made
    block.ops.remove(load)

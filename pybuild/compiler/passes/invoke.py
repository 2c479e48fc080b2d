"""Methods found and called in one operation.

Goes in: the final SSA, before references are counted.  Comes out: a `load_method` whose call follows with nothing between that could
notice when the method is looked up has become part of the call, an `invoke`: where its cache hits, no method object is taken, and small
methods are done without a frame.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import Block, Function, Handler, Op, State
from pybuild.compiler.ir.ops import CONTROL, LEAVES, MEMORY, RUNS, declaration

_MOST_ARGUMENTS = 6
_CHECKS = {"check_bound", "check_there"}  # their exceptions come after those of looking the method up


def invoke_methods(function: Function) -> None:
    """Rewrite every such pair."""
    for block in function.blocks:
        for op in list(block.ops):
            if op.name == "call_method" and op.attrs["keywords"] < 0 and len(op.args) - 1 <= _MOST_ARGUMENTS:
                _join(function, block, op)


def _join(function: Function, block: Block, call: Op) -> None:
    load = call.args[0].op
    if load is None or load.name != "load_method" or call.args[1] is not load.results[1] or load not in block.ops:
        return
    between = block.ops[block.ops.index(load) + 1 : block.ops.index(call)]
    if any(op.name in _CHECKS or declaration(op.name).effects & {RUNS, LEAVES, CONTROL, MEMORY} for op in between):
        return
    owner = load.args[0]
    if any(value in call.args[2:] for value in load.results) or not same_handler(load.handler, call.handler):
        return
    assert load.state is not None and call.state is not None
    state = State(call.state.at, load.state.stack, call.state.locals)
    made = function.op("invoke", [owner, *call.args[2:]], call.results, state, **call.attrs)
    made.attrs |= {"n_": load.attrs["n_"], "load": load.attrs["at"]}
    made.handler = load.handler
    block.ops[block.ops.index(call)] = made
    block.ops.remove(load)


def same_handler(first: Handler | None, second: Handler | None) -> bool:
    """Whether exceptions go to the same place with the same stack."""
    if first is None or second is None:
        return first is second
    return first.block is second.block and first.stack == second.stack and first.lasti == second.lasti

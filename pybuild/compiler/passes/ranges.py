"""Loops over range(): a counter instead of an iterator.

Goes in: SSA in which `for` over a call of `range` is a call, `get_iter` and `next`.  Comes out: a counter in the loop's header.  That
`range` is the built-in class and its arguments are ints is guarded where the call was; the iterator exists only where the interpreter
takes over (a value of representation `R`, made of counter, end and step).
"""

from __future__ import annotations

from pybuild.compiler.analysis.order import predecessors
from pybuild.compiler.ir.model import INTEGER, TRUTH, Block, Edge, Function, Op, State, Value, replace_values
from pybuild.compiler.ir.types import INT

VIRTUAL = "R"


def count_ranges(function: Function) -> None:
    """Rewrite every loop over a range whose iterator goes nowhere else."""
    if not function.notes.get("guess", True):
        return
    for block in list(function.blocks):
        for op in list(block.ops):
            if op.name == "next":
                _rewrite(function, block, op)


def _rewrite(function: Function, header: Block, step_op: Op) -> None:
    iterator = step_op.args[0]
    get = iterator.op
    call = get.args[0].op if get is not None and get.name == "get_iter" else None
    if get is None or call is None or call.name != "call" or call.attrs["keywords"] >= 0 or not 1 <= call.attrs["count"] <= 3:
        return
    loaded = call.args[0].op
    if loaded is None or loaded.name not in ("load_global", "load_name") or loaded.attrs["spelled"] != "range":
        return
    increment = _step(call)
    if increment is None or not _only_looped_over(function, iterator, get, call, step_op):
        return
    record = function.notes.get("record")
    if record is not None and record.left_often(call):
        return
    home = next((b for b in function.blocks if get in b.ops), None)
    if home is None or call not in home.ops or not _enters_loop(function, header, home) or header.ops[0] is not step_op:
        return
    _start(function, home, call, get)
    start, stop = get.attrs["bounds"]
    counter = function.value(INTEGER)
    counter.type = INT
    header.params.insert(0, counter)
    after = function.value(INTEGER)
    _set_edges(function, header, home, start, after)
    now, later = (function.value(VIRTUAL) for _ in range(2))
    step = function.value(INTEGER)
    constant = function.op("int", [], [step], None, k=increment)
    for virtual, current in ((now, counter), (later, after)):
        virtual.op = Op("range_iterator", [current, stop, step], [virtual], {})
    _replace(function, header, step_op, counter, stop, after, constant, increment)
    _virtual(function, header, iterator, now, later)


def _step(call: Op) -> int | None:
    """The constant step of a range() call, None when it is none."""
    if call.attrs["count"] < 3:
        return 1
    source = call.args[3].op
    if source is not None and source.name == "unary_negative":
        return None
    if source is None or source.name != "const" or source.attrs["kind"] != "int" or not source.attrs["value"]:
        return None
    number = int(source.attrs["value"])
    return number if number != 0 and abs(number) < 2**31 else None


def _only_looped_over(function: Function, iterator: Value, get: Op, call: Op, step_op: Op) -> bool:
    """Whether the range is only iterated over, and its iterator only by this loop."""
    for op in function.ops():
        if call.results[0] in op.args and op is not get:
            return False
        if iterator in op.args and op is not step_op and op.name != "drop":
            return False
        if any(iterator in edge.args for edge in op.edges) or (op.handler is not None and iterator in op.handler.stack):
            return False
    return True


def _enters_loop(function: Function, header: Block, home: Block) -> bool:
    """Whether the header is entered from `home`, by a jump, and from within the loop only."""
    before = predecessors(function)[header]
    return home in before and home.ops[-1].name == "jump" and sum(edge.block is header for edge in home.ops[-1].edges) == 1


def _start(function: Function, home: Block, call: Op, get: Op) -> None:
    """In place of the call: guards, and the bounds as numbers."""
    made: list[Op] = []
    made.append(function.op("guard_is", [call.args[0]], [], call.state, at=call.attrs["at"], k="(PyObject *)&PyRange_Type"))
    bounds = []
    for arg in call.args[1:3]:
        value = function.value(INTEGER)
        made.append(function.op("unbox_i", [arg], [value], call.state, at=call.attrs["at"]))
        bounds.append(value)
    if len(bounds) == 1:
        zero = function.value(INTEGER)
        made.append(function.op("int", [], [zero], None, k=0))
        bounds.insert(0, zero)
    get.attrs["bounds"] = tuple(bounds)
    ops: list[Op] = []
    skip = call.attrs["at"]
    for op in home.ops:
        if op is call:
            ops += made
        elif op is get or (
            op.name == "check_tracing" and op.state is not None and call.results[0] in op.state.stack and op.attrs["at"] > skip
        ):
            continue
        else:
            ops.append(op)
    home.ops = ops


def _set_edges(function: Function, header: Block, home: Block, start: Value, after: Value) -> None:
    for block in function.blocks:
        for op in block.ops:
            for edge in op.edges:
                if edge.block is header:
                    edge.args.insert(0, start if block is home else after)


def _replace(
    function: Function, header: Block, step_op: Op, counter: Value, stop: Value, after: Value, constant: Op, increment: int
) -> None:
    """`next` and its test for NULL become a comparison; the counter goes on in the loop's body."""
    item = step_op.result
    more = function.value(TRUTH)
    done = function.value(TRUTH)
    boxed = function.value(type=INT)
    test = next(op for op in header.ops if op.name == "is_null" and op.args[0] is item)
    branch = header.ops[-1]
    ops: list[Op] = [constant]
    for op in header.ops:
        if op is step_op:
            ops.append(function.op("i_compare", [counter, stop], [more], None, k="<" if increment > 0 else ">"))
            ops.append(function.op("not", [more], [done], None))
        elif op is test:
            continue
        else:
            ops.append(op)
    header.ops = ops
    branch.args = [done if arg is test.result else arg for arg in branch.args]
    body = branch.edges[1].block
    arrives = [edge for block in function.blocks for op in block.ops for edge in op.edges if edge.block is body]
    if len(arrives) > 1:  # the body's start is reached from elsewhere, too: a block between
        between = Block(len(function.blocks))
        between.at = body.at
        between.entry_locals = header.entry_locals
        function.blocks.append(between)
        old = branch.edges[1]
        branch.edges[1] = Edge(between)
        between.ops = [_jump(function, old, step_op)]
        body = between
    state = State(step_op.state.at, step_op.state.stack, step_op.state.locals) if step_op.state is not None else None
    # the counter cannot overflow: it is less than the end, and the end has 60 bits
    advance = function.op("i_step", [counter, constant.result], [after], None)
    box = function.op("box_i", [counter], [boxed], state, at=step_op.attrs["at"])
    box.handler = None
    body.ops[:0] = [advance, box]
    replace_values(function, {item: boxed})


def _jump(function: Function, edge: Edge, like: Op) -> Op:
    jump = function.op("jump", [], [], like.state, at=like.attrs["at"])
    jump.edges = [edge]
    return jump


def _virtual(function: Function, header: Block, iterator: Value, now: Value, later: Value) -> None:
    """In states the iterator is what is left of the range: before the header's step all from the counter on, in the body from the next
    on."""
    for block in function.blocks:
        value = now if block is header else later
        block.entry_stack = tuple(value if v is iterator else v for v in block.entry_stack)
        for op in block.ops:
            if op.name == "drop" and iterator in op.args:
                op.name, op.args = "removed", []
            if op.state is not None and iterator in op.state.stack:
                stack = tuple(value if v is iterator else v for v in op.state.stack)
                op.state = State(op.state.at, stack, op.state.locals)
        block.ops = [op for op in block.ops if op.name != "removed"]

"""Numbers stay unboxed: parameters of blocks, locals, and boxes that are made only where an object is wanted.

Goes in: SSA in which arithmetic boxes its results.  Comes out: block parameters that are always ints or always floats have the
representation of numbers; a box is made at the nearest place that dominates all uses of the object, outside of loops that its number is
not made in; a local whose value is a number has nothing in its home, and the frame states say so.  Where an edge's two sides differ, a
block between them boxes or unboxes.  A value is boxed at one place only: it has one identity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pybuild.compiler.analysis.dominance import Dominance
from pybuild.compiler.analysis.order import clean_up
from pybuild.compiler.ir.model import DOUBLE, INTEGER, OBJECT, TRUTH, Block, Edge, Function, Op, State, Value, replace_values
from pybuild.compiler.ir.types import FLOAT, INT

_UNBOXES = {INTEGER: ("unbox_i",), DOUBLE: ("unbox_d", "value_d", "unbox_number")}


def unbox_values(function: Function) -> None:
    """The whole pass."""
    _parameters(function)
    clean_up(function)
    _sink(function)
    _settle(function)
    clean_up(function)


# ---------------------------------------------------------------------- block parameters


@dataclass
class _Uses:
    numeric: int = 0
    object: int = 0
    edges: list[tuple[Edge, Value]] = field(default_factory=list)  # the parameter that it becomes


def _uses(function: Function) -> dict[Value, _Uses]:
    found: dict[Value, _Uses] = {}
    checked: list[tuple[Value, Value]] = []
    for op in function.ops():
        for arg in op.args:
            uses = found.setdefault(arg, _Uses())
            if op.name in _UNBOXES[INTEGER] or op.name in _UNBOXES[DOUBLE]:
                uses.numeric += 1
            elif op.name == "check_bound":
                checked.append((arg, op.result))
            elif op.name != "store_local" and op.name != "drop":
                uses.object += 1
        if op.handler is not None:
            for arg in op.handler.stack:
                found.setdefault(arg, _Uses()).object += 1
        for edge in op.edges:
            for param, arg in zip(edge.block.params, edge.args, strict=True):
                found.setdefault(arg, _Uses()).edges.append((edge, param))
    for value, result in checked:
        mine, its = found.setdefault(value, _Uses()), found.get(result, _Uses())
        mine.numeric += its.numeric
        mine.object += its.object
        mine.edges += its.edges
    return found


def _number_of(value: Value, rep: str) -> Value | None:
    """The number that `value` is a box of."""
    return value.op.args[0] if value.op is not None and value.op.name == f"box_{rep}" else None


def _is_constant(value: Value, rep: str) -> bool:
    op = value.op
    return (
        op is not None
        and op.name == "const"
        and op.attrs["kind"] == {INTEGER: "int", DOUBLE: "float"}[rep]
        and op.attrs["value"] != ""
        and (rep == DOUBLE or abs(int(op.attrs["value"])) < 2**62)
    )


def _parameters(function: Function) -> None:
    """Make numbers of the parameters that profit."""
    uses = _uses(function)
    incoming: dict[Value, list[Value]] = {}
    for op in function.ops():
        for edge in op.edges:
            for param, arg in zip(edge.block.params, edge.args, strict=True):
                incoming.setdefault(param, []).append(arg)
    candidates: dict[Value, str] = {}
    for block in function.blocks:
        if block.is_handler:
            continue
        for param in block.params:
            rep = {INT: INTEGER, FLOAT: DOUBLE}.get(param.type.bound())
            if rep is not None and (param.home >= 0 or not param.type.nullable) and param.rep == OBJECT and param in incoming:
                candidates[param] = rep
    changed = True
    while changed:
        changed = False
        for param, rep in list(candidates.items()):
            if not _profits(param, rep, candidates, uses, incoming):
                del candidates[param]
                changed = True
    if candidates:
        _convert(function, candidates)


def _profits(param: Value, rep: str, candidates: dict[Value, str], uses: dict[Value, _Uses], incoming: dict[Value, list[Value]]) -> bool:
    """Whether what arrives is made as a number (or is a constant, or may be unboxed for good), and arithmetic wants it."""
    mine = uses.get(param, _Uses())
    wanted = mine.numeric > 0 or any(candidates.get(other) == rep for _, other in mine.edges if other is not param)
    foreign = False
    fresh = False
    for arg in incoming[param]:
        if arg.type.absent and param.type.nullable:
            continue
        if _number_of(arg, rep) is not None or candidates.get(arg) == rep:
            fresh = True
        elif not _is_constant(arg, rep):
            foreign = True
    outward = mine.object > 0 or any(candidates.get(other) != rep for _, other in mine.edges)
    if param.type.nullable:
        # nobody may want it as an object, and a number that may be absent is passed on as such only
        return fresh and not foreign and mine.object == 0 and all(candidates.get(other) == rep for _, other in mine.edges)
    return wanted and fresh and not (foreign and outward)


def _convert(function: Function, candidates: dict[Value, str]) -> None:
    new: dict[Value, Value] = {}
    for param, rep in candidates.items():
        value = function.value(rep, param.type.bound(), param.home)
        new[param] = value
        if param.type.nullable:
            value.bound = function.value(TRUTH, home=-1)
    boxes: dict[Value, Value] = {}
    _add_bounds(function, new)
    for block in list(function.blocks):
        made: list[Op] = []
        for n, param in enumerate(block.params):
            if param in new:
                block.params[n] = new[param]
                # what still wants the object has it from here; the next step moves or removes it
                box = function.op(f"box_{new[param].rep}", [new[param]], [param], State(block.at, (), ()), at=block.at)
                made.append(box)
                boxes[param] = new[param]
                param.type = param.type.bound()
        block.ops[:0] = made
        block.entry_locals = tuple(
            new[value] if value in new and new[value].home == i else value for i, value in enumerate(block.entry_locals)
        )  # fmt: skip
    for block in list(function.blocks):
        for op in list(block.ops):
            for edge in op.edges:
                _pass_numbers(function, block, edge)
    replaced: dict[Value, Value] = {}
    for block in function.blocks:
        kept = []
        for op in block.ops:
            if op.args and op.args[0] in boxes and op.name in _UNBOXES[boxes[op.args[0]].rep]:
                replaced[op.result] = boxes[op.args[0]]
            else:
                kept.append(op)
        block.ops = kept
    replace_values(function, replaced)


def _add_bounds(function: Function, new: dict[Value, Value]) -> None:
    """Beside a number that may be absent goes whether it is there; checks look at that."""
    for block in function.blocks:
        for op in list(block.ops):
            for edge in op.edges:
                more = []
                for param, arg in zip(edge.block.params, edge.args, strict=True):
                    if param in new and new[param].bound is not None:
                        number = new.get(arg)
                        if number is not None and number.bound is not None:
                            more.append(number.bound)
                        else:
                            more.append(_truth(function, block, not arg.type.absent))
                edge.args += more
    for block in function.blocks:
        block.params += [bound for param in block.params if param in new and (bound := new[param].bound) is not None]
    replaced: dict[Value, Value] = {}
    for block in function.blocks:
        for op in block.ops:
            if op.name == "check_bound" and op.args[0] in new:
                number = new[op.args[0]]
                if number.bound is not None:
                    replaced[op.result] = op.args[0]
                    op.name, op.args, op.results = "check_there", [number.bound], []
    replace_values(function, replaced)


def _truth(function: Function, block: Block, value: bool) -> Value:
    result = function.value(TRUTH)
    block.ops.insert(len(block.ops) - 1, function.op("truth_constant", [], [result], None, k=int(value)))
    return result


def _pass_numbers(function: Function, block: Block, edge: Edge) -> None:
    """Let the arguments of `edge`, out of `block`, be numbers where the parameters are."""
    foreign: list[int] = []
    absent: dict[Value, Value] = {}
    for n, (param, arg) in enumerate(zip(edge.block.params, edge.args, strict=True)):
        if param.rep not in (INTEGER, DOUBLE) or arg.rep != OBJECT:
            continue
        if arg.type.absent:
            edge.args[n] = _zero(function, block, param.rep)
            absent[edge.args[n]] = arg
            continue
        number = _number_of(arg, param.rep)
        if number is None and _is_constant(arg, param.rep):
            number = _constant(function, block, param.rep, arg)
        if number is not None:
            edge.args[n] = number
        else:
            foreign.append(n)
    if not foreign:
        return
    between = _between(function, edge, absent)
    onward = between.ops[-1].edges[0]
    target = onward.block
    state = State(target.at, *_entry_state(function, target, onward, absent))
    for place, n in enumerate(foreign):
        rep = target.params[n].rep
        value = function.value(rep)
        between.ops.insert(place, function.op("unbox_i" if rep == INTEGER else "value_d", [onward.args[n]], [value], state, at=target.at))
        onward.args[n] = value


def _zero(function: Function, block: Block, rep: str) -> Value:
    """What a number is that is not there."""
    value = function.value(rep)
    made = function.op("int", [], [value], None, k=0) if rep == INTEGER else function.op("double", [], [value], None, k="0.0")
    block.ops.insert(len(block.ops) - 1, made)
    return value


def _constant(function: Function, block: Block, rep: str, arg: Value) -> Value:
    """The number of a constant object, made at the end of `block`."""
    from pybuild.compiler.passes.numbers import c_double

    assert arg.op is not None
    value = function.value(rep)
    text = arg.op.attrs["value"]
    made = function.op("int" if rep == INTEGER else "double", [], [value], None, k=int(text) if rep == INTEGER else c_double(text))
    block.ops.insert(len(block.ops) - 1, made)
    return value


def _entry_state(
    function: Function, target: Block, edge: Edge, absent: Mapping[Value, Value]
) -> tuple[tuple[Value, ...], tuple[Value | None, ...]]:
    """The stack and locals with which `edge` enters `target`: its parameters replaced by the arguments, zeros by what was `absent`."""
    became = {param: absent.get(arg, arg) for param, arg in zip(target.params, edge.args, strict=True)}

    def on_stack(value: Value) -> Value:
        if value.op is None or value.op.name != "range_iterator" or became.keys().isdisjoint(value.op.args):
            return became.get(value, value)
        virtual = function.value(value.rep)
        virtual.op = Op(value.op.name, [became.get(arg, arg) for arg in value.op.args], [virtual], {})
        return virtual

    stack = tuple(map(on_stack, target.entry_stack))
    return stack, tuple(became.get(value, value) if value is not None else None for value in target.entry_locals)


def _between(function: Function, edge: Edge, absent: Mapping[Value, Value]) -> Block:
    """A new block on `edge`: it takes no parameters and passes on the arguments."""
    target = edge.block
    block = Block(len(function.blocks))
    block.at = target.at
    function.blocks.append(block)
    block.entry_stack, block.entry_locals = _entry_state(function, target, edge, absent)
    jump = function.op("jump", [], [], State(target.at, block.entry_stack, block.entry_locals), at=target.at)
    jump.edges = [Edge(target, edge.args)]
    block.ops = [jump]
    edge.block, edge.args = block, []
    return block


# ---------------------------------------------------------------------- boxes


def _sink(function: Function) -> None:
    """Move every box to where its object is wanted; the homes of locals get the number instead where that is elsewhere."""
    dominance = Dominance(function)
    users: dict[Value, list[tuple[Block, Op]]] = {}
    for block in function.blocks:
        for op in block.ops:
            for arg in op.args:
                if op.name not in ("store_local", "drop"):
                    users.setdefault(arg, []).append((block, op))
            if op.handler is not None:
                for arg in op.handler.stack:
                    users.setdefault(arg, []).append((block, op))
            for edge in op.edges:
                for param, arg in zip(edge.block.params, edge.args, strict=True):
                    if param.rep == OBJECT:
                        users.setdefault(arg, []).append((block, op))
    numbers: dict[Value, Value] = {}
    for block in list(function.blocks):
        for op in list(block.ops):
            if op.name not in ("box_i", "box_d"):
                continue
            boxed = op.result
            wanted = users.get(boxed, [])
            if not wanted:
                block.ops.remove(op)
                numbers[boxed] = op.args[0]
                continue
            target = dominance.common([user_block for user_block, _ in wanted])
            while target.loop > block.loop and target is not block:
                target = dominance.parent[target]
            if target is block:
                if boxed.home >= 0:  # a number arrived: nothing is in the local's home
                    numbers[boxed] = op.args[0]
                continue
            block.ops.remove(op)
            at = next(
                (n for n, other in enumerate(target.ops) if any(other is user for b, user in wanted if b is target)), len(target.ops) - 1
            )
            _made_for(op, target, target.ops[at])
            target.ops.insert(at, op)
            numbers[boxed] = op.args[0]
    if numbers:
        _use_numbers(function, numbers)


def _made_for(box: Op, target: Block, user: Op) -> None:
    """If there is no memory for the object of `box`, that is the failure of `user`."""
    if user.state is not None and "at" in user.attrs:
        box.state, box.attrs["at"], box.handler = user.state, user.attrs["at"], user.handler
    else:
        box.state, box.attrs["at"], box.handler = State(target.at, (), ()), target.at, None


def _use_numbers(function: Function, numbers: dict[Value, Value]) -> None:
    """In states, homes and releases the number stands for its box."""

    def of(value: Value | None) -> Value | None:
        return numbers.get(value, value) if value is not None else None

    states: set[int] = set()
    for block in function.blocks:
        block.entry_locals = tuple(of(value) for value in block.entry_locals)
        block.entry_stack = tuple(numbers.get(value, value) for value in block.entry_stack)
        kept = []
        for op in block.ops:
            if op.state is not None and id(op.state) not in states:
                states.add(id(op.state))
                op.state.stack = tuple(numbers.get(value, value) for value in op.state.stack)
                op.state.locals = tuple(of(value) for value in op.state.locals)
            if op.attrs.get("old") in numbers:
                op.attrs["old"] = numbers[op.attrs["old"]]
            if op.name == "store_local" and op.args[0] in numbers:
                op.args = [numbers[op.args[0]]]
            if op.name == "drop" and op.args[0] in numbers:
                continue
            kept.append(op)
        block.ops = kept


def _settle(function: Function) -> None:
    """On edges where a local is a number on one side and at home on the other, bring it home, or clear the home."""
    for block in list(function.blocks):
        for op in list(block.ops):
            for edge in list(op.edges):
                _settle_edge(function, op, edge)


def _settle_edge(function: Function, op: Op, edge: Edge) -> None:
    target = edge.block
    leaving = op.state.locals if op.state is not None and op.state.locals else None
    became = dict(zip(target.params, edge.args, strict=True))
    work: list[tuple[str, int, Value]] = []
    for i, value in enumerate(target.entry_locals):
        mine = leaving[i] if leaving is not None and i < len(leaving) else None
        arrives = became.get(value, value) if value is not None else None
        if mine is not None and mine.rep != OBJECT and (value is None or value.rep == OBJECT):
            work.append(("home", i, arrives if arrives is not None and arrives.rep == OBJECT else mine))
        elif (
            value is not None
            and value.rep != OBJECT
            and (mine is None or (mine.rep == OBJECT and not mine.type.absent))
            and leaving is not None
        ):
            work.append(("clear", i, value))
    if not work:
        return
    between = _between(function, edge, {})
    state = State(target.at, (), ())
    ops: list[Op] = []
    for kind, i, value in work:
        if kind == "clear":
            ops.append(function.op("clear_local", [], [], state, i=i, old=None))
            continue
        boxed = value
        if value.bound is not None:
            ops.append(function.op("bring_home", [value, value.bound], [], state, i=i, old=value))
            continue
        if value.rep != OBJECT:
            boxed = function.value(type=value.type)
            ops.append(function.op(f"box_{value.rep}", [value], [boxed], State(target.at, (), ()), at=target.at))
        ops.append(function.op("store_local", [boxed], [], state, i=i, old=value if value.rep != OBJECT else None))
    between.entry_locals = tuple(leaving) if leaving is not None else between.entry_locals
    between.ops[:0] = ops

"""Calls of functions that have a typed body: arguments and result are numbers.

Goes in: lifted SSA and, as the note "typed", the module's functions that have such bodies, by name.  Comes out: each call of a global of
such a name is a `call_known`: its first result is NULL and the second the number, or it is an object that is no such number; then
`check_number`, behind it, leaves to the interpreter with the object on the stack.  Later, when it is known which arguments are numbers
anyway, these are passed instead of their boxes (`pass_numbers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pybuild.compiler.ir.model import DOUBLE, INTEGER, OBJECT, TRUTH, Block, Function, Op, State, Value
from pybuild.compiler.ir.types import BOOL, FLOAT, INT, NULLABLE
from pybuild.compiler.passes.numbers import c_double

TYPES = {INTEGER: INT, DOUBLE: FLOAT, TRUTH: BOOL}
CALLS = {f"call_known_{rep}": rep for rep in TYPES}


@dataclass(frozen=True)
class Signature:
    """A function's typed body: its code object's number, and the representations of its parameters and of its result."""

    index: int
    parameters: str
    result: str
    light: bool = False  # it neither calls nor loops


def know_calls(function: Function) -> None:
    """Rewrite the calls of functions with typed bodies."""
    known: Mapping[str, Signature] = function.notes.get("typed", {})
    if not known:
        return
    for block in function.blocks:
        for op in list(block.ops):
            if op.name == "call" or (op.name == "call_method" and op.args[0].type.absent):
                _know(function, block, op, known)


def _know(function: Function, block: Block, call: Op, known: Mapping[str, Signature]) -> None:
    args = call.args if call.name == "call" else call.args[1:]
    load = args[0].op
    signature = known.get(load.attrs["spelled"]) if load is not None and load.name in ("load_global", "known_global") else None
    at = block.ops.index(call)
    check = block.ops[at + 1]
    result = call.results[0]
    if signature is None or call.attrs["keywords"] >= 0 or len(args) - 1 != len(signature.parameters) or check.name != "check_tracing":
        return
    assert call.state is not None and check.state is not None
    rep = signature.result
    other, number = function.value(type=NULLABLE), function.value(rep)
    attrs = {**call.attrs, "callee": signature.index, "takes": signature.parameters, "light": signature.light}
    made = function.op(f"call_known_{rep}", args, [other, number], call.state, **attrs)
    made.handler = call.handler
    stack = check.state.stack[:-1]
    guard = function.op("check_number", [other], [], State(check.state.at, (*stack, other), check.state.locals), at=check.attrs["at"])
    check.state = State(check.state.at, (*stack, number), check.state.locals)
    boxed = function.op(f"box_{rep}", [number], [result], call.state, at=call.attrs["at"])
    boxed.handler = call.handler if rep != TRUTH else None
    result.type = TYPES[rep]
    block.ops[at : at + 2] = [made, guard, check, boxed]


def pass_numbers(function: Function) -> None:
    """Pass numbers where the objects are made for the call alone, or, in a typed body, everywhere."""
    uses = _object_uses(function)
    frameless = function.notes.get("frameless", False)
    for block in function.blocks:
        for op in list(block.ops):
            if op.name not in CALLS:
                continue
            for n, rep in enumerate(op.attrs["takes"], 1):
                number = _number(function, block, op, op.args[n], rep, uses, frameless)
                if number is not None:
                    op.args[n] = number


def _object_uses(function: Function) -> dict[Value, int]:
    """How often each value is wanted as an object; states and homes are as well served by its number."""
    found: dict[Value, int] = {}
    for op in function.ops():
        values = [*op.args] if op.name not in ("store_local", "drop") else []
        values += op.handler.stack if op.handler is not None else ()
        for edge in op.edges:
            values += edge.args
        for value in values:
            found[value] = found.get(value, 0) + 1
    return found


def _number(function: Function, block: Block, call: Op, value: Value, rep: str, uses: Mapping[Value, int], frameless: bool) -> Value | None:
    """`value` as a number, if that can be had; made before `call`."""
    if value.rep != OBJECT:
        return None
    source = value.op
    made: Op | None = None
    number = function.value(rep)
    if source is not None and source.name == f"box_{rep}" and (frameless or uses[value] == 1):
        return source.args[0]
    text = str(source.attrs["value"]) if source is not None and source.name == "const" else ""
    if text and source is not None and source.attrs["kind"] == "int" and rep == INTEGER and abs(int(text)) < 2**62:
        made = function.op("int", [], [number], None, k=int(text))
    elif text and source is not None and source.attrs["kind"] == "float" and rep == DOUBLE:
        made = function.op("double", [], [number], None, k=c_double(text))
    elif frameless:
        made = function.op(f"unbox_{rep}", [value], [number], call.state, at=call.attrs["at"])
    if made is None:
        return None
    block.ops.insert(block.ops.index(call), made)
    return number

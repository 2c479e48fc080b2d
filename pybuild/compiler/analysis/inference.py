"""Types of values, inferred: optimistic, to a fixpoint, and sound: nothing here is a guess.

Goes in: SSA.  Comes out: the same, `Value.type` as narrow as the operations allow.  What only records or habits say is speculation's
business.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import OBJECT, Function, Op, Value
from pybuild.compiler.ir.types import ANY, BOOL, FLOAT, INT, NULLABLE, Type

_ARITHMETIC = frozenset({"add", "subtract", "multiply", "floor_divide", "remainder"})
_BITS = frozenset({"and", "or", "xor", "lshift", "rshift"})
_ITERATORS = {"range": "range_iterator", "list": "list_iterator", "tuple": "tuple_iterator", "range_iterator": "range_iterator"}
_RESULTS = {"box_i": INT, "box_d": FLOAT, "box_b": BOOL, "get_len": INT, "format_value": ANY}


def infer_types(function: Function) -> None:
    """Set the type of every value."""
    incoming: dict[Value, list[Value]] = {}
    for op in function.ops():
        for edge in op.edges:
            for param, arg in zip(edge.block.params, edge.args, strict=True):
                incoming.setdefault(param, []).append(arg)
        if op.handler is not None:
            for param in op.handler.block.params:
                incoming.setdefault(param, []).append(param)
    handlers = {param for block in function.blocks if block.is_handler for param in block.params}
    types: dict[Value, Type | None] = {}
    for block in function.blocks:
        for param in block.params:
            types[param] = param.type if param in handlers or param.rep != OBJECT or param not in incoming else None
        for op in block.ops:
            for value in op.results:
                types[value] = None
    changed = True
    while changed:
        changed = False
        for block in function.blocks:
            for param in block.params:
                if types[param] is None or (param in incoming and param not in handlers and param.rep == OBJECT):
                    new: Type | None = None
                    for arg in incoming[param]:
                        found = types.get(arg, arg.type)
                        new = found if new is None else new if found is None else new.join(found)
                    if new != types[param]:
                        types[param] = new
                        changed = True
            for op in block.ops:
                for value, found in zip(op.results, _results(op, types), strict=True):
                    if found != types[value]:
                        types[value] = found
                        changed = True
    for value, found in types.items():
        if value.rep == OBJECT and found is not None:
            value.type = found


def _results(op: Op, types: dict[Value, Type | None]) -> list[Type | None]:
    """The types of an operation's results, given its operands' (None: nothing is known to arrive yet)."""
    if len(op.results) != 1:
        return [value.type for value in op.results]
    result = op.results[0]
    if result.rep != OBJECT:
        return [result.type]
    args = [types.get(arg, arg.type) for arg in op.args]
    if op.name == "binary":
        return [binary_type(op.attrs["k"], args)]
    if op.name in ("unary_negative", "unary_positive", "unary_invert"):
        arg = args[0]
        known = arg is None or (arg in (INT, FLOAT) and not (op.name == "unary_invert" and arg == FLOAT))
        return [arg if known else ANY]
    if op.name == "check_bound":
        return [args[0].bound() if args[0] is not None and not args[0].absent else ANY if args[0] is not None else None]
    if op.name == "get_iter":
        return [None if args[0] is None else Type(_ITERATORS.get(args[0].cls or "")) if not args[0].nullable else ANY]
    if op.name == "next":
        return [
            Type("int", nullable=True) if args[0] is not None and args[0].cls == "range_iterator" else None if args[0] is None else NULLABLE
        ]
    if op.name == "guard_class":
        return [result.type]
    return [_RESULTS.get(op.name, result.type)]


def binary_type(name: str, args: list[Type | None]) -> Type | None:
    """The type of a binary operation's result."""
    if None in args:
        return None
    left, right = args
    name = name.removeprefix("inplace_")
    if left == INT and right == INT:
        if name in _ARITHMETIC or name in _BITS:
            return INT
        return FLOAT if name == "true_divide" else ANY
    numbers = (INT, FLOAT)
    if left in numbers and right in numbers and (name in _ARITHMETIC or name == "true_divide"):
        return FLOAT
    if left == right == Type("str") and name == "add":
        return Type("str")
    return ANY

"""Typed bodies: which of a module's functions have one, and their IR.

Goes in: the module's code objects and their records.  Comes out: functions from numbers to numbers that compute, branch and call each
other, and do nothing else (emit/typed.py writes their C).  Arguments and results are of the representations that the record says; without
a record, functions that call themselves are tried with ints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pybuild.compiler.analysis.inference import infer_types
from pybuild.compiler.analysis.order import clean_up
from pybuild.compiler.ir.model import DOUBLE, INTEGER, OBJECT, TRUTH, Block, Function, Op, Value
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.ir.types import ANY
from pybuild.compiler.lift.description import Code
from pybuild.compiler.lift.py311 import Unsupported, lift
from pybuild.compiler.passes.common import share
from pybuild.compiler.passes.known import CALLS, TYPES, Signature, know_calls, pass_numbers
from pybuild.compiler.passes.numbers import c_double, use_numbers
from pybuild.compiler.passes.ranges import count_ranges
from pybuild.compiler.passes.simplify import simplify
from pybuild.compiler.passes.unbox import unbox_values
from pybuild.compiler.record import Seen
from pybuild.hints.model import FunctionRecord, TypeCounts

MOST_PARAMETERS = 6
_MOST_UNITS = 300
_REPRESENTATIONS = {"int": INTEGER, "float": DOUBLE, "bool": TRUTH}
_SIMPLE = frozenset({
    "RESUME", "NOP", "LOAD_FAST", "STORE_FAST", "LOAD_CONST", "LOAD_GLOBAL", "COMPARE_OP", "BINARY_OP", "UNARY_NEGATIVE", "UNARY_NOT",
    "PRECALL", "CALL", "RETURN_VALUE", "JUMP_FORWARD", "COPY", "SWAP", "POP_TOP", "JUMP_IF_FALSE_OR_POP", "JUMP_IF_TRUE_OR_POP",
    "POP_JUMP_FORWARD_IF_FALSE", "POP_JUMP_FORWARD_IF_TRUE", "POP_JUMP_BACKWARD_IF_FALSE", "POP_JUMP_BACKWARD_IF_TRUE", "JUMP_BACKWARD",
    "GET_ITER", "FOR_ITER",
})  # fmt: skip
_NOTHING = frozenset({"store_local", "clear_local", "drop", "null", "const", "single", "check_number", "check_tracing", "poll"})
_LOOKS = frozenset({"unbox_i", "unbox_d", "unbox_number", "guard_is"})  # at something global
_CONTROL = frozenset({"jump", "branch", "return_number"})


def typed_functions(
    codes: Sequence[Code], records: Mapping[int, FunctionRecord | None], watch: Callable[[str, Function], None] | None = None
) -> tuple[dict[str, Signature], dict[int, Function]]:
    """By name what the typed bodies are called with, and by the code objects' numbers their IR."""
    names = [code.qualname for code in codes]
    by_index = {code.index: code for code in codes}
    tried = {code.qualname: _signatures(code, records.get(code.index)) for code in codes if names.count(code.qualname) == 1}
    while True:
        wanted = {name: found[0] for name, found in tried.items() if found}
        bodies: dict[int, Function] = {}
        refused = []
        for name, signature in wanted.items():
            try:
                bodies[signature.index] = _typed_body(by_index[signature.index], signature, wanted, records.get(signature.index), watch)
            except Unsupported:
                refused.append(name)
        if not refused:
            return wanted, bodies
        for name in refused:
            tried[name] = tried[name][1:]


def _signatures(code: Code, record: FunctionRecord | None) -> list[Signature]:
    """What a typed body of `code` may take and return, likelier first; nothing where it can have none, or would not be worth it."""
    if not code.is_function or code.is_generator or code.keyword or code.flags & 0xC or code.cells or code.free or code.exceptions:
        return []
    if not 0 < code.parameters <= MOST_PARAMETERS or len(code.units) > _MOST_UNITS or code.qualname != code.name:
        return []
    if any(unit.name not in _SIMPLE for unit in code.units):
        return []
    if record is None:
        itself = any(unit.name == "LOAD_GLOBAL" and code.names[unit.arg >> 1] == code.name for unit in code.units)
        return [Signature(code.index, INTEGER * code.parameters, rep) for rep in (INTEGER, TRUTH)] if itself else []
    if not record.calls:
        return []
    found = [_representation(counts) for counts in (*record.arguments[: code.parameters], record.returns)]
    if len(found) != code.parameters + 1 or None in found or TRUTH in found[:-1]:
        return []
    light = not any(unit.name == "CALL" or "BACKWARD" in unit.name for unit in code.units)
    return [Signature(code.index, "".join(map(str, found[:-1])), str(found[-1]), light)]


def _representation(counts: TypeCounts) -> str | None:
    name = counts.dominant()
    return None if name is None or (name == "int" and counts.largest_int == "big") else _REPRESENTATIONS.get(name)


def _typed_body(
    code: Code,
    signature: Signature,
    known: Mapping[str, Signature],
    record: FunctionRecord | None,
    watch: Callable[[str, Function], None] | None,
) -> Function:
    """The IR of a typed body.  Raises Unsupported."""
    function = lift(code)
    function.notes |= {"typed": known, "frameless": True}
    if record is not None:
        function.notes["record"] = Seen(record)
    _enter(function, signature)
    for name, run in _PASSES:
        run(function)
        if watch is not None:
            watch(name, function)
    _return_numbers(function, signature)
    if watch is not None:
        watch("returns", function)
    _check(function)
    return function


def _arithmetic(function: Function) -> None:
    for _ in range(8):
        if not use_numbers(function):
            return
        infer_types(function)


_PASSES: tuple[tuple[str, Callable[[Function], None]], ...] = (
    ("calls", know_calls),
    ("ssa", clean_up),
    ("simplify", simplify),
    ("ranges", count_ranges),
    ("globals", lambda function: _know_globals(function)),
    ("types", infer_types),
    ("bound", simplify),
    ("numbers", _arithmetic),
    ("common", share),
    ("known", pass_numbers),
    ("unbox", unbox_values),
    ("tidy", simplify),
    ("order", clean_up),
)


def _enter(function: Function, signature: Signature) -> None:
    """The arguments are numbers."""
    for block in function.blocks:
        ops: list[Op] = []
        for op in block.ops:
            if op.name == "argument":
                rep = signature.parameters[op.attrs["i"]]
                number, boxed = function.value(rep), op.result
                ops.append(function.op(f"argument_{rep}", [], [number], None, i=op.attrs["i"]))
                op = function.op(f"box_{rep}", [number], [boxed], function.entry.end.state, at=0)
                boxed.type = TYPES[rep]
            ops.append(op)
        block.ops = ops
    function.params = []


def _know_globals(function: Function) -> None:
    """Nothing that is read of the module can change while typed bodies run."""
    for op in function.ops():
        if op.name == "load_global":
            op.name, op.handler = "known_global", None


def _return_numbers(function: Function, signature: Signature) -> None:
    """What is returned, and what comes together where ways join, are numbers.  Raises Unsupported."""
    for block in function.blocks:
        for op in block.ops:
            source = op.args[0].op if op.name == "unbox_i" else None
            text = source.attrs["value"] if source is not None and source.name == "const" and source.attrs["kind"] == "int" else ""
            if text and abs(int(text)) < 2**62:
                op.name, op.args, op.attrs = "int", [], {"k": int(text)}
    for block in function.blocks:
        end = block.end
        if end.name != "return":
            continue
        number = _number_of(function, block, end.args[0], signature.result)
        if number is None:
            raise Unsupported("it returns an object")
        foreign = dict.fromkeys(_foreign(function, number, set())) if signature.result != TRUTH else {}
        if foreign and signature.result == DOUBLE and number.op is not None:
            raise Unsupported("it returns an object that it has got")
        end.name, end.args = "return_number", [number]
        end.attrs["foreign"] = ";".join(foreign)
    for block in function.blocks:
        for param in block.params:
            if param.rep == OBJECT and param.type.cls in _REPRESENTATIONS and not param.type.nullable:
                _becomes_number(function, param, _REPRESENTATIONS[param.type.cls])
    _drop_boxes(function)
    simplify(function)


def _drop_boxes(function: Function) -> None:
    """Where only states have an object, its number is as good."""
    numbers = {op.result: op.args[0] for op in function.ops() if op.name in ("box_i", "box_d", "box_b")}

    def of(value: Value | None) -> Value | None:
        return numbers.get(value, value) if value is not None else None

    for op in function.ops():
        if op.state is not None:
            op.state.stack = tuple(numbers.get(value, value) for value in op.state.stack)
            op.state.locals = tuple(map(of, op.state.locals))
    wanted = {value for op in function.ops() if op.name not in ("store_local", "drop") for value in op.args}
    wanted |= {arg for op in function.ops() for edge in op.edges for arg in edge.args}
    for block in function.blocks:
        kept = []
        for op in block.ops:
            if op.name in ("store_local", "drop") and op.args[0] in numbers:
                op.args = [numbers[op.args[0]]]
            if not (op.name in ("box_i", "box_d", "box_b") and op.result not in wanted) and not (
                op.name == "drop" and op.args[0].rep != OBJECT
            ):
                kept.append(op)
        block.ops = kept


def _number_of(function: Function, block: Block, value: Value, rep: str) -> Value | None:
    """What `value` is the object of, at the end of `block`; None: no such number."""
    op = value.op
    if value.rep != OBJECT:
        return value if value.rep == rep else None
    if op is not None and op.name == f"box_{rep}":
        return op.args[0]
    if op is None:
        return value if _becomes_number(function, value, rep) else None
    made: tuple[str, object] | None = None
    if op.name == "single" and rep == TRUTH and op.attrs["k"] in ("Py_True", "Py_False"):
        made = "truth_constant", int(op.attrs["k"] == "Py_True")
    if op.name == "const" and op.attrs["kind"] == "int" and rep == INTEGER and op.attrs["value"] and abs(int(op.attrs["value"])) < 2**62:
        made = "int", int(op.attrs["value"])
    if op.name == "const" and op.attrs["kind"] == "float" and rep == DOUBLE and op.attrs["value"]:
        made = "double", c_double(op.attrs["value"])
    if made is None:
        return None
    number = function.value(rep)
    block.ops.insert(-1, function.op(made[0], [], [number], None, k=made[1]))
    return number


def _becomes_number(function: Function, param: Value, rep: str) -> bool:
    """Let a block's parameter that is only returned or kept be a number; whether everything that it may be is one."""
    target = next((block for block in function.blocks if param in block.params), None)
    users = [op for op in function.ops() if param in op.args or any(param in edge.args for edge in op.edges)]
    if target is None or any(op.name not in ("return", "store_local", "drop") for op in users):
        return False
    place = target.params.index(param)
    for block in function.blocks:
        for edge in block.end.edges:
            if edge.block is target:
                number = _number_of(function, block, edge.args[place], rep)
                if number is None:
                    return False
                edge.args[place] = number
    param.rep, param.type = rep, ANY
    return True


def _foreign(function: Function, number: Value, seen: set[Value]) -> list[str]:
    """The numbers, as C, of objects that there are already and that may be what is to be returned: as those very objects."""
    if number in seen:
        return []
    seen.add(number)
    op = number.op
    if op is not None:
        if op.name in ("argument_i", "argument_d"):
            return [f"a{op.attrs['i']}"]
        constant = op.name == "double" or (op.name == "int" and not -5 <= op.attrs["k"] <= 256)
        return [str(op.attrs["k"])] if constant else []
    found: list[str] = []
    for other in function.ops():
        for edge in other.edges:
            for param, arg in zip(edge.block.params, edge.args, strict=True):
                if param is number:
                    found += _foreign(function, arg, seen)
    return found


def _check(function: Function) -> None:
    """Raises Unsupported where something is left that a typed body does not do."""
    there = {value for block in function.blocks for value in (*block.params, *(value for op in block.ops for value in op.results))}
    for block in function.blocks:
        if any(value.rep == OBJECT for value in block.params) or block.is_handler:
            raise Unsupported("objects come together")
        for op in block.ops:
            kind = declaration(op.name)
            pure = bool(kind.results) and kind.results in "idb" and not kind.raises and not kind.runs and OBJECT not in kind.args
            looks = op.name in _LOOKS and op.args[0].op is not None and op.args[0].op.name == "known_global"
            if not (
                pure
                or looks
                or op.name in _NOTHING
                or op.name in _CONTROL
                or op.name in CALLS
                or op.name in ("known_global", "check_there")
            ):
                raise Unsupported(f"it does {op.name}")
            if any(edge.ops for edge in op.edges) or (op.name in CALLS and any(arg.rep == OBJECT for arg in op.args[1:])):
                raise Unsupported("it passes objects on")
            stops = kind.leaves or op.name in CALLS or op.name == "check_there"
            if stops and (op.state is None or any(value is None for value in op.state.locals)):
                raise Unsupported("its locals are not known")
            if op.name == "poll" and block.ops[block.ops.index(op) + 1].name != "check_tracing":
                raise Unsupported("it asks for signals elsewhere")
            for value in (*op.state.stack, *op.state.locals) if op.state is not None and stops else ():
                if value is not None and not _is_at_hand(value, there):
                    raise Unsupported("it has objects of its own")


def _is_at_hand(value: Value, there: set[Value]) -> bool:
    """Whether the object can be had where the interpreter goes on: a number, nothing, a constant, something global."""
    if value.rep == "R":
        return value.op is not None and all(arg in there for arg in value.op.args)
    if value.rep != OBJECT:
        return value in there and (value.bound is None or value.bound in there)
    return value.type.absent or (value.op is not None and value.op.name in ("const", "single", "known_global", *CALLS))

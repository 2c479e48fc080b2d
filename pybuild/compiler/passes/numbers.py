"""Arithmetic on numbers without objects.

Goes in: SSA with types.  Comes out: operations whose operands are ints or floats, by inference, by the record, or because the other
operand is, work on int64 and double: their operands are unboxed (a guard that leaves to the interpreter at that instruction when it does
not hold), their results boxed.  What is boxed and unboxed for nothing goes in later passes.
"""

from __future__ import annotations

from pybuild.compiler.ir.model import DOUBLE, INTEGER, Function, Op, Value, replace_values
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.ir.types import BOOL, FLOAT, INT

_INT_OPS = {
    "add": "i_add", "subtract": "i_subtract", "multiply": "i_multiply", "floor_divide": "i_floordiv", "remainder": "i_modulo", "lshift":
    "i_lshift",
    "rshift": "i_rshift", "and": "i_and", "or": "i_or", "xor": "i_xor",
}  # fmt: skip
_FLOAT_OPS = {
    "add": "d_add",
    "subtract": "d_subtract",
    "multiply": "d_multiply",
    "true_divide": "d_divide",
    "floor_divide": "d_floordiv",
    "remainder": "d_modulo",
    "power": "d_power",
}
_UNBOX = ("unbox_i", "unbox_d", "unbox_number", "value_d")
_COMPARE = ("<", "<=", "==", "!=", ">", ">=")
# with an int constant beside it, an operand of these is an int so often that it is worth a guess
_GUESS_INT = frozenset({"add", "subtract", "floor_divide", "remainder", "lshift", "rshift", "and", "or", "xor"})


class Numbers:
    """The pass; `record` answers what was seen at a place: (left, right) of "int", "float", "str", ... or None."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.record = function.notes.get("record")
        self.guess = function.notes.get("guess", True)
        self.changed = False
        self.replaced: dict[Value, Value] = {}

    def run(self) -> bool:
        """Rewrite every operation that can be; whether anything was."""
        for block in self.function.blocks:
            made: list[Op] = []
            for op in block.ops:
                before = len(made)
                if not self._rewrite(op, made):
                    del made[before:]
                    made.append(op)
                else:
                    self.changed = True
            block.ops = made
        replace_values(self.function, self.replaced)
        return self.changed

    def _rewrite(self, op: Op, out: list[Op]) -> bool:
        if op.name in _UNBOX:
            return self._forward(op)
        if self.record is not None and self.record.left_often(op):
            return False
        if op.name == "binary":
            return self._binary(op, out)
        if op.name in ("compare_truth", "compare"):
            return self._compare(op, out)
        if op.name == "truth" and op.args[0].type in (INT, FLOAT):
            kind = INTEGER if op.args[0].type == INT else DOUBLE
            value = self._unboxed(op.args[0], kind, op, out)
            self._emit(f"{kind}_truth", [value], op, out, op.results[0])
            return True
        if op.name == "unary_negative" and op.args[0].type in (INT, FLOAT):
            kind = INTEGER if op.args[0].type == INT else DOUBLE
            value = self._unboxed(op.args[0], kind, op, out)
            self._box(self._emit(f"{kind}_negative", [value], op, out), op, out)
            return True
        if op.name == "subscript" and self._is_index(op) and op.args[0].type.cls != "dict":
            index = self._unboxed(op.args[1], INTEGER, op, out)
            op.name, op.args = "subscript_i", [op.args[0], index]
            out.append(op)
            return True
        if op.name == "store_subscript" and self._is_index(op) and op.args[0].type.cls != "dict":
            index = self._unboxed(op.args[1], INTEGER, op, out)
            op.name, op.args = "store_subscript_i", [op.args[0], index, op.args[2]]
            out.append(op)
            return True
        return False

    def _forward(self, op: Op) -> bool:
        """What was unboxed on a guess is, as turned out since, a box made here or a float: no guess is needed; whether `op` has gone."""
        source = op.args[0].op
        if source is not None and source.name == ("box_i" if op.name == "unbox_i" else "box_d"):
            self.replaced[op.results[0]] = source.args[0]
            return True
        if op.name in ("unbox_number", "unbox_d") and op.args[0].type == FLOAT:
            op.name = "value_d"
            self.changed = True
        return False

    # ------------------------------------------------------------------ what to work on

    def _is_index(self, op: Op) -> bool:
        """Whether a container is asked for the item at a number."""
        if op.args[1].type == INT:
            return True
        seen = self.record(op) if self.record is not None and op.args[1].type.cls is None else None
        if seen is None:
            return False
        container, key = (seen[0], seen[1]) if op.name == "subscript" else (seen[1], seen[2]) if len(seen) > 2 else ("", "")
        return container in ("list", "tuple", "str") and key == "int"

    def _kinds(self, op: Op, name: str) -> tuple[str, str] | None:
        """The representations to give the operands, None to leave them objects."""
        left, right = op.args[0].type, op.args[1].type
        if BOOL in (left, right) or left.nullable or right.nullable:
            return None
        seen = self.record(op) if self.record is not None else None
        kinds = []
        for mine, other, was in ((left, right, seen[0] if seen else None), (right, left, seen[1] if seen else None)):
            if mine == INT or (mine.cls is None and was == "int"):
                kinds.append(INTEGER)
            elif (
                mine == FLOAT
                or (mine.cls is None and was == "float")
                or (mine.cls is None and was is None and seen is None and self.guess and other == FLOAT)
            ):
                kinds.append(DOUBLE)
            elif mine.cls is None and was is None and seen is None and self.guess and other == INT and name in _GUESS_INT:
                kinds.append(INTEGER)
            else:
                return None
        return kinds[0], kinds[1]

    def _binary(self, op: Op, out: list[Op]) -> bool:
        name = op.attrs["k"].removeprefix("inplace_")
        kinds = self._kinds(op, name)
        if kinds is None:
            return False
        if kinds == (INTEGER, INTEGER):
            if name == "true_divide":
                values = [self._unboxed(arg, INTEGER, op, out) for arg in op.args]
                self._box(self._emit("i_divide", values, op, out), op, out)
                return True
            if name not in _INT_OPS:
                return False
            values = [self._unboxed(arg, INTEGER, op, out) for arg in op.args]
            self._box(self._emit(_INT_OPS[name], values, op, out), op, out)
            return True
        if name not in _FLOAT_OPS:
            return False
        # one of the two has to be a float for the result to be one: who is only believed to be is asked, unless the other is for sure
        sure = [arg.type == FLOAT for arg in op.args]
        if not any(sure) and kinds == (DOUBLE, DOUBLE) and self.record is not None:
            # one of them is asked, so that the other may be an int: an accumulator that begins with 0
            asked = next((n for n in (1, 0) if self.record.always(op, n, "float")), 1)
            values = [self._unboxed(arg, DOUBLE, op, out) if n == asked else self._double(arg, op, out) for n, arg in enumerate(op.args)]
            self._box(self._emit(_FLOAT_OPS[name], values, op, out), op, out)
            return True
        values = [
            self._unboxed(arg, DOUBLE, op, out) if kind == DOUBLE and not sure[1 - n] else self._double(arg, op, out)
            for n, (arg, kind) in enumerate(zip(op.args, kinds, strict=True))
        ]
        self._box(self._emit(_FLOAT_OPS[name], values, op, out), op, out)
        return True

    def _compare(self, op: Op, out: list[Op]) -> bool:
        # what is compared with an int that varies is one, too; what is compared with 0 or 1 may be anything
        constant = any(arg.op is not None and arg.op.name == "const" for arg in op.args)
        kinds = self._kinds(op, "compare" if constant else "subtract")
        if kinds is None:
            return False
        operator = _COMPARE[op.attrs["k"]]
        if kinds == (INTEGER, INTEGER):
            values = [self._unboxed(arg, INTEGER, op, out) for arg in op.args]
            kind = "i_compare"
        else:
            values = [self._double(arg, op, out) for arg in op.args]
            kind = "d_compare"
        result = op.results[0]
        if op.name == "compare_truth":
            self._emit(kind, values, op, out, result, k=operator)
            return True
        truth = self._emit(kind, values, op, out, k=operator)
        boxed = self.function.op("box_b", [truth], [result], op.state, at=op.attrs["at"])
        result.type = BOOL
        out.append(boxed)
        return True

    # ------------------------------------------------------------------ making operations

    def _emit(self, name: str, args: list[Value], op: Op, out: list[Op], result: Value | None = None, **attrs: object) -> Value:
        rep = declaration(name).results
        if result is None:
            result = self.function.value(rep)
        made = self.function.op(name, args, [result], op.state, at=op.attrs["at"], **attrs)
        out.append(made)
        return result

    def _unboxed(self, value: Value, kind: str, op: Op, out: list[Op]) -> Value:
        """`value` in representation `kind`; leaves at `op` when it cannot be."""
        source = value.op
        if source is not None and source.name == f"box_{kind}":
            return source.args[0]
        if source is not None and source.name == "const" and source.attrs["kind"] == "int" and kind == INTEGER and source.attrs["value"]:
            number = int(source.attrs["value"])
            if -(2**63) < number < 2**63:
                return self._constant("int", INTEGER, number, out)
        if source is not None and source.name == "const" and source.attrs["kind"] == "float" and kind == DOUBLE:
            return self._constant("double", DOUBLE, c_double(source.attrs["value"]), out)
        if kind == DOUBLE and value.type == FLOAT:
            result = self.function.value(DOUBLE)
            out.append(self.function.op("value_d", [value], [result], op.state, at=op.attrs["at"]))
            return result
        return self._emit(f"unbox_{kind}", [value], op, out)

    def _constant(self, name: str, rep: str, number: object, out: list[Op]) -> Value:
        result = self.function.value(rep)
        out.append(self.function.op(name, [], [result], None, k=number))
        return result

    def _double(self, value: Value, op: Op, out: list[Op]) -> Value:
        """`value` as a double, whether it is an int or a float."""
        source = value.op
        if source is not None and source.name == "const" and source.attrs["kind"] == "int" and source.attrs["value"]:
            number = int(source.attrs["value"])
            if abs(number) <= 2**53:
                return self._constant("double", DOUBLE, f"{number}.0", out)
        if source is not None and source.name == "box_i":
            return self._exact(source.args[0], op, out)
        if value.type == INT:
            return self._exact(self._unboxed(value, INTEGER, op, out), op, out)
        if value.type != FLOAT and not (source is not None and source.name == "box_d"):
            return self._emit("unbox_number", [value], op, out)
        return self._unboxed(value, DOUBLE, op, out)

    def _exact(self, value: Value, op: Op, out: list[Op]) -> Value:
        return self._emit("i_to_d", [value], op, out)

    def _box(self, value: Value, op: Op, out: list[Op]) -> None:
        """The operation's object result, made of `value`."""
        result = op.results[0]
        boxed = self.function.op(f"box_{value.rep}", [value], [result], op.state, at=op.attrs["at"])
        boxed.handler = op.handler
        result.type = INT if value.rep == INTEGER else FLOAT
        out.append(boxed)


def c_double(text: str) -> str:
    """A float's hexadecimal text as a C constant."""
    if text in ("inf", "-inf"):
        return f"({text[:-3]}(double)INFINITY)"
    return "((double)NAN)" if text == "nan" else f"({text})"


def use_numbers(function: Function) -> bool:
    """Run the pass once over the function."""
    return Numbers(function).run()

"""What the C of a body and of a leaf have in common: how values, moves and operations without control are written.

Goes in: IR.  Comes out: lines of C, collected by the writers that derive from this.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence

from pybuild.compiler.ir.model import Function, Op, Value
from pybuild.compiler.ir.ops import Declaration
from pybuild.compiler.lift.description import Code

C_TYPES = {"O": "PyObject *", "i": "int64_t ", "d": "double ", "b": "int "}
COMPARE = ("Py_LT", "Py_LE", "Py_EQ", "Py_NE", "Py_GT", "Py_GE")
UNWRITTEN = ("const", "single", "null", "argument", "int", "double", "truth_constant")  # they are where they are used
BUILTINS = frozenset(dir(builtins))  # names that modules seldom have of their own
QUICK_OPERATORS = ("add", "subtract", "multiply", "and", "or", "xor")
MOST_DIRECT = 6  # arguments of a call to a body


class Writer:
    """Lines of C for one function."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.code: Code = function.code
        self.index = function.code.index
        self.lines: list[str] = []
        self.declared: dict[str, list[str]] = {}

    def declare(self, value: Value) -> str:
        """The C variable of `value`, which is declared at the top."""
        name = f"v{value.id}"
        self.declared.setdefault(value.rep, []).append(name)
        return name

    def declarations(self) -> list[str]:
        """A line for each kind of variable."""
        return [
            f"{C_TYPES[rep].strip(' *')} {', '.join(('*' if rep == 'O' else '') + name for name in names)};"
            for rep, names in sorted(self.declared.items())
        ]

    def name(self, value: Value) -> str:
        """The C expression that is `value`."""
        op = value.op
        if value.type.absent:
            return "NULL"
        if op is not None:
            if op.name == "const":
                return f"k{self.index}[{op.attrs['k']}]"
            if op.name in ("single", "double", "truth_constant"):
                return str(op.attrs["k"])
            if op.name == "int":
                return f"INT64_C({op.attrs['k']})"
            if op.name == "argument":
                return f"a{op.attrs['i']}"
        return f"v{value.id}"

    def array(self, values: Sequence[Value]) -> str:
        """A C array of them."""
        return f"(PyObject *[]){{{', '.join(map(self.name, values)) or 'NULL'}}}"

    def moves(self, moves: Sequence[tuple[Value, Value]]) -> list[str]:
        """Assign all at once: a parameter may be another one's argument."""
        targets = {param for param, _ in moves}
        if not any(arg in targets for _, arg in moves):
            return [f"v{param.id} = {self.name(arg)};" for param, arg in moves]
        out = [f"{C_TYPES[param.rep]}m{param.id} = {self.name(arg)};" for param, arg in moves]
        return ["{", *out, *(f"v{param.id} = m{param.id};" for param, _ in moves), "}"]

    def of_texts(self, op: Op) -> bool:
        """Whether a comparison is probably of strings: one is, or a record says so."""
        record = self.function.notes.get("record")
        return any(value.type.cls == "str" for value in op.args) or (record is not None and "str" in (record(op) or ())[:2])

    def of_dict(self, op: Op) -> bool:
        """Whether an item is probably one of a dictionary, by a text."""
        record = self.function.notes.get("record")
        first = int(op.name == "store_subscript")
        seen = record(op) if record is not None else None
        container, key = (seen[first], seen[first + 1]) if seen is not None and len(seen) > first + 1 else ("", "")
        operands = op.args[:2]
        return (operands[0].type.cls or container) == "dict" and (operands[1].type.cls or key) == "str"

    def from_text(self, op: Op) -> bool:
        """Whether an item is probably one of a text."""
        record = self.function.notes.get("record")
        return op.name == "subscript_i" and (op.args[0].type.cls == "str" or (record is not None and "str" in (record(op) or ())[:1]))

    def of_global(self, op: Op) -> bool:
        """Whether the first operand is what a global names: mostly a class or a module."""
        owner = op.args[0].op if op.args else None
        return owner is not None and owner.name in ("load_global", "borrow_global")

    def cache(self, op: Op, kind: str) -> str:
        """The C expression of the inline cache of `op`."""
        raise NotImplementedError

    def expression(self, op: Op, kind: Declaration, *, quick: bool = False, compact: bool = False) -> str:
        """The C of an operation, by its declaration's template; that of its quick way, or where it is one call."""
        fields: dict[str, object] = {**op.attrs, "old": "old"}
        fixed = len(kind.args.rstrip("*"))
        if kind.args.endswith("*"):
            fields["args"] = self.array(op.args[fixed:])
            fields["n"] = len(op.args) - fixed
        if "n_" in op.attrs:
            fields["name"] = f"n{self.index}[{op.attrs['n_']}]"
        if op.name in ("compare", "compare_truth"):
            fields["k"] = COMPARE[op.attrs["k"]]
        if kind.cache:
            fields["ic"] = self.cache(op, kind.cache)
        if op.results:
            fields["r"] = f"v{op.results[0].id}"
        if len(op.results) > 1:
            fields["r1"] = f"v{op.results[1].id}"
        template = kind.quick if quick else kind.compact if compact else kind.c
        if quick and op.attrs.get("spelled") in BUILTINS:
            template = template.replace("pb_quick_global(", "pb_quick_builtin(")
        if quick and op.name in ("subscript", "store_subscript") and self.of_dict(op):
            template = template.replace("pb_quick_subscript(", "pb_dict_item(").replace("pb_quick_store(", "pb_dict_replace(")
        if quick and self.of_global(op):
            template = template.replace("pb_quick_attr(", "pb_quick_attr_of_global(")
        if quick and op.name == "compare_truth" and self.of_texts(op):
            template = template.replace("pb_quick_compare(", "pb_quick_text(")
        if quick and self.from_text(op):
            template = template.replace("pb_quick_item(", "pb_quick_character(")
        return template.format(*(self.name(value) for value in op.args), **fields)

"""The C of calls.

Goes in: calls with their references counted.  Comes out: the test whether the callee is known, its leaf, its body, or the runtime's way.  A
body borrows the arguments that the code keeps; those that are the code's own are handed over, which a mask says.
"""

from __future__ import annotations

from pybuild.compiler.emit.values import MOST_DIRECT, Writer
from pybuild.compiler.ir.model import Block, Function, Op, Value
from pybuild.compiler.passes.refcount import counted

MOST_MASKED = 32  # arguments: there is a bit for each
# how many arguments they take, and where the function is that they are
QUICK_BUILTINS = {"len": 1, "isinstance": 2, "ord": 1, "chr": 1, "abs": 1, "min": 2, "max": 2}
_IN_CALLABLE_CACHE = ("len", "isinstance")
KNOWN_CALLS = ("call_known_i", "call_known_d", "call_known_b")
BUILTIN_CALLS = ("builtin_call", "builtin_method")
CALLS = ("call", "call_method", "invoke", *BUILTIN_CALLS, *KNOWN_CALLS)  # they try the callee's leaf before they take references


class Calls(Writer):
    """A writer that can write calls."""

    def __init__(self, function: Function) -> None:
        super().__init__(function)
        self.past: str | None = None  # the label behind what the last call needs to ask
        self.spills: set[tuple[int, int, str]] = set()  # (unit, slot, representation) of what is in the raw area
        self.cold: list[str] = []
        self.cache_of: dict[Op, str] = {}
        self.labels: dict[object, str] = {}

    def _placed(self, op: Op) -> list[str]:
        raise NotImplementedError

    def _error(self, op: Op, before: str = "", *, add: bool = True) -> str:
        raise NotImplementedError

    def _drop(self, value: Value, at: int | None) -> str:
        raise NotImplementedError

    def _spill_for_drops(self, op: Op) -> None:
        raise NotImplementedError

    def write_call(self, op: Op) -> None:
        """The call of a function that does the whole operation."""
        raise NotImplementedError

    def _op_call(self, op: Op, following: Block | None) -> None:
        self._call(op, method=False)

    def _op_call_method(self, op: Op, following: Block | None) -> None:
        self._call(op, method=True)

    def _call(self, op: Op, *, method: bool) -> None:
        """The operands behind the callee begin with the object for methods, whose callee may be NULL."""
        out = self.lines
        self._spill_for_drops(op)
        cache = self.cache(op, "pb_call_cache")
        callee, *args = map(self.name, op.args)
        keywords = op.attrs["keywords"]
        names = f"k{self.index}[{keywords}]" if keywords >= 0 else "NULL"
        count = op.attrs["count"]
        if keywords >= 0:
            count = f"{count} - PyTuple_GET_SIZE({names})"
        result = f"v{op.result.id}"
        array = f"(PyObject *[]){{NULL, {', '.join(args)}}} + 1" if args else "(PyObject *[]){NULL} + 1"
        few = len(args) < MOST_MASKED
        owned = self._mask(op, 1) if few else "UINT32_MAX"
        slow = f"{result} = pb_call{'_method' if method else ''}_slow(ts, {callee}, {array}, {count}, {names}, &{cache}, {owned});"
        if keywords >= 0 or len(args) > MOST_DIRECT:
            out += [*self._placed(op), *([] if few else self._taken_behind(op, 1)), slow, *self._given_back(op, 0, 1)]
        else:
            test = f"PB_IS_NATIVE({callee}, &{cache})"
            if method and op.args[0].type.nullable:
                test = f"{callee} != NULL && {test}"
            passed = "".join(f", {arg}" for arg in args)
            function = f"ts, (PyFunctionObject *){callee}"
            quick = "" if method else self._quick_builtin(op)
            if quick:
                known = f"ts->interp->callable_cache.{quick}" if quick in _IN_CALLABLE_CACHE else f"pb_builtin.{quick}"
                out.append(f"if (PB_LIKELY({callee} == {known}) &&")
                out.append(f"({result} = pb_quick_{quick}({', '.join(args)})) != NULL) {{")
                out += [*self._given_back(op, 0), f"goto {self._past(op)}; }}"]
                self.write_call(op)
                return
            out.append(f"if (PB_LIKELY({test})) {{")
            leaf = f"{result} = ((pb_leaf{len(args)}){cache}.direct->leaf)({function}{passed})"
            out.append(f"if ({cache}.direct->leaf != NULL && ({leaf}) != NULL) {{")
            out += [*self._given_back(op, 0), f"goto {self._past(op)}; }}", *self._placed(op)]
            out.append(f"{result} = ((pb_body{len(args)}){cache}.body)({function}, {self._mask(op, 1)}{passed});")
            out += ["} else {", *self._placed(op), slow, "}", *self._given_back(op, 0, 1)]
        out.append(f"if (PB_UNLIKELY({result} == NULL)) goto {self._error(op)};")

    def _past(self, op: Op) -> str:
        """A label behind the call and what has to be asked when a body has run."""
        self.past = f"T{op.result.id}"
        return self.past

    def _quick_builtin(self, op: Op) -> str:
        """The built-in function that this is probably a call of and that has a quick way; else nothing."""
        load = op.args[0].op
        name = load.attrs.get("spelled", "") if load is not None and load.name in ("load_global", "borrow_global") else ""
        return name if len(op.args) - 1 == QUICK_BUILTINS.get(name) else ""

    def _op_invoke(self, op: Op, following: Block | None) -> None:
        out = self.lines
        self._spill_for_drops(op)
        cache = self.cache(op, "pb_invoke_cache")
        args = [self.name(value) for value in op.args]
        result = f"v{op.result.id}"
        function, passed = "ts, (PyFunctionObject *)method", ", ".join(args)
        array = f"(PyObject *[]){{NULL, {', '.join(args)}}} + 1"
        out.append(f"{{ const pb_attr_entry *entry = PB_ENTRY(&{cache}.attr, {args[0]}); const pb_native *native = entry->native;")
        out.append(f"PyObject *method = pb_known_method({args[0]}, entry, n{self.index}[{op.attrs['n_']}]);")
        out.append("if (PB_LIKELY(method != NULL)) {")
        leaf = f"{result} = ((pb_leaf{len(args)})native->leaf)({function}, {passed})"
        out.append(f"if (native->leaf != NULL && ({leaf}) != NULL) {{")
        out += [*self._given_back(op, 0), f"goto {self._past(op)}; }}", "Py_INCREF(method);", *self._placed(op)]
        out.append(f"{result} = ((pb_body{len(args)})native->body)({function}, {self._mask(op, 0)}, {passed}); Py_DECREF(method);")
        out += ["} else {", *self._placed(op)]
        out.append(
            f"{result} = pb_invoke_slow(ts, fr, units + {op.attrs['load']}, {array}, {len(args)}, "
            f"n{self.index}[{op.attrs['n_']}], &{cache}, {self._mask(op, 0)});"
        )
        out.append("} }")
        out.append(f"if (PB_UNLIKELY({result} == NULL)) goto {self._error(op)};")
        # where the method is looked up, the same locals are in the raw area as where it is called
        self.spills |= {(op.attrs["load"], i, rep) for at, i, rep in self.spills if at == op.attrs["at"]}

    def _op_builtin_call(self, op: Op, following: Block | None) -> None:
        """A C function that a record or its name tells."""
        callee, *args = [self.name(value) for value in op.args]
        cache = self.cache(op, "pb_known_function_cache")
        array = f"(PyObject *[]){{{', '.join(['NULL', *args])}}} + 1"
        slow = f"pb_known_function_slow(ts, {callee}, {array}, {len(args)}, &{cache}, {self._mask(op, 1)})"
        self._builtin(op, f"pb_knows_function({callee}, &{cache})", f"PyCFunction_GET_SELF({callee})", args, slow, 1)

    def _op_builtin_method(self, op: Op, following: Block | None) -> None:
        """A method of a built-in type."""
        owner, *args = [self.name(value) for value in op.args]
        cache = self.cache(op, "pb_known_method_cache")
        array = f"(PyObject *[]){{{', '.join(['NULL', owner, *args])}}} + 1"
        lazy = "lazy_" if op.attrs["lazy"] else ""
        slow = (
            f"pb_known_{lazy}method_slow(ts, fr, units + {op.attrs['load']}, {array}, {len(op.args)}, "
            f"n{self.index}[{op.attrs['n_']}], &{cache}, {self._mask(op, 0)})"
        )
        test = f"pb_knows_lazy_method({owner}, &{cache})" if lazy else f"PB_KNOWS_METHOD({owner}, &{cache})"
        self._builtin(op, test, owner, args, slow, 0)
        self.spills |= {(op.attrs["load"], i, rep) for at, i, rep in self.spills if at == op.attrs["at"]}

    def _builtin(self, op: Op, test: str, owner: str, args: list[str], slow: str, first: int) -> None:
        """Call what is known; behind the function, anything.  That takes the operands from `first` on over."""
        out, number, result = self.lines, len(self.labels), f"v{op.result.id}"
        self.labels[("S", id(op))] = f"S{number}"
        self._spill_for_drops(op)
        known = f"ts, &{self.cache_of[op]}.known, {owner}"
        more = f"_any({known}, (PyObject *[]){{{', '.join(['NULL', *args])}}} + 1, {len(args)})"
        call = (f"_0({known})", f"_1({known}, {''.join(args)})")[len(args)] if len(args) < 2 else more
        placed = self._placed(op)
        out += [f"if (PB_UNLIKELY(!{test})) goto S{number};", *placed]
        out += [f"{result} = pb_known{call};", *self._given_back(op, first), f"R{number}:;", *self._given_back(op, 0, first)]
        out.append(f"if (PB_UNLIKELY({result} == NULL)) goto {self._error(op)};")
        self.cold += [f"S{number}:;", *placed, f"{result} = {slow};", f"goto R{number};"]

    def _taken(self, op: Op) -> list[str]:
        """References for the operands that the operation takes over and that are not the code's own."""
        return [f"Py_{'X' if value.type.nullable else ''}INCREF({self.name(value)});" for value in op.take]

    def _taken_behind(self, op: Op, first: int) -> list[str]:
        """References for the operands from `first` on that are not the code's own."""
        pairs = list(zip(op.args, self._own(op), strict=True))[first:]
        return [f"Py_{'X' if value.type.nullable else ''}INCREF({self.name(value)});" for value, own in pairs if not own]

    def _own(self, op: Op) -> list[bool]:
        """For each operand whether its reference is the code's own, to be handed over; the others are borrowed."""
        taken = list(op.take)
        out = []
        for value in op.args:
            out.append(value not in taken and counted(value))
            if value in taken:
                taken.remove(value)
        return out

    def _mask(self, op: Op, first: int) -> str:
        """A bit for each of the arguments, the operands from `first` on, that is handed over."""
        return f"{sum(own << i for i, own in enumerate(self._own(op)[first:]))}u"

    def _given_back(self, op: Op, first: int, end: int | None = None) -> list[str]:
        """What was done did not take over those of the operands from `first` to `end` that are the code's own: they are dropped."""
        owned = zip(op.args, self._own(op), strict=True)
        return [self._drop(value, op.attrs["at"]) for value, own in list(owned)[first:end] if own]

    def _land(self) -> None:
        """Here is where the label of `_past` is."""
        if self.past is not None:
            self.lines.append(f"{self.past}:;")
            self.past = None

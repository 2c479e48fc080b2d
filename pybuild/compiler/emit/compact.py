"""The C of operations that nothing says are hot: one call each, to functions of runtime_c/native/compact.c.

Goes in: operations of cold blocks, with their references counted.  Comes out: the call, which releases the operands, says where the frame
is and adds it to tracebacks, and what is left to do: the jump where it fails, and whatever else ends there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from pybuild.compiler.emit.calls import CALLS, QUICK_BUILTINS, Calls
from pybuild.compiler.emit.values import BUILTINS, QUICK_OPERATORS
from pybuild.compiler.ir.model import DOUBLE, INTEGER, OBJECT, Op, Value
from pybuild.compiler.ir.ops import Declaration, declaration
from pybuild.compiler.lift.description import Unit
from pybuild.compiler.passes.refcount import counted

# as in compact.h
_TELL, _OWN_SHIFT, _LOAD_SHIFT = 0x8000, 16, 23
_MOST_OPERANDS, _MOST_UNITS, _MOST_BEHIND, _MOST_NUMBER = 7, 0x7FFF, 0x1FF, 0xFF
_IN_REGISTERS = {"call": 3, "invoke": 3}  # operands of calls that are passed one by one
_SLOW = {"borrow_attr": "load_attr", "borrow_global": "load_global", "borrow_item": "subscript_i"}
_BUILTIN_METHODS = frozenset(name for kind in (str, bytes, list, tuple, dict, set, int, float) for name in dir(kind))
_QUICK_CALLS = ("add", "subtract", "multiply")  # operators that have a function of their own
_BEHIND_CALL = 5  # units from a CALL to the next instruction, in 3.11


class Compact(Calls):
    """A writer that can write operations as calls."""

    in_light = False  # in a block that runs now and then: a loop of a function that nothing says is hot

    @cached_property
    def _units(self) -> dict[int, Unit]:
        return {unit.at: unit for unit in self.code.units}

    def _error(self, op: Op, before: str = "", *, add: bool = True, released: tuple[Value, ...] = (), told: Op | None = None) -> str:
        raise NotImplementedError

    def _spill(self, op: Op) -> None:
        raise NotImplementedError

    def is_compact(self, op: Op, declared: Declaration | None = None) -> bool:
        """Whether there is a function for `op` that finds what it needs in the code object."""
        kind = declared or declaration(op.name)
        at = op.attrs.get("at")
        if not kind.compact or (op.name == "next" and declared is None) or at is None or at > _MOST_UNITS:
            return False
        if op.name == "invoke":
            load = self._units[op.attrs["load"]]
            return load.arg <= _MOST_NUMBER and at - load.at <= _MOST_BEHIND and len(op.args) <= _MOST_OPERANDS
        if kind.instruction:
            unit = self._units.get(at)
            return unit is not None and unit.name in kind.instruction and unit.arg <= _MOST_NUMBER
        return True

    def is_worth_no_text(self, op: Op) -> bool:
        """Whether writing out more than a call does not make `op` quicker, or only if a guess is right that nothing supports."""
        if op.name == "call":
            load = op.args[0].op
            known = load.attrs.get("spelled", "") if load is not None and load.name in ("load_global", "borrow_global") else ""
            if known in QUICK_BUILTINS:
                return False
            return known not in self.function.notes.get("defined", (known,)) if self.in_light else known in BUILTINS
        if op.name == "invoke":
            name = self.code.names[op.attrs["n_"]]
            return name not in self.function.notes.get("defined", (name,)) and (self.in_light or name in _BUILTIN_METHODS)
        if op.name == "binary":
            return self.in_light or op.attrs["k"].removeprefix("inplace_") not in QUICK_OPERATORS
        if op.name in ("unpack", "add_to_local", "call_method", "load_method"):
            return self.in_light
        return not declaration(op.name).quick and op.name != "drop"

    def slow_call(self, op: Op) -> str:
        """What is called where the quick way was not enough, if that is a function that does the whole operation."""
        declared = declaration(_SLOW.get(op.name, op.name))
        if not declared.compact or not self.is_compact(op, declared):
            return ""
        where = f"{op.attrs['at']}"
        return self._expression_at(op, replace(declaration(op.name), compact=declared.compact), where)

    def write_compact(self, op: Op, following: Op | None) -> None:
        """The call and what is left; `following` is the operation behind it."""
        kind = declaration(op.name)
        out = self.lines
        if op.state is not None:
            self._spill(op)
        if op.name == "drop":
            out += self._released(op, op.drop)
            return
        if op.name in CALLS:
            self._compact_call(op, following)
        else:
            released = self._handed_over(op, kind)
            where = op.attrs["at"] | sum(1 << op.args.index(value) + _OWN_SHIFT for value in released)
            text = self._expression_at(op, kind, f"{where:#x}")
            if op.name == "binary" and (operator := op.attrs["k"].removeprefix("inplace_")) in _QUICK_CALLS:
                text = text.replace("pb_c_binary(", f"pb_c_{operator}(")
            error = self._error(op, add=False, released=released)
            if op.name == "unpack":
                out += ["{", f"PyObject *out[{max(1, len(op.results))}];", f"if (PB_UNLIKELY({text} < 0)) goto {error};"]
                out += [*(f"v{value.id} = out[{n}];" for n, value in enumerate(op.results)), "}"]
            elif kind.fail == "neg" and not op.results:
                out.append(f"if (PB_UNLIKELY({text} < 0)) goto {error};")
            else:
                out.append(f"v{op.results[0].id} = {text};")
                failed = f"v{op.results[-1].id}" if kind.fail == "second" else f"v{op.results[0].id}"
                out.append(f"if (PB_UNLIKELY({failed} {'< 0' if kind.fail == 'neg' else '== NULL'})) goto {error};")
        out += self._released(op, op.drop, () if op.name in CALLS else self._handed_over(op, kind))

    def _expression_at(self, op: Op, kind: Declaration, where: str) -> str:
        op.attrs["where"] = where
        try:
            return self.expression(op, kind, compact=True)
        finally:
            del op.attrs["where"]

    def _handed_over(self, op: Op, kind: Declaration) -> tuple[Value, ...]:
        """The operands that are dropped behind the operation on every way: it does that itself."""
        kept = op.handler.stack if op.handler is not None else ()
        if op.name == "make_function":  # it releases nothing
            return ()
        found: list[Value] = []
        for value in op.drop:
            n = op.args.index(value) if value in op.args else _MOST_OPERANDS
            if (
                op.name != "make_function"
                and n < _MOST_OPERANDS
                and value not in kept
                and value.rep == OBJECT
                and not value.type.nullable
                and not kind.takes_over(n)
            ):
                found.append(value)
        return tuple(found)

    def _released(self, op: Op, values: list[Value], besides: tuple[Value, ...] = ()) -> list[str]:
        return [f"pb_c_drop(fr, {op.attrs['at']}, {self.name(value)});" for value in values if value not in besides]

    # ------------------------------------------------------------------ calls

    def write_call(self, op: Op) -> None:
        """The call of a function that does the whole operation."""
        self._spill(op)
        self._compact_call(op, None)

    def _compact_call(self, op: Op, following: Op | None) -> None:
        out = self.lines
        own = self._own(op)
        if len(op.args) > _MOST_OPERANDS:  # no bits for them: all but the callee are handed over
            out += self._taken_behind(op, 1)
            own = [own[0], *([False] * (len(op.args) - 1))]
        where = op.attrs["at"] | sum(1 << n + _OWN_SHIFT for n, is_own in enumerate(own) if is_own)
        told = following if self._can_tell(op, following) else None
        if told is not None:
            where |= _TELL
        if op.name == "invoke":
            where |= op.attrs["at"] - op.attrs["load"] << _LOAD_SHIFT
            self.spills |= {(op.attrs["load"], i, rep) for at, i, rep in self.spills if at == op.attrs["at"]}
        cache = self.cache(op, "pb_invoke_cache" if op.name == "invoke" else "pb_call_cache")
        text = f"fr, {where:#x}u, &{cache}, {self._operands(op)}"
        out.append(f"v{op.result.id} = pb_c_{self._form(op)}({text});")
        out.append(f"if (PB_UNLIKELY(v{op.result.id} == NULL)) goto {self._error(op, add=False, told=told)};")

    def _form(self, op: Op) -> str:
        names = "_names" if op.attrs["keywords"] >= 0 else ""
        few = not names and len(op.args) <= _IN_REGISTERS.get(op.name, 0)
        return f"{op.name}{len(op.args) - (op.name == 'call')}" if few else f"{op.name}{names}"

    def _operands(self, op: Op) -> str:
        args = [self.name(value) for value in op.args]
        keywords = op.attrs["keywords"]
        if keywords < 0 and len(args) <= _IN_REGISTERS.get(op.name, 0):
            return ", ".join(args)
        behind = args if op.name == "invoke" else args[1:]
        array = f"(PyObject *[]){{NULL{''.join(f', {arg}' for arg in behind)}}} + 1"
        names = f", k{self.index}[{keywords}]" if keywords >= 0 else ""
        return f"{'' if op.name == 'invoke' else args[0] + ', '}{array}{names}, {len(behind)}"

    def _can_tell(self, op: Op, following: Op | None) -> bool:
        """Whether where the interpreter goes on when the call made tracing active can be told from where the call is."""
        if following is None or following.name != "check_tracing" or following.state is None:
            return False
        state = following.state
        numbers = any(value is not None and value.rep in (INTEGER, DOUBLE, "b") for value in state.locals)
        plain = all(value.rep == OBJECT for value in state.stack)
        behind = state.at == op.attrs["at"] + _BEHIND_CALL and state.stack[-1:] == (op.result,)
        held = all(value in state.stack for value in following.held)
        return behind and plain and held and not numbers and op.result not in state.stack[:-1]

    def told_stack(self, check: Op) -> list[str]:
        """What is on the stack below a call's result, put where the interpreter has it."""
        assert check.state is not None
        out: list[str] = []
        given: set[Value] = set()
        for n, value in enumerate(check.state.stack[:-1]):
            slot = f"L({self.code.slots + n})"
            if value.type.absent:
                out.append(f"{slot} = NULL;")
            elif counted(value) and value in check.held and value not in given:
                given.add(value)
                out.append(f"{slot} = {self.name(value)};")
            else:
                out.append(f"{slot} = {'Py_XNewRef' if value.type.nullable else 'Py_NewRef'}({self.name(value)});")
        return out

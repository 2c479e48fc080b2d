"""The C of calls of typed bodies, from a body that has a frame.

Goes in: `call_known` and the guard behind it.  Comes out: the test whether the callee is what it was at build time, and its typed body
called directly; behind the function, what is done where it is another one, refuses, or was suspended.
"""

from __future__ import annotations

from pybuild.compiler.emit.compact import Compact
from pybuild.compiler.emit.values import C_TYPES
from pybuild.compiler.ir.model import OBJECT, Block, Function, Op

_BOX = {"i": "pb_box_i", "d": "pb_box_d"}


class KnownCalls(Compact):
    """A writer that can write calls of typed bodies."""

    def __init__(self, function: Function) -> None:
        super().__init__(function)
        self.cold: list[str] = []  # what seldom happens, behind the last block

    def _leave(self, op: Op) -> str:
        raise NotImplementedError

    def _op_call_known_i(self, op: Op, following: Block | None) -> None:
        self._spill_for_drops(op)
        cache = self.cache(op, "pb_call_cache")
        callee, *args = map(self.name, op.args)
        index, takes, rep = op.attrs["callee"], op.attrs["takes"], op.name[-1]
        other, number = (f"v{value.id}" for value in op.results)
        slow, back = f"S{other}", f"R{other}"
        if "known" not in self.declared.get("b", ()):
            self.declared.setdefault("b", []).append("known")
        out = self.lines
        out += ["known = PB_REFUSED;", "{"]
        passed = []
        for n, (value, text, wanted) in enumerate(zip(op.args[1:], args, takes, strict=True)):
            if value.rep == OBJECT:
                out.append(f"{C_TYPES[wanted]}x{n};")
                passed.append(f"x{n}")
            else:
                passed.append(text)
        tests = [f"!PB_KNOWN({callee}, native{index})", f"!PB_MAY_TYPE(ts, native{index})"]
        tests += [f"pb_unbox_{takes[n]}({text}, &x{n}) < 0" for n, text in enumerate(args) if op.args[n + 1].rep == OBJECT]
        out.append(f"if (PB_UNLIKELY({' || '.join(tests)})) goto {slow};")
        result = "d" if rep == "d" else "i"
        arguments = ", ".join(["ts", f"(PyFunctionObject *){callee}", "ts->recursion_remaining", *passed])
        out.append(f"pb_result_{result} r = ty{index}({arguments});")
        out.append(f"if (PB_UNLIKELY(r.status != PB_DONE)) {{ known = (int)r.status; goto {slow}; }}")
        out.append(f"{number} = {'(int)' if rep == 'b' else ''}r.value;")
        out += [*self._given_back(op, 0), "}", f"goto {self._past(op)};", f"{back}:;"]
        boxed = [f"{_BOX[value.rep]}({text})" if value.rep != OBJECT else text for value, text in zip(op.args[1:], args, strict=True)]
        made = sum((value.rep != OBJECT) << n for n, value in enumerate(op.args[1:]))
        self.cold += [
            f"{slow}:;",
            *self._placed(op),
            f"{{ PyObject *args[] = {{NULL, {', '.join(boxed)}}};",
            f"{other} = pb_known_slow(ts, &native{index}, {callee}, args + 1, {len(args)}, &{cache}, "
            f"{self._mask(op, 1)}, {made}u, known); }}",
            *self._given_back(op, 0, 1),
            f"if (PB_UNLIKELY({other} == NULL)) goto {self._error(op)};",
            f"pb_plain_{rep}(&{other}, &{number});",
            f"goto {back};",
        ]

    _op_call_known_d = _op_call_known_b = _op_call_known_i

    def _op_check_number(self, op: Op, following: Block | None) -> None:
        """The object is none that could be a number: the interpreter goes on with it."""
        name = self.name(op.args[0])
        self.lines.append(f"if (PB_UNLIKELY({name} != NULL)) goto {self._leave(op)};")

"""The C of what seldom happens in a body, which stands behind its last block: exceptions, and going on in the interpreter.

Goes in: operations that raise or leave, with what is owned then.  Comes out: labels, one for each distinct combination of place and of what
is to be released; all ways out of the function lead to one end, which is told how.
"""

from __future__ import annotations

from collections.abc import Sequence

from pybuild.compiler.emit.known import KnownCalls
from pybuild.compiler.ir.model import DOUBLE, INTEGER, OBJECT, Block, Function, Op, Value
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.passes.refcount import counted

BOX = {INTEGER: "pb_box_i", DOUBLE: "pb_box_d", "b": "PyBool_FromLong"}
# how functions end where they seldom do, as in compact.h
_WAYS = {"return": 0, "unwind": 1, "raise": 2, "leave": 3, "leave_by_guess": 4, "traced": 5, "again": 6}
_WAY_SHIFT, _DEPTH_SHIFT = 15, 18


class Endings(KnownCalls):
    """A writer that can write what seldom happens."""

    def __init__(self, function: Function) -> None:
        super().__init__(function)
        self.jumped_to: set[Block] = set()
        self.ends = False  # whether the way to end at the very end is taken
        self.deepest = 0  # what is put on the interpreter's stack at most
        self.told: set[Op] = set()  # questions about tracing that the call before has asked

    def _end(self, way: str, depth: int, at: int = 0) -> list[str]:
        """End the function with so many values on the stack: `unwind`, or, if the operation has raised and this frame is not in the
        traceback, `raise`; `leave` or `leave_by_guess` at unit `at`; `return` there what is on the stack."""
        self.ends = True
        self.deepest = max(self.deepest, depth)
        lines = [f"how = {at | _WAYS[way] << _WAY_SHIFT | depth << _DEPTH_SHIFT:#x};", "goto end;"]
        return lines if at else [f"goto {self._cold_label(lines)};"]

    def _spilled_locals(self, op: Op) -> list[str]:
        """Bring home the locals that are not, as objects."""
        assert op.state is not None
        return [
            f"{self._if_bound(value)}pb_c_home_{value.rep}(&L({i}), {self.name(value)});"
            for i, value in enumerate(op.state.locals)
            if value is not None and value.rep != OBJECT
        ]

    def _if_bound(self, value: Value) -> str:
        return f"if ({self.name(value.bound)}) " if value.bound is not None else ""

    def _error(self, op: Op, before: str = "", *, add: bool = True, released: tuple[Value, ...] = (), told: Op | None = None) -> str:
        """The label where the exception that `op` has raised is dealt with; `add` this frame to its traceback first.  `released`
        are operands that are no more; `told` is the question about tracing that a call has answered by raising nothing."""
        handler = op.handler
        out = self._spilled_locals(op)
        again = op.name.startswith("reraise") or (op.name == "raise" and not add)
        placed = not add or declaration(op.name).runs or op.name in ("reraise", "reraise_lasti")
        if before:
            out.append(before)
        if add and handler is not None:
            out.append("pb_traceback(ts, fr);" if placed else f"pb_c_failed(fr, {op.attrs['at']});")
            placed = True
        if told is not None:
            assert told.state is not None
            self.told.add(told)
            on_stack = [*self.told_stack(told), *self._end("unwind", len(told.state.stack) - 1)]
            if handler is None:
                return self._cold_label(on_stack)
            out.append(f"if (ts->curexc_type == NULL) goto {self._cold_label(on_stack)};")
        cleanup = [value for value in op.cleanup if value not in released]
        if handler is None:
            # as if they were on the interpreter's stack, the first to be released on top
            out += [f"L({self.code.slots + n}) = {self.name(value)};" for n, value in enumerate(reversed(cleanup))]
            out += self._end("raise" if add else "again" if again else "unwind", len(cleanup))
        else:
            kept: set[Value] = set()
            for value in handler.stack:
                if counted(value) and (value in kept or not self._was_owned(op, value)):
                    out.append(f"Py_{'X' if value.type.nullable else ''}INCREF({self.name(value)});")
                elif not counted(value) and not value.type.absent and value.rep == OBJECT:
                    out.append(f"Py_INCREF({self.name(value)});")
                kept.add(value)
            params = handler.block.params
            caught = self._handler_moves(list(zip(params, handler.stack, strict=False)))
            if not again:
                traced = [f"L({self.code.slots + n}) = v{param.id};" for n, param in enumerate(params[: len(handler.stack)])]
                traced += self._end("traced", len(handler.stack))
                caught.append(f"if (PB_UNLIKELY(pb_traced(ts))) goto {self._cold_label(traced)};")
            if handler.lasti:
                caught.append(f"v{params[len(handler.stack)].id} = pb_lasti(fr);")
            caught.append(f"v{params[-1].id} = pb_catch(ts);")
            self.jumped_to.add(handler.block)
            out += [self._release(value) for value in cleanup]
            out.append(f"goto {self._cold_label([*caught, f'goto B{handler.block.id};'])};")
        # what runs other code has said before where it is; the others say it here
        if not placed:
            out.insert(0, f"fr->prev_instr = units + {op.attrs['at']};")
        return self._cold_label(out)

    def _cold_label(self, out: list[str]) -> str:
        """A label behind the function where this is done: the last line is a jump or a return."""
        if len(out) == 1 and out[0].startswith("goto "):
            return out[0][5:-1]
        key = ("E", *out)
        if key not in self.labels:
            self.labels[key] = f"E{len(self.labels)}"
            self.cold += [f"{self.labels[key]}:;", *out]
        return self.labels[key]

    def _release(self, value: Value) -> str:
        """A reference dropped where it does not matter how quickly."""
        return f"pb_release({self.name(value)});"

    def _handler_moves(self, moves: Sequence[tuple[Value, Value]]) -> list[str]:
        """As `_moves`; what is no object yet becomes one."""
        boxed = [(param, arg) for param, arg in moves if arg.rep != OBJECT]
        out = self.moves([(param, arg) for param, arg in moves if arg.rep == OBJECT])
        for param, arg in boxed:
            if arg.rep == "R" and arg.op is not None:
                out.append(f"v{param.id} = pb_range_iterator({', '.join(map(self.name, arg.op.args))});")
            else:
                out.append(f"v{param.id} = {BOX[arg.rep]}({self.name(arg)});")
        return out

    def _was_owned(self, op: Op, value: Value) -> bool:
        return value in op.attrs.get("owned", ())

    def _leave(self, op: Op) -> str:
        """The label where the interpreter takes over at the state of `op`."""
        assert op.state is not None
        state = op.state
        out = self._spilled_locals(op)
        given: set[Value] = set()
        for n, value in enumerate(state.stack):
            slot = f"L({self.code.slots + n})"
            if value.rep == "R" and value.op is not None:
                out.append(f"{slot} = pb_range_iterator({', '.join(map(self.name, value.op.args))});")
            elif value.rep != OBJECT:
                out.append(f"{slot} = NULL;")
                out.append(f"pb_c_home_{value.rep}(&{slot}, {self.name(value)});")
            elif value in op.held and value not in given:
                given.add(value)
                out.append(f"{slot} = {self.name(value)};")
            else:
                function = "Py_XNewRef" if value.type.nullable or value.type.absent else "Py_NewRef"
                out.append(f"{slot} = {function}({self.name(value)});" if not value.type.absent else f"{slot} = NULL;")
        out += [self._release(value) for value in op.held if value not in given]
        out += self._end("leave" if op.name == "check_tracing" else "leave_by_guess", len(state.stack), state.at)
        return self._cold_label(out)

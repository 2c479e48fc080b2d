"""CPython 3.11's bytecode to IR.

Goes in: the description of a code object.  Comes out: a function in SSA form, all values objects.  The stack is followed while lifting, so
that stack slots and locals become values; every block that more than one edge leads to gets parameters for all of them, of which `_prune`
then removes those that are always the same value.  At the start of exception handlers nothing is known of the locals but their homes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pybuild.compiler.ir.model import TRUTH, Block, Edge, Function, Handler, Op, State, Value, replace_values
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.ir.types import ANY, BOOL, FLOAT, INT, NONE, NULL, NULLABLE, STR, Type
from pybuild.compiler.lift.description import Code, Protected, Unit
from pybuild.errors import PybuildError

BINARY = (
    "add", "and", "floor_divide", "lshift", "matrix_multiply", "multiply", "remainder", "or", "power", "rshift", "subtract",
    "true_divide", "xor",
)  # fmt: skip
COMPARE = ("<", "<=", "==", "!=", ">", ">=")
_JUMPS_BACK = ("JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT")
_ENDS = ("RETURN_VALUE", "RAISE_VARARGS", "RERAISE", "JUMP_FORWARD", *_JUMPS_BACK)


class Unsupported(PybuildError):
    """A code object that stays bytecode; the message says why."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return self.why


def lift(code: Code) -> Function:
    """The function of `code`.  Raises Unsupported."""
    if code.is_generator:
        raise Unsupported("it is a generator or coroutine")
    lifter = _Lifter(code)
    lifter.run()
    _prune(lifter.function)
    return lifter.function


def target_of(unit: Unit) -> int | None:
    """The unit that `unit` may jump to, None when it is no jump."""
    name = unit.name
    size = {"FOR_ITER": 0, "SEND": 0}.get(name, 0)
    if name in ("JUMP_FORWARD", "FOR_ITER", "JUMP_IF_FALSE_OR_POP", "JUMP_IF_TRUE_OR_POP") or name.startswith("POP_JUMP_FORWARD"):
        return unit.at + 1 + size + unit.arg
    if name in _JUMPS_BACK or name.startswith("POP_JUMP_BACKWARD"):
        return unit.at + 1 - unit.arg
    return None


class _Lifter:
    def __init__(self, code: Code) -> None:
        self.code = code
        self.function = Function(code)
        self.function.notes["index"] = code.index
        self.cell_slots = {i for i, name in enumerate(code.variables) if name in code.cells or i >= code.slots - len(code.free)}
        self.blocks: dict[int, Block] = {}
        self.entry_states: dict[int, tuple[list[Value], list[Value | None]]] = {}
        self.stack: list[Value] = []
        self.locals: list[Value | None] = []
        self.block = Block(0)
        self.unit = code.units[0]
        self.handler: Protected | None = None
        self.keywords = -1
        self.call_starts = 0
        self.by_at = {unit.at: n for n, unit in enumerate(code.units)}
        self.null = Value(0)

    # ------------------------------------------------------------------ blocks

    def run(self) -> None:
        code = self.code
        by_start = {unit.start: n for n, unit in enumerate(code.units)}
        leaders, predecessors = self._leaders(by_start)
        order = sorted(leaders)
        entry = self._new_block(-1)
        self._start(entry)
        first = self._target(order[0], predecessors, 2 if predecessors.get(order[0], 0) else 1)
        self._end("jump", [], [first])
        pending = [order[0]]
        done: set[int] = set()
        while pending:
            pending.sort(reverse=True)
            start = pending.pop()
            if start in done:
                continue
            done.add(start)
            self._lift_block(start, by_start[start], leaders, predecessors, by_start)
            pending += [at for at in self.entry_states if at not in done]

    def _leaders(self, by_start: dict[int, int]) -> tuple[set[int], dict[int, int]]:
        """Where blocks start, and how many edges lead there (handlers count twice: they need parameters of their own)."""
        units = self.code.units
        leaders = {units[0].start}
        predecessors: dict[int, int] = {}
        for n, unit in enumerate(units):
            target = target_of(unit)
            after = units[n + 1].start if n + 1 < len(units) else None
            if target is not None:
                leaders.add(target)
                predecessors[target] = predecessors.get(target, 0) + 1
            if (target is not None or unit.name in _ENDS) and after is not None:
                leaders.add(after)
        for entry in self.code.exceptions:
            leaders.add(entry.target)
            predecessors[entry.target] = predecessors.get(entry.target, 0) + 2
        for n, unit in enumerate(units[1:], 1):
            before = units[n - 1]
            if unit.start in leaders and before.name not in _ENDS:
                predecessors[unit.start] = predecessors.get(unit.start, 0) + 1
        return leaders, predecessors

    def _new_block(self, at: int) -> Block:
        block = Block(len(self.function.blocks))
        block.at = at
        self.function.blocks.append(block)
        return block

    def _start(self, entry: Block) -> None:
        """The function's first block: arguments, and what unset locals are."""
        self.block = entry
        code = self.code
        self.locals = [None] * code.slots
        self.null = self._simple("null", type=NULL)
        for i in range(code.slots):
            if i in self.cell_slots:
                continue
            if i < code.parameters:
                value = self._simple("argument", i=i)
                if i >= code.arguments + code.keyword:
                    is_tuple = bool(code.flags & 0x4) and i == code.arguments + code.keyword
                    value.type = Type("tuple" if is_tuple else "dict")
                self.function.params.append(value)
                self.locals[i] = value
            else:
                self.locals[i] = self.null

    def _target(self, at: int, predecessors: dict[int, int], count: int | None = None) -> Edge:
        """An edge to the block at unit `at` with the present state."""
        count = predecessors.get(at, 0) if count is None else count
        block = self.blocks.get(at)
        if block is None:
            block = self.blocks[at] = self._new_block(at)
            if count <= 1:
                self.entry_states[at] = (list(self.stack), list(self.locals))
                return Edge(block)
            stack = [self.function.value(type=NULLABLE if value.type.nullable or value.type.absent else ANY) for value in self.stack]
            locals_: list[Value | None] = [
                self.function.value(type=NULLABLE, home=i) if i not in self.cell_slots else None for i in range(self.code.slots)
            ]
            block.params = stack + [value for value in locals_ if value is not None]
            self.entry_states[at] = (stack, locals_)
        elif count <= 1:
            raise Unsupported("its control flow is not understood")
        stack, locals_ = self.entry_states[at]
        if len(stack) != len(self.stack):
            raise Unsupported("its stack has no fixed depth")
        if block.is_handler:
            return Edge(block, list(self.stack))
        args = list(self.stack)
        for i, param in enumerate(locals_):
            if param is not None:
                args.append(self._local(i))
        return Edge(block, args)

    def _local(self, i: int) -> Value:
        value = self.locals[i]
        if value is None:
            value = self._simple("load_home", type=NULLABLE, i=i)
            self.locals[i] = value
        return value

    def _handler_block(self, entry: Protected) -> Block:
        block = self.blocks.get(entry.target)
        if block is None:
            block = self.blocks[entry.target] = self._new_block(entry.target)
            block.is_handler = block.cold = True
            stack = [self.function.value(type=NULLABLE) for _ in range(entry.depth + entry.lasti + 1)]
            stack[-1].type = ANY
            block.params = list(stack)
            self.entry_states[entry.target] = (stack, [None] * self.code.slots)
        elif not block.is_handler:
            raise Unsupported("a handler is jumped to before it is known to be one")
        return block

    def _lift_block(self, start: int, n: int, leaders: set[int], predecessors: dict[int, int], by_start: dict[int, int]) -> None:
        self.block = self.blocks[start]
        stack, locals_ = self.entry_states[start]
        self.stack, self.locals = list(stack), list(locals_)
        self.block.entry_locals = tuple(locals_)
        self.block.entry_stack = tuple(stack)
        units = self.code.units
        while True:
            unit = units[n]
            self.unit = unit
            self.handler = next((e for e in self.code.exceptions if e.start <= unit.at < e.end), None)
            after = units[n + 1].start if n + 1 < len(units) else -1
            if self._control(unit, after, predecessors):
                return
            method: Callable[[int], None] | None = getattr(self, f"_{unit.name.lower()}", None)
            if method is None:
                raise Unsupported(f"it uses {unit.name}")
            method(unit.arg)
            n += 1
            if units[n].start in leaders:
                self._end("jump", [], [self._target(units[n].start, predecessors)])
                return

    # ------------------------------------------------------------------ operations

    def _simple(self, name: str, args: Sequence[Value] = (), rep: str = "O", type: Type = ANY, **attrs: object) -> Value:
        """An operation with one result, of which CPython knows nothing."""
        result = self.function.value(rep, type)
        self.block.ops.append(self.function.op(name, list(args), [result], None, **attrs))
        return result

    def _state(self) -> State:
        return State(self.unit.start, tuple(self.stack), tuple(self.locals))

    def _emit(
        self, name: str, args: Sequence[Value], results: int = 1, *, stack: Sequence[Value] | None = None, **attrs: object
    ) -> list[Value]:
        """An operation of the present unit; `stack` is what lies below its operands when it raises (default: the stack now)."""
        kind = declaration(name)
        reps = kind.results if kind.results != "*" else "O" * results
        made = [self.function.value(rep) for rep in reps]
        start = self.call_starts if name in ("call", "call_method") else self.unit.start
        state = State(start, tuple(self.before), tuple(self.locals))
        op = self.function.op(name, list(args), made, state, at=self.unit.at, **attrs)
        if kind.raises and self.handler is not None:
            block = self._handler_block(self.handler)
            rest = self.before if stack is None else list(stack)
            op.handler = Handler(block, tuple(rest[: self.handler.depth]), self.handler.lasti)
        self.block.ops.append(op)
        return made

    def _control(self, unit: Unit, after: int, predecessors: dict[int, int]) -> bool:
        """Lift a control instruction; whether it was one."""
        self.before = list(self.stack)
        name = unit.name
        target = target_of(unit)
        if name == "RETURN_VALUE":
            self._end("return", [self.stack.pop()], [])
        elif name == "RAISE_VARARGS":
            args = self._pop(unit.arg)
            self._emit("raise", args, 0, n=unit.arg)
        elif name == "RERAISE":
            value = self.stack.pop()
            if unit.arg:
                self._emit("reraise_lasti", [value, self.stack[-unit.arg]], 0)
            else:
                self._emit("reraise", [value], 0)
        elif name == "JUMP_FORWARD":
            assert target is not None
            self._end("jump", [], [self._target(target, predecessors)])
        elif name in _JUMPS_BACK:
            assert target is not None
            self._poll(target)
            self._end("jump", [], [self._target(target, predecessors)])
        elif name == "FOR_ITER":
            assert target is not None
            iterator = self.stack[-1]
            item = self._emit("next", [iterator])[0]
            item.type = NULLABLE
            test = self._simple("is_null", [item], TRUTH)
            stack = list(self.stack)
            self.stack = stack[:-1]
            done = self._target(target, predecessors)
            self.stack = [*stack, item]
            self._end("branch", [test], [done, self._target(after, predecessors)])
        elif name in ("JUMP_IF_FALSE_OR_POP", "JUMP_IF_TRUE_OR_POP"):
            assert target is not None
            value = self.stack[-1]
            test = self._emit("truth", [value])[0]
            jump = self._target(target, predecessors)
            self.stack.pop()
            fall = self._target(after, predecessors)
            self._end("branch", [test], [jump, fall] if name == "JUMP_IF_TRUE_OR_POP" else [fall, jump])
        elif name.startswith("POP_JUMP"):
            assert target is not None
            self._pop_jump(name, target, after, predecessors)
        else:
            return False
        return True

    def _pop_jump(self, name: str, target: int, after: int, predecessors: dict[int, int]) -> None:
        value = self.stack.pop()
        if name.endswith("NONE"):
            test = self._simple("is", [value, self._none()], TRUTH)
            sense = not name.endswith("NOT_NONE")
        else:
            test = self._emit("truth", [value])[0]
            sense = name.endswith("TRUE")
        if "BACKWARD" in name:
            # a loop's test at its bottom: what must be looked at on the way back has a block of its own
            way = self._new_block(target)
            here, stack, locals_ = self.block, list(self.stack), list(self.locals)
            fall = self._target(after, predecessors)
            self._end("branch", [test], [Edge(way), fall] if sense else [fall, Edge(way)])
            self.block, self.stack, self.locals = way, stack, locals_
            way.entry_locals, way.entry_stack = tuple(locals_), tuple(stack)
            self._poll(target)
            self._end("jump", [], [self._target(target, predecessors)])
            self.block = here
            return
        jump = self._target(target, predecessors)
        fall = self._target(after, predecessors)
        self._end("branch", [test], [jump, fall] if sense else [fall, jump])

    def _poll(self, target: int) -> None:
        """Signals, other threads, tracing: at every jump backwards; the interpreter would go on at `target`."""
        self.before = list(self.stack)
        self._emit("poll", [], 0)
        op = self.function.op("check_tracing", [], [], State(target, tuple(self.stack), tuple(self.locals)), at=target)
        self.block.ops.append(op)

    def _after_call(self) -> None:
        """Whether tracing was switched on, at the next instruction."""
        units = self.code.units
        after = units[self.by_at[self.unit.at] + 1]
        self.block.ops.append(
            self.function.op("check_tracing", [], [], State(after.start, tuple(self.stack), tuple(self.locals)), at=after.at)
        )

    def _end(self, name: str, args: list[Value], edges: list[Edge]) -> None:
        op = self.function.op(name, args, [], self._state(), at=self.unit.at)
        op.edges = edges
        self.block.ops.append(op)

    def _none(self) -> Value:
        return self._simple("single", type=NONE, k="Py_None")

    def _pop(self, count: int) -> list[Value]:
        if count == 0:
            return []
        values = self.stack[-count:]
        del self.stack[-count:]
        return values

    def _push(self, value: Value) -> None:
        self.stack.append(value)

    def _push_truth(self, value: Value) -> None:
        self._push(self._simple("box_b", [value], type=BOOL))

    # ------------------------------------------------------------------ instructions: stack, constants, locals

    def _resume(self, arg: int) -> None:
        pass

    _nop = _copy_free_vars = _make_cell = _resume

    def _precall(self, arg: int) -> None:
        self.call_starts = self.unit.start if self.keywords < 0 else self.call_starts

    def _pop_top(self, arg: int) -> None:
        self._drop(self.stack.pop())

    def _drop(self, value: Value) -> None:
        """A value is released here: its finaliser may run."""
        self._emit("drop", [value], 0)

    def _push_null(self, arg: int) -> None:
        self._push(self.null)

    def _swap(self, arg: int) -> None:
        self.stack[-1], self.stack[-arg] = self.stack[-arg], self.stack[-1]

    def _copy(self, arg: int) -> None:
        self._push(self.stack[-arg])

    def _load_const(self, arg: int) -> None:
        kind, value = self.code.constants[arg]
        types = {"int": INT, "float": FLOAT, "str": STR, "tuple": Type("tuple")}
        if kind == "single":
            type_ = {"None": NONE, "True": BOOL, "False": BOOL}.get(value, ANY)
            names = {"None": "Py_None", "True": "Py_True", "False": "Py_False", "Ellipsis": "Py_Ellipsis"}
            self._push(self._simple("single", type=type_, k=names[value]))
            return
        self._push(self._simple("const", type=types.get(kind, ANY), k=arg, kind=kind, value=value))

    def _load_fast(self, arg: int) -> None:
        value = self._local(arg)
        if value.type.absent:
            value = self._emit("check_bound", [value], i=arg)[0]
        elif value.type.nullable:
            value = self._emit("check_bound", [value], i=arg)[0]
            self.locals[arg] = value
        self._push(value)

    def _store_fast(self, arg: int) -> None:
        value = self.stack.pop()
        old = self.locals[arg]
        self._emit("store_local", [value], 0, i=arg, old=old)
        self.locals[arg] = value

    def _delete_fast(self, arg: int) -> None:
        value = self._local(arg)
        if value.type.nullable or value.type.absent:
            self._emit("check_bound", [value], i=arg)
        self._emit("clear_local", [], 0, i=arg, old=value)
        self.locals[arg] = self.null

    def _load_closure(self, arg: int) -> None:
        self._push(self._emit("load_closure", [], i=arg)[0])

    def _load_deref(self, arg: int) -> None:
        self._push(self._emit("load_deref", [], i=arg)[0])

    def _load_classderef(self, arg: int) -> None:
        self._push(self._emit("load_classderef", [], i=arg)[0])

    def _store_deref(self, arg: int) -> None:
        self._emit("store_deref", [self.stack.pop()], 0, i=arg)

    def _delete_deref(self, arg: int) -> None:
        self._emit("delete_deref", [], 0, i=arg)

    # ------------------------------------------------------------------ instructions: names, attributes, items

    def _named(self, name: str, args: Sequence[Value], arg: int, results: int = 1) -> list[Value]:
        return self._emit(name, args, results, n_=arg, spelled=self.code.names[arg])

    def _load_global(self, arg: int) -> None:
        if arg & 1:
            self._push(self.null)
        self._push(self._named("load_global", [], arg >> 1)[0])

    def _store_global(self, arg: int) -> None:
        self._named("store_global", [self.stack.pop()], arg, 0)

    def _delete_global(self, arg: int) -> None:
        self._named("delete_global", [], arg, 0)

    def _load_name(self, arg: int) -> None:
        self._push(self._named("load_name", [], arg)[0])

    def _store_name(self, arg: int) -> None:
        self._named("store_name", [self.stack.pop()], arg, 0)

    def _delete_name(self, arg: int) -> None:
        self._named("delete_name", [], arg, 0)

    def _load_build_class(self, arg: int) -> None:
        self._push(self._emit("load_build_class", [])[0])

    def _setup_annotations(self, arg: int) -> None:
        self._emit("setup_annotations", [], 0)

    def _import_name(self, arg: int) -> None:
        level, names = self._pop(2)
        self._push(self._named("import_name", [level, names], arg)[0])

    def _import_from(self, arg: int) -> None:
        self._push(self._named("import_from", [self.stack[-1]], arg)[0])

    def _import_star(self, arg: int) -> None:
        self._emit("import_star", [self.stack.pop()], 0)

    def _load_attr(self, arg: int) -> None:
        self._push(self._named("load_attr", [self.stack.pop()], arg)[0])

    def _load_method(self, arg: int) -> None:
        method, owner = self._named("load_method", [self.stack.pop()], arg)
        method.type = NULLABLE
        self.stack += [method, owner]

    def _store_attr(self, arg: int) -> None:
        value, owner = self._pop(2)
        self._named("store_attr", [owner, value], arg, 0)

    def _delete_attr(self, arg: int) -> None:
        self._named("delete_attr", [self.stack.pop()], arg, 0)

    def _binary_subscr(self, arg: int) -> None:
        self._push(self._emit("subscript", self._pop(2))[0])

    def _store_subscr(self, arg: int) -> None:
        value, container, key = self._pop(3)
        self._emit("store_subscript", [container, key, value], 0)

    def _delete_subscr(self, arg: int) -> None:
        self._emit("delete_subscript", self._pop(2), 0)

    def _build_slice(self, arg: int) -> None:
        parts = self._pop(arg)
        if arg == 2:
            parts.append(self._none())
        result = self._emit("build_slice", parts)[0]
        result.type = Type("slice")
        self._push(result)

    # ------------------------------------------------------------------ instructions: operators

    def _binary_op(self, arg: int) -> None:
        name = BINARY[arg] if arg < len(BINARY) else "inplace_" + BINARY[arg - len(BINARY)]
        self._push(self._emit("binary", self._pop(2), k=name)[0])

    def _unary(self, name: str) -> None:
        self._push(self._emit(name, [self.stack.pop()])[0])

    def _unary_negative(self, arg: int) -> None:
        self._unary("unary_negative")

    def _unary_positive(self, arg: int) -> None:
        self._unary("unary_positive")

    def _unary_invert(self, arg: int) -> None:
        self._unary("unary_invert")

    def _unary_not(self, arg: int) -> None:
        test = self._emit("truth", [self.stack.pop()])[0]
        self._push_truth(self._simple("not", [test], TRUTH))

    def _compare_op(self, arg: int) -> None:
        self._push(self._emit("compare", self._pop(2), k=arg)[0])

    def _is_op(self, arg: int) -> None:
        left, right = self._pop(2)
        test = self._emit("is", [left, right])[0]
        self._push_truth(self._simple("not", [test], TRUTH) if arg else test)

    def _contains_op(self, arg: int) -> None:
        left, right = self._pop(2)
        test = self._emit("contains", [left, right])[0]
        self._push_truth(self._simple("not", [test], TRUTH) if arg else test)

    # ------------------------------------------------------------------ instructions: calls

    def _kw_names(self, arg: int) -> None:
        self.keywords = arg
        self.call_starts = self.unit.start

    def _call(self, arg: int) -> None:
        args = self._pop(arg)
        method, owner = self._pop(2)
        keywords, self.keywords = self.keywords, -1
        attrs: dict[str, Any] = {"keywords": keywords, "count": arg}
        if method is self.null:
            result = self._emit("call", [owner, *args], **attrs)[0]
        else:
            result = self._emit("call_method", [method, owner, *args], **attrs)[0]
        self._push(result)
        self._after_call()

    def _call_function_ex(self, arg: int) -> None:
        values = self._pop(3 if arg & 1 else 2)
        self.stack.pop()
        self._push(self._emit("call_ex_keywords" if arg & 1 else "call_ex", values)[0])
        self._after_call()

    def _make_function(self, arg: int) -> None:
        code = self.stack.pop()
        extras = self._pop(bin(arg & 15).count("1"))
        result = self._emit("make_function", [code, *extras], k=arg)[0]
        result.type = Type("function")
        self._push(result)

    # ------------------------------------------------------------------ instructions: containers

    def _build(self, name: str, count: int, cls: str, args: list[Value] | None = None) -> None:
        result = self._emit(name, self._pop(count) if args is None else args)[0]
        result.type = Type(cls)
        self._push(result)

    def _build_tuple(self, arg: int) -> None:
        self._build("build_tuple", arg, "tuple")

    def _build_list(self, arg: int) -> None:
        self._build("build_list", arg, "list")

    def _build_set(self, arg: int) -> None:
        self._build("build_set", arg, "set")

    def _build_map(self, arg: int) -> None:
        self._build("build_map", 2 * arg, "dict")

    def _build_const_key_map(self, arg: int) -> None:
        keys = self.stack.pop()
        self._build("build_const_key_map", 0, "dict", [keys, *self._pop(arg)])

    def _build_string(self, arg: int) -> None:
        self._build("build_string", arg, "str")

    def _format_value(self, arg: int) -> None:
        if arg & 4:
            self._push(self._emit("format_value_spec", self._pop(2), k=arg)[0])
        else:
            self._push(self._emit("format_value", self._pop(1), k=arg)[0])

    def _list_append(self, arg: int) -> None:
        value = self.stack.pop()
        self._emit("list_append", [self.stack[-arg], value], 0)

    def _list_extend(self, arg: int) -> None:
        value = self.stack.pop()
        self._emit("list_extend", [self.stack[-arg], value], 0)

    def _list_to_tuple(self, arg: int) -> None:
        self._build("list_to_tuple", 1, "tuple")

    def _set_add(self, arg: int) -> None:
        value = self.stack.pop()
        self._emit("set_add", [self.stack[-arg], value], 0)

    def _set_update(self, arg: int) -> None:
        value = self.stack.pop()
        self._emit("set_update", [self.stack[-arg], value], 0)

    def _map_add(self, arg: int) -> None:
        key, value = self._pop(2)
        self._emit("map_add", [self.stack[-arg], key, value], 0)

    def _dict_update(self, arg: int) -> None:
        value = self.stack.pop()
        self._emit("dict_update", [self.stack[-arg], value], 0)

    def _dict_merge(self, arg: int) -> None:
        value = self.stack.pop()
        self._emit("dict_merge", [self.stack[-2 - arg], self.stack[-arg], value], 0)

    def _unpack_sequence(self, arg: int) -> None:
        self.stack += reversed(self._emit("unpack", [self.stack.pop()], arg, k=arg))

    def _unpack_ex(self, arg: int) -> None:
        self.stack += reversed(self._emit("unpack_ex", [self.stack.pop()], (arg & 0xFF) + 1 + (arg >> 8), k=arg))

    def _get_iter(self, arg: int) -> None:
        self._push(self._emit("get_iter", [self.stack.pop()])[0])

    def _get_len(self, arg: int) -> None:
        self._push(self._emit("get_len", [self.stack[-1]])[0])

    # ------------------------------------------------------------------ instructions: pattern matching

    def _match_mapping(self, arg: int) -> None:
        self._push_truth(self._emit("match_mapping", [self.stack[-1]])[0])

    def _match_sequence(self, arg: int) -> None:
        self._push_truth(self._emit("match_sequence", [self.stack[-1]])[0])

    def _match_class(self, arg: int) -> None:
        self._push(self._emit("match_class", self._pop(3), k=arg)[0])

    def _match_keys(self, arg: int) -> None:
        self._push(self._emit("match_keys", self.stack[-2:])[0])

    # ------------------------------------------------------------------ instructions: exceptions

    def _push_exc_info(self, arg: int) -> None:
        exception = self.stack.pop()
        self.stack += [self._emit("push_exc_info", [exception])[0], exception]

    def _pop_except(self, arg: int) -> None:
        self._emit("pop_except", [self.stack.pop()], 0)

    def _check_exc_match(self, arg: int) -> None:
        kind = self.stack.pop()
        self._push_truth(self._emit("check_exc_match", [self.stack[-1], kind])[0])

    def _check_eg_match(self, arg: int) -> None:
        exception, kind = self._pop(2)
        self.stack += self._emit("check_eg_match", [exception, kind])

    def _prep_reraise_star(self, arg: int) -> None:
        self._push(self._emit("prep_reraise_star", self._pop(2))[0])

    def _with_except_start(self, arg: int) -> None:
        self._push(self._emit("with_except_start", [self.stack[-4], self.stack[-1]])[0])

    def _before_with(self, arg: int) -> None:
        entered, exit_ = self._emit("before_with", [self.stack.pop()])
        self.stack += [exit_, entered]

    def _load_assertion_error(self, arg: int) -> None:
        self._push(self._emit("load_assertion_error", [])[0])


def _prune(function: Function) -> None:
    """Remove parameters that are always one value (or themselves), and set what may be NULL."""
    incoming: dict[Value, list[Value]] = {}
    for block in function.blocks:
        for op in block.ops:
            for edge in op.edges:
                for param, arg in zip(edge.block.params, edge.args, strict=True):
                    incoming.setdefault(param, []).append(arg)
            if op.handler is not None:
                for param in op.handler.block.params:
                    incoming.setdefault(param, []).append(param)  # what arrives there is never one value
    handlers = {param for block in function.blocks if block.is_handler for param in block.params}
    replaced: dict[Value, Value] = {}

    def find(value: Value) -> Value:
        while value in replaced:
            value = replaced[value]
        return value

    changed = True
    while changed:
        changed = False
        for param, args in incoming.items():
            if param in replaced or param in handlers:
                continue
            others = {find(arg) for arg in args} - {param}
            if len(others) == 1:
                replaced[param] = others.pop()
                changed = True
    for block in function.blocks:
        for op in block.ops:
            for edge in op.edges:
                if any(param in replaced for param in edge.block.params):
                    edge.args = [arg for param, arg in zip(edge.block.params, edge.args, strict=True) if param not in replaced]
    for block in function.blocks:
        block.params = [param for param in block.params if param not in replaced]
    replace_values(function, replaced)
    _settle_nullable(function, handlers)


def _settle_nullable(function: Function, handlers: set[Value]) -> None:
    """A parameter may be NULL when an argument may; checks of what never is are removed."""
    params = {param: [] for block in function.blocks for param in block.params if param not in handlers}  # type: dict[Value, list[Value]]
    for op in function.ops():
        for edge in op.edges:
            for param, arg in zip(edge.block.params, edge.args, strict=True):
                if param in params:
                    params[param].append(arg)
    for param in params:
        param.type = ANY
    changed = True
    while changed:
        changed = False
        for param, args in params.items():
            if not param.type.nullable and any(arg.type.nullable or arg.type.absent for arg in args):
                param.type = NULLABLE
                changed = True
    unneeded: dict[Value, Value] = {}
    for block in function.blocks:
        kept: list[Op] = []
        for op in block.ops:
            if op.name == "check_bound" and not (op.args[0].type.nullable or op.args[0].type.absent):
                unneeded[op.result] = op.args[0]
            else:
                kept.append(op)
        block.ops = kept
    replace_values(function, unneeded)

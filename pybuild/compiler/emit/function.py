"""One function's IR to its C body.

Goes in: a function with its references counted.  Comes out: C text: the body, its descriptor and what both need.  Every value is a C
variable, every block a label.  What seldom happens (errors, leaving) stands behind the last block: a label for each distinct combination
of place and of what is to be dropped.
"""

from __future__ import annotations

from pybuild.compiler.emit.calls import CALLS, MOST_MASKED
from pybuild.compiler.emit.endings import BOX, Endings
from pybuild.compiler.emit.leaf import emit_init, emit_leaf, is_whole
from pybuild.compiler.emit.values import QUICK_OPERATORS, UNWRITTEN
from pybuild.compiler.ir.model import DOUBLE, INTEGER, OBJECT, Block, Edge, Function, Op, Value
from pybuild.compiler.ir.ops import Declaration, declaration
from pybuild.compiler.ir.types import QUIET

_CHANGES = {"store_local", "clear_local", "bring_home", "add_to_local", "store_deref", "delete_deref"}
_PLACED = {*CALLS, "drop", "store_local", "clear_local", "poll", "unpack", "unpack_ex"}  # they say it themselves
_MOST_UNPACKED = 4  # values inline


def emit_function(function: Function) -> str:
    """The C of `function`."""
    leaf = True
    if "record" not in function.notes:
        whole = is_whole(function)
        leaf = whole or function.notes.get("hot", True)
        if whole and function.notes.get("warm"):  # its body is for what is seldom
            function.notes["hot"] = False
            for block in function.blocks:
                block.cold = block.loop == 0
    return _Emitter(function).text(leaf=leaf)


def _spill_rep(value: Value) -> str:
    return value.rep if value.bound is None else value.rep.upper()  # pb_spill's


class _Emitter(Endings):
    def __init__(self, function: Function) -> None:
        super().__init__(function)
        self.caches: list[str] = []
        self.in_cold = self.in_loop = False  # in a block that is not hot, that is in a loop
        self.last: int | None = None  # the unit of the last operation of the block that may run something
        self.spilled: dict[int, Value] = {}  # what is in the raw area, at this point of the block
        self.has_mask = bool(self.code.is_function and 0 < self.code.parameters <= MOST_MASKED)
        self.is_cold = self.code.is_function and not function.notes.get("hot", True)
        self.borrowed = self._unchanged() if self.has_mask else 0  # a bit for each argument that stays in its home all the time
        self.missing = f"~owned & {self.borrowed}u"

    def _unchanged(self) -> int:
        """The arguments whose homes are not written to: those may be borrowed from the caller."""
        changed = {unit.arg for unit in self.code.units if unit.name == "MAKE_CELL"}
        for block in self.function.blocks:
            for op in (*block.ops, *(other for edge in block.end.edges for other in edge.ops)):
                if op.name in _CHANGES:
                    changed.add(op.attrs["i"])
                if op.state is not None:
                    changed |= {i for i, value in enumerate(op.state.locals) if value is not None and value.rep != OBJECT}
        return sum(1 << i for i in range(self.code.parameters) if i not in changed)

    # ------------------------------------------------------------------ the whole

    def text(self, *, leaf: bool) -> str:
        """The C; `leaf` says whether a second body is worth its text."""
        code, n = self.code, self.index
        blocks = self.function.blocks
        for place, block in enumerate(blocks):
            self._block(block, blocks[place + 1] if place + 1 < len(blocks) else None)
        body = [line if not line.startswith("@B") else self._label(line) for line in self.lines]
        parameters = "".join(f", PyObject *a{i}" for i in range(code.parameters)) if code.is_function else ", PyObject *locals"
        out = [f"/* {code.qualname.replace('*/', '* /')}, line {code.line} */"]
        if self.caches:
            out.append(f"static struct {{ {' '.join(self.caches)} }} c{n};")
        # what nothing says is hot is not worth the compiler's time
        attribute = "PB_SMALL " if self.is_cold and all(block.loop < 2 for block in blocks) else ""
        raw = f"uint64_t raw[{2 * code.slots}]; " if self.spills else ""  # numbers, and whether they are there
        out += [
            f"static PyObject *k{n}[{max(1, len(code.constants))}], *n{n}[{max(1, len(code.names))}];",
            f"PB_OF_MODULE pb_native native{n};",
            f"{attribute}static PyObject *b{n}(pb_ts *ts, PyFunctionObject *func, uint32_t owned{parameters})",
            "{",
            f"    struct {{ {self._frame()} {raw}}} space;",
            "    pb_frame *const fr = &space.frame;",
            f"    PyCodeObject *const code = native{n}.code;",
            "    _Py_CODEUNIT *const units = _PyCode_CODE(code);",
        ]
        out += ["    " + line for line in self.declarations()]
        prologue = self._prologue()
        out += ["    uint32_t how;"] if self.ends else []
        out += prologue
        out += [f"    {line}" if not line.endswith(":;") else line for line in body]
        out += [f"    {line}" if not line.endswith(":;") else line for line in self.cold]
        if self.ends:
            out += ["end:;", f"    return pb_c_end(fr, {self._missing()}, how);"]
        out.append("}")
        arguments = "".join(f", args[{i}]" for i in range(code.parameters if code.is_function else 1))
        unused = "" if arguments else " (void)args;"
        out.append(
            f"static PyObject *s{n}(pb_ts *ts, PyFunctionObject *func, uint32_t owned, PyObject **args)"
            f" {{{unused} return b{n}(ts, func, owned{arguments}); }}"
        )
        second = emit_leaf(self.function, self.cache_of) if leaf else None
        init = emit_init(self.function) if second is not None else ""
        if second is not None:
            out += [second[0], *([init] if init else [])]
        if self.spills:
            entries = ", ".join(f"{{{at}, {slot}, '{rep}'}}" for at, slot, rep in sorted(self.spills))
            out.append(f"static const pb_spill r{n}[] = {{{entries}, {{-1, 0, 0}}}};")
        namespace = "" if code.is_function else ", .has_namespace = true"
        plain = "true" if not code.keyword and not code.flags & 0xC else "false"
        leaf_fields = f", .leaf = (void (*)(void))l{n}, .leaf_spread = t{n}, .leaf_effect = {second[1]}" if second is not None else ""
        if init:
            leaf_fields += f", .init = i{n}, .init_count = sizeof i{n} / sizeof i{n}[0]"
        out += [
            f"PB_OF_MODULE pb_native native{n} = {{.body = (void (*)(void))b{n}, .spread = s{n}, .constants = k{n}, .names = n{n}, "
            f".n_constants = {len(code.constants)}, .n_names = {len(code.names)}, .index = {n}, .parameters = {code.parameters}, "
            f".resume = {self._resume() + 1}, .plain = {plain}{namespace}{self._spill_fields()}{leaf_fields}}};",
            "",
        ]
        return "\n".join(out)

    def _frame(self) -> str:
        """The fields of the frame: room for the locals, and for the stack or what is put there to be released."""
        return f"pb_frame frame; PyObject *slots[{self.code.slots + max(self.code.stack, self.deepest) + 1}];"

    def _spill_fields(self) -> str:
        if not self.spills:
            return ""
        offset = f"sizeof(struct {{ {self._frame()} }})"
        return f", .spills = r{self.index}, .raw = {offset}"

    def _label(self, line: str) -> str:
        number = int(line[2:])
        return f"B{number}:;" if any(block.id == number for block in self.jumped_to) else ""

    def _resume(self) -> int:
        return next(unit.at for unit in self.code.units if unit.name == "RESUME")

    def _missing(self) -> str:
        """Which arguments are borrowed, as an expression."""
        return self.missing if self.borrowed else "0"

    def _enter(self) -> list[str]:
        """The start of a function that nothing says is hot."""
        code = self.code
        cells = []
        for unit in code.units:
            if unit.name == "MAKE_CELL":
                cells.append(f"pb_make_cell(&L({unit.arg}));")
            elif unit.name == "COPY_FREE_VARS":
                cells.append(f"pb_copy_free(fr, func, {code.slots - unit.arg}, {unit.arg});")
            elif unit.name == "RESUME":
                break
        out = [
            f"if (!(owned & {1 << i}u)) Py_INCREF(a{i});" for i in range(code.parameters) if self.has_mask and not self.borrowed >> i & 1
        ]
        out += ["(void)owned; (void)ts; (void)units;", *(f"L({i}) = a{i};" for i in range(code.parameters))]
        enter = "pb_c_enter_cells" if cells else "pb_c_enter"
        # what was not borrowed is owned already
        out.append(f"if (PB_UNLIKELY({enter}(func, fr, &native{self.index}, {self._missing()}))) return L(0);")
        if cells:
            out += [*cells, f"if (PB_UNLIKELY(pb_c_poll(fr) < 0)) goto {self._cold_label(self._end('unwind', 0))};"]
        return ["    " + line for line in out]

    def _prologue(self) -> list[str]:
        if self.is_cold:
            return self._enter()
        code, n = self.code, self.index
        arguments = ", ".join(f"a{i}" for i in range(code.parameters)) if code.is_function else "locals"
        out = [f"if (PB_UNLIKELY(pb_no_room(ts) || native{n}.given_up)) {{"]
        out.append(f"    PyObject *args[] = {{{arguments or 'NULL'}}};")
        out += [
            f"    return pb_enter_slow(ts, func, &native{n}, args, {f'~owned & {(1 << code.parameters) - 1}u' if self.has_mask else '0'});",
            "}",
        ]
        for i in range(code.parameters if self.has_mask else 0):
            if not self.borrowed >> i & 1:
                out.append(f"if (!(owned & {1 << i}u)) Py_INCREF(a{i});")
        if not self.borrowed:
            out.append("(void)owned;")
        for i in range(code.slots):
            out.append(f"L({i}) = {f'a{i}' if i < code.parameters else 'NULL'};")
        out.append("PB_COUNT_ENTRY(native" + str(n) + ");")
        out.append(f"pb_push_frame(ts, fr, func, code, {self._resume()});")
        if not code.is_function:
            out.append("fr->f_locals = locals;")
        for unit in code.units:
            if unit.name == "MAKE_CELL":
                out.append(f"pb_make_cell(&L({unit.arg}));")
            elif unit.name == "COPY_FREE_VARS":
                out.append(f"pb_copy_free(fr, func, {code.slots - unit.arg}, {unit.arg});")
            elif unit.name == "RESUME":
                break
        out.append(f"if (PB_UNLIKELY(pb_poll(ts) < 0)) goto {self._cold_label(self._end('raise', 0))};")
        return ["    " + line for line in out]

    # ------------------------------------------------------------------ blocks and edges

    def _block(self, block: Block, following: Block | None) -> None:
        self.lines.append(f"@B{block.id}")
        self.in_cold, self.in_loop = block.cold, block.loop > 0
        self.in_light = not self.function.notes.get("hot", True) and block.loop < 2
        self.last = None
        self.spilled = {}
        for param in block.params:
            self.declare(param)
        for n, op in enumerate(block.ops):
            if op.name not in ("check_tracing", "check_number"):
                self._land()
            if (block.cold or self.is_worth_no_text(op)) and self.is_compact(op):
                if op.name not in CALLS:
                    self.lines += self._taken(op)
                for value in op.results:
                    self.declare(value)
                self.last = op.attrs["at"]
                self.write_compact(op, block.ops[n + 1] if n + 1 < len(block.ops) else None)
            else:
                self._op(op, following)

    def _edge(self, edge: Edge, following: Block | None) -> list[str]:
        """What happens on the way, and the jump (none to the block that follows)."""
        out: list[str] = []
        saved, self.lines = self.lines, out
        for op in edge.ops:
            self._op(op, None)
        for value in edge.increfs:
            out.append(f"Py_{'X' if value.type.nullable else ''}INCREF({self.name(value)});")
        moves = [(param, arg) for param, arg in zip(edge.block.params, edge.args, strict=True) if param is not arg]
        out += self.moves(moves)
        self._spill_on_edge(edge)
        out += [self._drop(value, self.last) for value in edge.decrefs]
        self.lines = saved
        if edge.block is not following:
            self.jumped_to.add(edge.block)
            out.append(f"goto B{edge.block.id};")
        return out

    # ------------------------------------------------------------------ values

    def _decref(self, value: Value) -> str:
        return f"Py_{'X' if value.type.nullable else ''}DECREF({self.name(value)});"

    # ------------------------------------------------------------------ operations

    def _op(self, op: Op, following: Block | None) -> None:
        kind = declaration(op.name)
        out = self.lines
        if op.name in UNWRITTEN:
            return
        if op.name not in CALLS:
            out += self._taken(op)
        for value in op.results:
            self.declare(value)
        if kind.runs and "at" in op.attrs:
            self.last = op.attrs["at"]
        special = getattr(self, f"_op_{op.name}", None)
        if kind.quick and not (op.name == "binary" and op.attrs["k"].removeprefix("inplace_") not in QUICK_OPERATORS):
            self._two_ways(op, kind)
        elif special is not None:
            if kind.runs and op.name not in _PLACED:
                self._place(op)
            special(op, following)
        else:
            if kind.runs:
                self._place(op)
            self._plain(op, kind)
        out += self._dropped(op)

    def _dropped(self, op: Op) -> list[str]:
        """What `op` drops behind it."""
        at = op.attrs.get("at")
        if op.state is None or not any(self._may_run(value) for value in op.drop):
            return [self._drop(value, at) for value in op.drop]
        seen, now = self._for_finalisers(op, at)
        return [
            *now,
            *(
                f"PB_{'X' if value.type.nullable else ''}DROP_SEEN({self.name(value)}, {at}, {seen});"
                if seen and self._may_run(value)
                else self._drop(value, at)
                for value in op.drop
            ),
        ]

    def _for_finalisers(self, op: Op, at: int | None) -> tuple[str, list[str]]:
        """What shows unboxed locals to finalisers: what is to be done if something dies, as it is in loops, or what is done at once."""
        saved, spilled, self.lines = self.lines, dict(self.spilled), []
        self._spill(op)
        lines, self.lines = self.lines, saved
        if not lines or at is None or self.in_cold or not self.in_loop:
            return "", lines
        self.spilled = spilled
        return " ".join(lines), []

    def _place(self, op: Op) -> None:
        """Say where the frame is, and what its unboxed locals hold: the operation may run something."""
        if "at" in op.attrs:
            self.lines.append(f"fr->prev_instr = units + {op.attrs['at']};")
        if op.state is not None:
            self._spill(op)

    def _spill_for_drops(self, op: Op) -> None:
        """Operands that a call does not take over are dropped behind it, on every way: what runs then sees the locals."""
        owned = zip(op.args, self._own(op), strict=True)
        if op.state is not None and any(own and self._may_run(value) for value, own in owned):
            self._spill(op)

    def _spill_on_edge(self, edge: Edge) -> None:
        """The same for what is dropped on the way to a block, when its parameters have their values."""
        at = self.last
        if at is None or not any(self._may_run(value) for value in edge.decrefs):
            return
        for i, value in enumerate(edge.block.entry_locals):
            if value is not None and value.rep in (INTEGER, DOUBLE):
                self._spill_local(i, value, at)

    def _placed(self, op: Op) -> list[str]:
        """The same where it is not known to have been done when the ways join again."""
        saved, self.lines = self.lines, []
        spilled = dict(self.spilled)
        self._place(op)
        lines, self.lines, self.spilled = self.lines, saved, spilled
        return lines

    def _may_run(self, value: Value) -> bool:
        """Whether something may run when `value` is dropped."""
        return value.type.cls not in QUIET

    def _drop(self, value: Value, at: int | None) -> str:
        """Release `value`; a finaliser finds the frame at unit `at`."""
        if self.in_cold and at is not None:
            return f"pb_c_drop(fr, {at}, {self.name(value)});"
        if not self._may_run(value) or at is None:
            return self._decref(value)
        return f"PB_{'X' if value.type.nullable else ''}DROP({self.name(value)}, {at});"

    def _two_ways(self, op: Op, kind: Declaration) -> None:
        """The quick way, and behind the function what is done where that is not enough."""
        out, number, gives = self.lines, len(self.labels), kind.quick_gives
        self.labels[("S", id(op))] = f"S{number}"
        quick = self.expression(op, kind, quick=True)
        slow = self.expression(op, kind)
        result = f"v{op.results[0].id}" if op.results else ""
        lent = len(op.results) > 1
        if gives == "done":
            out += ["{ PyObject *old = NULL;", f"if (PB_UNLIKELY(!{quick})) goto S{number};"]
            if "{old}" in kind.quick:
                seen, now = self._for_finalisers(op, op.attrs["at"]) if op.state is not None else ("", [])
                drop = f"PB_{'X' if op.name == 'store_attr' else ''}DROP"
                out += [*now, f"{drop}_SEEN(old, {op.attrs['at']}, {seen});" if seen else f"{drop}(old, {op.attrs['at']});"]
            out.append("}")
        else:
            out.append(f"{result} = {quick};")
            out.append(f"if (PB_UNLIKELY({result} {'< 0' if gives == 'number' else '== NULL'})) goto S{number};")
            if lent:
                out.append(f"v{op.results[1].id} = NULL;")
            elif gives == "borrowed":
                out.append(f"Py_INCREF({result});")
        out.append(f"R{number}:;")
        call = self.slow_call(op)
        if call:
            slow, place = call, self._placed(op)[1:]  # it says itself where the frame is
        else:
            place = self._placed(op)
        error = self._error(op, add=not call)
        cold = [f"S{number}:;", *place]
        if op.name == "next":
            cold.append(f"{result} = {slow};")
            cold.append(f"if (PB_UNLIKELY({result} == NULL && ts->curexc_type != NULL)) goto {error};")
        elif not result:
            cold.append(f"if (PB_UNLIKELY({slow} < 0)) goto {error};")
        else:
            cold.append(f"{result} = {f'v{op.results[1].id} = ' if lent else ''}{slow};")
            cold.append(f"if (PB_UNLIKELY({result} {'< 0' if gives == 'number' else '== NULL'})) goto {error};")
        if "load" in op.attrs:  # part of it is done there
            self.spills |= {(op.attrs["load"], i, rep) for at, i, rep in self.spills if at == op.attrs["at"]}
        self.cold += [*cold, f"goto R{number};"]

    def _is_silent(self, op: Op) -> bool:
        """Whether nothing can run when a local is set: what it held has no finaliser."""
        old: Value | None = op.attrs.get("old")
        return old is not None and (old.type.absent or old.rep != OBJECT or (old.type.cls in QUIET and not old.type.nullable))

    def _op_poll(self, op: Op, following: Block | None) -> None:
        spilled = dict(self.spilled)
        self.lines.append(f"PB_COUNT_ITERATION(native{self.index});")
        self.lines.append("if (PB_UNLIKELY(pb_must_poll(ts))) {")
        self._spill(op)
        self.lines.append(f"if (pb_c_pending(fr, {op.attrs['at']}) < 0) goto {self._error(op, add=False)};")
        self.lines.append("}")
        self.spilled = spilled

    def _op_check_there(self, op: Op, following: Block | None) -> None:
        label = self._error(op, f"pb_c_unbound(fr, {op.attrs['at']}, {op.attrs['i']});", add=False)
        self.lines.append(f"if (PB_UNLIKELY(!{self.name(op.args[0])})) goto {label};")

    def _op_bring_home(self, op: Op, following: Block | None) -> None:
        number, there = op.args
        box = f"{BOX[number.rep]}({self.name(number)})"
        self.lines.append(f"pb_store(&L({op.attrs['i']}), {self.name(there)} ? {box} : NULL);")

    def _spill(self, op: Op) -> None:
        """What unboxed locals hold goes where it is found if `op` lets somebody look at the frame."""
        assert op.state is not None
        for i, value in enumerate(op.state.locals):
            if value is None or value.rep not in (INTEGER, DOUBLE):
                continue
            at = op.attrs.get("at", op.state.at)
            if self.spilled.get(i) is not value:
                self._spill_local(i, value, at)
                self.spilled[i] = value
            self.spills.add((at, i, _spill_rep(value)))

    def _spill_local(self, i: int, value: Value, at: int) -> None:
        self.spills.add((at, i, _spill_rep(value)))
        self.lines.append(f"pb_raw_{value.rep}(&space.raw[{i}], {self.name(value)});")
        if value.bound is not None:
            self.lines.append(f"space.raw[{self.code.slots + i}] = (uint64_t){self.name(value.bound)};")

    def cache(self, op: Op, kind: str) -> str:
        """Each operation has its own."""
        if op not in self.cache_of:
            name = f"x{len(self.caches)}"
            self.caches.append(f"{kind} {name};")
            self.cache_of[op] = f"c{self.index}.{name}"
        return self.cache_of[op]

    def _plain(self, op: Op, kind: Declaration) -> None:
        out = self.lines
        text = self.expression(op, kind)
        if kind.fail == "null":
            out.append(f"v{op.results[0].id} = {text};")
            out.append(f"if (PB_UNLIKELY(v{op.results[0].id} == NULL)) goto {self._error(op)};")
        elif kind.fail == "second":
            out.append(f"v{op.results[0].id} = {text};")
            out.append(f"if (PB_UNLIKELY(v{op.results[1].id} == NULL)) goto {self._error(op)};")
        elif kind.fail == "neg" and op.results:
            out.append(f"v{op.result.id} = {text};")
            out.append(f"if (PB_UNLIKELY(v{op.result.id} < 0)) goto {self._error(op)};")
        elif kind.fail == "neg":
            out.append(f"if (PB_UNLIKELY({text} < 0)) goto {self._error(op)};")
        elif kind.fail == "leave":
            out.append(f"if (PB_UNLIKELY({text} < 0)) goto {self._leave(op)};")
        elif kind.fail == "leave_false":
            out.append(f"if (PB_UNLIKELY(!({text}))) goto {self._leave(op)};")
        elif op.results:
            out.append(f"v{op.result.id} = {text};")
        elif text:
            out.append(text)

    def _op_drop(self, op: Op, following: Block | None) -> None:
        """What it drops is in `op.drop`."""

    def _op_check_bound(self, op: Op, following: Block | None) -> None:
        name = self.name(op.args[0])
        label = self._error(op, f"pb_c_unbound(fr, {op.attrs['at']}, {op.attrs['i']});", add=False)
        self.lines.append(f"if (PB_UNLIKELY({name} == NULL)) goto {label};" if name != "NULL" else f"goto {label};")
        self.lines.append(f"v{op.result.id} = {name};")

    def _op_store_local(self, op: Op, following: Block | None) -> None:
        old: Value | None = op.attrs.get("old")
        i, name = op.attrs["i"], self.name(op.args[0])
        if op.args[0].rep != OBJECT and old is not None and old.rep != OBJECT:
            return
        if op.args[0].rep != OBJECT:
            if (old is not None and old.rep == OBJECT and not old.type.absent) or old is None:
                self._place(op)
                self.lines.append(f"pb_clear(&L({i}));")
        elif old is not None and old.type.absent:
            self.lines.append(f"L({i}) = {name};")
        elif old is not None and old.rep != OBJECT:
            self.lines.append(f"pb_store(&L({i}), {name});")
        else:
            there = old is not None and not old.type.nullable and (old.op is not None or old.home >= 0)
            may_run = old is None or self._may_run(old)
            at = op.attrs.get("at", self.last)
            drop = f"PB_{'' if there else 'X'}DROP(old, {at});" if may_run and at is not None else f"Py_{'' if there else 'X'}DECREF(old);"
            if op.state is not None and may_run:
                seen, now = self._for_finalisers(op, at)
                self.lines += now
                drop = f"PB_{'' if there else 'X'}DROP_SEEN(old, {at}, {seen});" if seen else drop
            if self.in_cold and at is not None:
                self.lines.append(f"pb_c_store_local(fr, {at}, {i}, {name});")
                return
            self.lines.append(f"{{ PyObject *old = L({i}); L({i}) = {name}; {drop} }}")

    def _op_clear_local(self, op: Op, following: Block | None) -> None:
        if self.in_cold and "at" in op.attrs:
            if op.state is not None:
                self._spill(op)
            self.lines.append(f"pb_c_store_local(fr, {op.attrs['at']}, {op.attrs['i']}, NULL);")
            return
        self._place(op)
        self.lines.append(f"pb_clear(&L({op.attrs['i']}));")

    def _op_box_b(self, op: Op, following: Block | None) -> None:
        self.lines.append(f"v{op.result.id} = {self.name(op.args[0])} ? Py_True : Py_False;")

    def _op_unpack(self, op: Op, following: Block | None) -> None:
        """Short tuples and lists inline."""
        out, number, count, source = self.lines, len(self.labels), len(op.results), self.name(op.args[0])
        if op.name == "unpack_ex" or not 0 < count <= _MOST_UNPACKED or self.in_cold:
            self._place(op)
            self.lines += self._unpack(op)
            return
        self.labels[("S", id(op))] = f"S{number}"
        out.append(f"{{ PyObject **items = pb_quick_items({source}, {count});")
        out.append(f"if (PB_UNLIKELY(items == NULL)) goto S{number};")
        out += [f"v{value.id} = Py_NewRef(items[{n}]);" for n, value in enumerate(op.results)]
        out += ["}", f"R{number}:;"]
        self.cold += [f"S{number}:;", *self._placed(op), *self._unpack(op), f"goto R{number};"]

    def _unpack(self, op: Op) -> list[str]:
        call = declaration(op.name).c.format(self.name(op.args[0]), k=op.attrs["k"], out="out")
        out = ["{", f"PyObject *out[{max(1, len(op.results))}];", f"if (PB_UNLIKELY({call} < 0)) goto {self._error(op)};"]
        return [*out, *(f"v{value.id} = out[{n}];" for n, value in enumerate(op.results)), "}"]

    _op_unpack_ex = _op_unpack

    # ------------------------------------------------------------------ control

    def _op_jump(self, op: Op, following: Block | None) -> None:
        self.lines += self._edge(op.edges[0], following)

    def _op_branch(self, op: Op, following: Block | None) -> None:
        test = self.name(op.args[0])
        first, second = op.edges
        if first.block is following:
            test, first, second = f"!{test}", second, first
        self.lines += [f"if ({test}) {{", *self._edge(first, None), "}", *self._edge(second, following)]

    def _op_return(self, op: Op, following: Block | None) -> None:
        out = self.lines
        placed = f"fr->prev_instr = units + {op.attrs['at']};"
        assert op.state is not None
        value = self.name(op.args[0])
        spill = self._spilled_locals(op)
        own = [f"pb_own(fr->localsplus, {self.missing});"] if self.borrowed else []
        if (not spill and self.code.slots > 12) or not self.code.is_function or self.in_cold:
            if any(value is not None and value.rep != OBJECT for value in op.state.locals):
                out += ["if (PB_UNLIKELY(pb_was_seen(fr))) {", *spill, "}"]
            out += [f"L({self.code.slots}) = {value};", *self._end("return", 1, op.attrs["at"])]
            return
        out += ["ts->cframe->current_frame = fr->previous;", "ts->recursion_remaining++;"]
        out += ["if (PB_UNLIKELY(pb_was_seen(fr))) {", placed, *own, *spill]
        out += [f"fr->stacktop = {self.code.slots};", f"return pb_exit_slow(ts, fr, {value});", "}"]
        within = 0  # of the arguments that are only dropped if they were taken over, those that the last test was for
        for i, local in enumerate(op.state.locals):
            if self.borrowed >> i & 1:
                if not within:
                    run = i
                    while self.borrowed >> run & 1:
                        within |= 1 << run
                        run += 1
                    out.append(f"if (owned & {within}u) {{")
                out.append(f"if (owned & {1 << i}u) Py_DECREF(L({i}));")
                within &= ~(1 << i)
                if not within:
                    out.append("}")
            elif local is None or (local.rep == OBJECT and local.type.nullable):
                out.append(f"Py_XDECREF(L({i}));")
            elif local.rep == OBJECT and not local.type.absent:
                out.append(f"Py_DECREF(L({i}));")
        out.append(f"return {value};")

    def _op_raise(self, op: Op, following: Block | None) -> None:
        call = f"pb_raise(ts, {self.array(op.args)}, {len(op.args)})"
        self.lines += [f"if ({call} == -1) goto {self._error(op)};", f"goto {self._error(op, add=False)};"]

    def _op_reraise(self, op: Op, following: Block | None) -> None:
        if op.name == "reraise":  # the other one goes back to where the exception was raised first
            self.lines.append(f"fr->prev_instr = units + {op.attrs['at']};")
        self.lines += [f"(void){self.expression(op, declaration(op.name))};", f"goto {self._error(op, add=False)};"]

    _op_reraise_lasti = _op_reraise

    def _op_unbound(self, op: Op, following: Block | None) -> None:
        before = f"pb_c_unbound(fr, {op.attrs['at']}, {op.attrs['i']});"
        self.lines.append(f"goto {self._error(op, before, add=False)};")

    def _op_check_tracing(self, op: Op, following: Block | None) -> None:
        assert op.state is not None
        if op in self.told:
            return
        unboxed = any(value is not None and value.rep in (INTEGER, DOUBLE) for value in op.state.locals)
        seen = " || pb_was_seen(fr)" if unboxed else ""  # who has seen the frame would see old values in it
        self.lines.append(f"if (PB_UNLIKELY(ts->cframe->use_tracing{seen})) goto {self._leave(op)};")
        self._land()

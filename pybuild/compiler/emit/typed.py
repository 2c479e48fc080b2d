"""The *typed body* of a function: numbers in, a number out, and no frame until something can see it.

Goes in: the IR of `typed.py`.  Comes out: C that returns a number, or *refuses* (nothing has happened: the caller calls otherwise), or
is *suspended*: something is to be done that could be seen.  Then it has left what its frame would hold to the runtime
(`runtime_c/native/typed.c`), as those that called it do in turn, and the first that has a frame lets the interpreter go on with all of
them.
"""

from __future__ import annotations

from collections.abc import Mapping

from pybuild.compiler.emit.values import BUILTINS, C_TYPES, UNWRITTEN, Writer
from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, State, Value
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.passes.known import CALLS, Signature

_NOTHING = frozenset({"store_local", "clear_local", "drop", "check_number", "check_tracing", *UNWRITTEN})


def prototype(signature: Signature, name: str = "ty") -> str:
    """The head of a typed body."""
    parameters = "".join(f", {C_TYPES[rep]}a{i}" for i, rep in enumerate(signature.parameters))
    result = "d" if signature.result == "d" else "i"
    return f"static pb_result_{result} {name}{signature.index}(pb_ts *ts, PyFunctionObject *func, int room{parameters})"


def declare_typed(signature: Signature) -> str:
    """What stands before all functions of the module."""
    return f"PB_OF_MODULE pb_native native{signature.index};\n__attribute__((unused)) {prototype(signature)};"


def emit_typed(function: Function, signature: Signature) -> str:
    """The C of a typed body."""
    return _Typed(function, signature).text()


class _Typed(Writer):
    def __init__(self, function: Function, signature: Signature) -> None:
        super().__init__(function)
        self.signature = signature
        self.cold: list[str] = []
        self.cold_functions: list[str] = []
        self.caches: list[str] = []
        self.labels: dict[str, str] = {}
        self.jumped: set[Block] = set()
        # what calls nothing is done soon: nobody has to be asked on the way in
        self.light = not any(op.name in CALLS for op in function.ops())
        self.suspends = False
        # while typed bodies run, nothing changes: that the function's name still is its own is seen once, on the way in
        self.calls_itself = any(self._is_itself(op) for op in function.ops())

    def _is_itself(self, op: Op) -> bool:
        return op.name == "known_global" and op.attrs["spelled"] == self.code.name

    def text(self) -> str:
        blocks = self.function.blocks
        for place, block in enumerate(blocks):
            self._block(block, blocks[place + 1] if place + 1 < len(blocks) else None)
        n = self.index
        result = "d" if self.signature.result == "d" else "i"
        if self.calls_itself:
            self.caches.append("pb_global_cache own;")
        out = [f"static struct {{ {' '.join(self.caches)} }} g{n};"] if self.caches else []
        out += self.cold_functions
        out += [prototype(self.signature, "ti" if self.calls_itself else "ty"), "{"]
        out += [*("    " + line for line in self.declarations()), "    (void)ts; (void)func; (void)room;"]
        way_in = "room <= 0" if self.light else "pb_typed_refuses(ts, room)"
        out.append(f"    if (PB_UNLIKELY({way_in})) return (pb_result_{result}){{PB_REFUSED, 0}};")
        for line in (*self.lines, *self.cold):
            if not line.startswith("@B"):
                out.append("    " + line)
            elif any(f"B{block.id}" == line[1:] for block in self.jumped):
                out.append(f"{line[1:]}:;")
        if self.suspends:
            out.append("suspended:;")
            out.append(f"    return (pb_result_{result}){{PB_SUSPENDED, 0}};")
        out.append("}")
        if self.calls_itself:
            names = [i for i, name in enumerate(self.code.names) if name == self.code.name]
            args = "".join(f", a{i}" for i in range(self.code.parameters))
            out += [
                prototype(self.signature),
                "{",
                f"    if (PB_UNLIKELY(pb_quick_global(func, &g{n}.own) != (PyObject *)func)) {{",
                f"        (void)pb_typed_global(func, n{n}[{names[0]}], &g{n}.own);",
                f"        return (pb_result_{result}){{PB_REFUSED, 0}};",
                "    }",
                f"    return ti{n}(ts, func, room{args});",
                "}",
            ]
        return "\n".join(out)

    def _block(self, block: Block, following: Block | None) -> None:
        self.lines.append(f"@B{block.id}")
        for param in block.params:
            self.declare(param)
        for op in block.ops:
            if op.name == "jump":
                self.lines += self._edge(op.edges[0], following)
            elif op.name == "branch":
                first, second = op.edges
                self.lines += [f"if ({self.name(op.args[0])}) {{", *self._edge(first, None), "}", *self._edge(second, following)]
            elif op.name == "return_number":
                self._return(op)
            elif op.name in CALLS:
                self._call(op, block.ops[block.ops.index(op) + 1])
            elif op.name == "poll":
                check = block.ops[block.ops.index(op) + 1]
                self.lines.append(f"if (PB_UNLIKELY(pb_must_poll(ts))) goto {self._suspended(check.state)};")
            elif op.name not in _NOTHING:
                self._op(op)

    def _edge(self, edge: Edge, following: Block | None) -> list[str]:
        out = self.moves([(param, arg) for param, arg in zip(edge.block.params, edge.args, strict=True) if param is not arg])
        if edge.block is not following:
            self.jumped.add(edge.block)
            out.append(f"goto B{edge.block.id};")
        return out

    def _return(self, op: Op) -> None:
        value = self.name(op.args[0])
        if op.attrs["foreign"]:  # the object that it has got would have to be returned: those of small numbers are always the same
            same = " || ".join(f"{value} == {other}" for other in op.attrs["foreign"].split(";"))
            test = f"!PB_IS_SMALL({value}) && ({same})" if self.signature.result == "i" else f"{value} != {value} || {same}"
            refused = f"(pb_result_{self.signature.result}){{PB_REFUSED, 0}}"
            self.lines.append(f"if (PB_UNLIKELY({test})) return {refused};")
        self.lines.append(f"return (pb_result_{'d' if self.signature.result == 'd' else 'i'}){{PB_DONE, {value}}};")

    def _op(self, op: Op) -> None:
        kind = declaration(op.name)
        if op.name == "check_there":
            self.lines.append(f"if (PB_UNLIKELY(!{self.name(op.args[0])})) goto {self._suspended(op.state)};")
            return
        if op.name == "guard_is":
            self.lines.append(f"if (PB_UNLIKELY(!({self.expression(op, kind)}))) goto {self._suspended(op.state)};")
            return
        result = self.declare(op.result)
        if op.name in ("argument_i", "argument_d"):
            self.lines.append(f"{result} = a{op.attrs['i']};")
        elif self._is_itself(op):
            self.lines.append(f"{result} = (PyObject *)func;")
        elif op.name == "known_global":
            cache = f"x{len(self.caches)}"
            self.caches.append(f"pb_global_cache {cache};")
            found = f"&g{self.index}.{cache}"
            builtin = self.code.names[op.attrs["n_"]] in BUILTINS
            self.lines.append(f"{result} = pb_quick_{'builtin' if builtin else 'global'}(func, {found});")
            look_up = f"({result} = pb_typed_global(func, n{self.index}[{op.attrs['n_']}], {found})) == NULL"
            self.lines.append(f"if (PB_UNLIKELY({result} == NULL) && {look_up}) goto {self._suspended(op.state)};")
        elif kind.leaves:
            self.lines.append(f"if (PB_UNLIKELY({self.expression(op, kind)} < 0)) goto {self._suspended(op.state)};")
        else:
            self.lines.append(f"{result} = {self.expression(op, kind)};")

    def _call(self, op: Op, check: Op) -> None:
        """Another typed body, or the same.  If it is suspended, so is this one, behind the call; the interpreter does one that refuses."""
        callee = self.name(op.args[0])
        index, rep = op.attrs["callee"], op.name[-1]
        args = "".join(f", {self.name(arg)}" for arg in op.args[1:])
        itself = index == self.index
        before = self._suspended(op.state)
        assert check.state is not None
        stack = check.state.stack[:-1]
        behind = self._suspended(State(check.state.at, stack, check.state.locals))
        number = self.declare(op.results[1])
        result = "d" if rep == "d" else "i"
        if not itself:
            self.lines.append(f"if (PB_UNLIKELY(!PB_KNOWN({callee}, native{index}))) goto {before};")
        self.lines += [
            f"{{ pb_result_{result} r = {'ti' if itself else 'ty'}{index}(ts, (PyFunctionObject *){callee}, room - 1{args});",
            f"if (PB_UNLIKELY(r.status != PB_DONE)) {{ if (r.status == PB_SUSPENDED) goto {behind}; goto {before}; }}",
            f"{number} = {'(int)' if rep == 'b' else ''}r.value; }}",
        ]

    def _suspended(self, state: State | None) -> str:
        """The label where the frame's contents are left to the runtime: the interpreter goes on at `state`."""
        assert state is not None
        kept: list[str] = []
        places: dict[Value, int] = {}
        stack = self.code.slots
        values: Mapping[int, Value | None] = dict(enumerate((*state.locals, *state.stack)))
        for slot, value in values.items():
            assert value is not None
            if value.type.absent:
                continue
            if value in places:
                kept.append(f"{{{slot}, 's', .i = {places[value]}}}")
                continue
            places[value] = slot
            if value.rep == "R" and value.op is not None:
                kept.append(f"{{{slot}, 'n', .o = pb_range_iterator({', '.join(map(self.name, value.op.args))})}}")
                continue
            rep = "o" if value.rep == OBJECT else value.rep
            there = f"{self.name(value.bound)} ? '{rep}' : 0" if value.bound is not None else f"'{rep}'"
            kept.append(f"{{{slot}, {there}, .{'i' if rep == 'b' else rep} = {self.name(value)}}}")
        self.suspends = True
        top = stack + len(state.stack)
        array = f"(const pb_kept[]){{{', '.join(kept)}}}" if kept else "NULL"
        text = [f"pb_suspend(func, &native{self.index}, {state.at}, {top}, {array}, {len(kept)});"]
        key = "\n".join(text)
        if key not in self.labels:
            label = self.labels[key] = f"X{len(self.labels)}"
            # a function of its own: what is so seldom does not need the registers, and room on the stack, of what is called so often
            read = [*places, *(value.bound for value in places if value.bound is not None)]
            read += [arg for value in places if value.rep == "R" and value.op is not None for arg in value.op.args]
            numbers = [value for value in dict.fromkeys(read) if value.rep != "R" and self.name(value) == f"v{value.id}"]
            parameters = "".join(f", {C_TYPES[value.rep]}v{value.id}" for value in numbers)
            self.cold_functions += [
                f"static PB_COLD void h{self.index}{label}(PyFunctionObject *func{parameters})",
                "{",
                *("    " + line for line in text),
                "}",
            ]
            self.cold += [f"{label}:;", f"h{self.index}{label}(func{''.join(f', v{value.id}' for value in numbers)});", "goto suspended;"]
        return self.labels[key]

    def cache(self, op: Op, kind: str) -> str:
        raise AssertionError(f"{op.name} has no cache here")

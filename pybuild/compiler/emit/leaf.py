"""The *leaf* of a small function: a second body without frame and without references, which may refuse.

Goes in: a function as the emitter has it, and its operations' inline caches.  Comes out: C of a function that borrows its arguments and
returns a new reference, or NULL without an exception and without any effect: *refused*.  Then the caller runs the body proper.

Until it returns a leaf runs nothing that could be seen: it reads where the inline caches hit, computes with numbers, calls other leaves.
So nothing it reads can go away, and no reference is taken; there is nobody who could look at its frame.  Whatever may raise, run code
or take long makes it refuse.  Effects come last: what is stored at the end is checked before the first store is done (`_stores`).
"""

from __future__ import annotations

from collections.abc import Mapping

from pybuild.compiler.emit.calls import KNOWN_CALLS
from pybuild.compiler.emit.values import BUILTINS, C_TYPES, COMPARE, MOST_DIRECT, UNWRITTEN, Writer
from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, Value
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.passes.numbers import c_double

MOST_PLANNED = 14  # parameters (PB_PLANNED)
MOST_STORED = 24  # attributes: shared keys have at most 30
MOST_OPS = 90  # of a leaf: it is not interrupted
_NOTHING = {
    "store_local",
    "clear_local",
    "bring_home",
    "drop",
    "poll",
    "check_tracing",
    "check_number",
}  # there are no homes, and nothing happened
_READS = {  # borrowed results, NULL: refused
    "load_global": "pb_quick_global(func, &{ic})",
    "borrow_global": "pb_quick_global(func, &{ic})",
    "load_global_attr": "pb_quick_global_attr(func, &{ic})",
    "borrow_global_attr": "pb_quick_global_attr(func, &{ic})",
    "load_attr": "pb_leaf_attr({0}, &{ic})",
    "borrow_attr": "pb_leaf_attr({0}, &{ic})",
    "subscript": "pb_leaf_subscript({0}, {1})",
    "subscript_i": "pb_quick_item({0}, {1})",
    "borrow_item": "pb_quick_item({0}, {1})",
}
_MADE = {  # new references, NULL: refused
    "box_i": "pb_box_i({0})",
    "box_d": "pb_box_d({0})",
    "unary_negative": "pb_leaf_negative({0})",
    "build_tuple": "pb_leaf_tuple(ts, {args}, {n})",
}
_ARITHMETIC = {"add", "subtract", "multiply", "floor_divide", "true_divide", "remainder", "and", "or", "xor"}
_ON_FLOATS = {"add": "+", "subtract": "-", "multiply": "*", "true_divide": "/"}
_OPERATORS = ("<", "<=", "==", "!=", ">", ">=")
_STORES = {"store_attr", "store_subscript", "store_subscript_i", "store_attr_d", "store_item_d"}
_PURE = {"is", "is_null", "not", "value_d", "match_sequence", "match_mapping"}


def emit_leaf(function: Function, caches: Mapping[Op, str]) -> tuple[str, str] | None:
    """The C of a leaf for `function` and what effects it has; None when it would refuse always, or is too long."""
    code = function.code
    if not code.is_function or code.keyword or code.flags & 0xC or any(unit.name == "MAKE_CELL" for unit in code.units):
        return None
    if code.parameters > MOST_DIRECT:
        return None
    return _Leaf(function, caches).text()


def is_whole(function: Function) -> bool:
    """Whether a leaf does all that `function` does, and calls nothing: its body is for what is seldom, then."""
    code = function.code
    if not code.is_function or code.keyword or code.flags & 0xC or code.parameters > MOST_DIRECT or code.cells:
        return False
    calls = any(op.name in ("call", "invoke") for op in function.ops())
    reached = _Leaf(function, {}).reached() if not calls else None
    return reached is not None and len(reached[0]) == len(function.blocks)


def emit_init(function: Function) -> str:
    """What an `__init__` stores that does nothing else: the C of a table; nothing if it does more."""
    if function.code.name != "__init__" or not 1 <= function.code.parameters <= MOST_PLANNED or any(b.is_handler for b in function.blocks):
        return ""
    stores: list[str] = []
    names: set[int] = set()
    for block in function.blocks:
        for op in block.ops:
            if op.name in UNWRITTEN or op.name == "jump" or (op.name == "return" and _is_none(op.args[0])):
                continue
            if op.name != "store_attr" or op.attrs["n_"] in names or len(stores) >= MOST_STORED:
                return ""
            owner, value = (arg.op for arg in op.args)
            if owner is None or value is None or owner.name != "argument" or owner.attrs["i"] != 0:
                return ""
            if value.name == "argument" and value.attrs["i"] > 0:
                source = str(value.attrs["i"])
            elif value.name == "const":
                source = str(-1 - value.attrs["k"])
            elif _is_none(op.args[1]):
                source = "PB_STORES_NONE"
            else:
                return ""
            names.add(op.attrs["n_"])
            stores.append(f"{{{op.attrs['n_']}, {source}}}")
    return f"static const pb_init_store i{function.code.index}[] = {{{', '.join(stores)}}};" if stores else ""


def _is_none(value: Value) -> bool:
    return value.op is not None and value.op.name == "single" and value.op.attrs["k"] == "Py_None"


class _Leaf(Writer):
    def __init__(self, function: Function, caches: Mapping[Op, str]) -> None:
        super().__init__(function)
        self.caches = caches
        self.order = {block: n for n, block in enumerate(function.blocks)}
        self.made: list[Value] = []
        self.box_of: dict[Op, str] = {}
        self.indexes = 0
        self.places: dict[Op, str] = {}  # where attributes are stored
        self.doubles: dict[Value, str] = {}  # floats that have no object yet: the C expressions of their numbers
        self.block: Block = function.entry
        self.boxes: list[str] = []  # of numbers that are stored
        self.first_free = next((self.code.slots - unit.arg for unit in self.code.units if unit.name == "COPY_FREE_VARS"), self.code.slots)

    def cache(self, op: Op, kind: str) -> str:
        return self.caches[op]

    # ------------------------------------------------------------------ what is worth it

    def _length(self, block: Block) -> int:
        """How many operations of `block` a leaf can do from its start."""
        for n, op in enumerate(block.ops):
            if not self._can(op) or (op.name in _STORES and not self._is_last(block.ops[n:])):
                return n
            if op.name in _STORES:
                return len(block.ops)
        return len(block.ops)

    def _can(self, op: Op) -> bool:
        name = op.name
        if name in UNWRITTEN or name in _NOTHING or name in _READS or name in _MADE or name in _PURE or name in _STORES:
            return True
        if name in ("check_bound", "check_there", "compare", "compare_truth", "truth", "box_b", "jump", "branch", "return", "unpack"):
            return True
        if name == "binary":
            return op.attrs["k"].removeprefix("inplace_") in _ARITHMETIC
        if name == "load_deref":
            return bool(op.attrs["i"] >= self.first_free)
        if name == "call" and op.args[0].op is not None and op.args[0].op.attrs.get("spelled") == self.code.qualname:
            return False  # itself, and again and again: too deep for a leaf
        if name in KNOWN_CALLS:
            return bool(op.attrs["light"])
        if name in ("call", "invoke"):
            return op.attrs["keywords"] < 0 and len(op.args) - (name == "call") <= MOST_DIRECT
        kind = declaration(name)
        return bool(kind.results) and kind.results[0] in "idb" and not kind.raises and not kind.runs

    def _is_last(self, ops: list[Op]) -> bool:
        """Whether nothing but stores and what cannot refuse or be affected by them comes from here on, to a return."""
        stored: set[object] = set()
        for op in ops:
            if op.name in _STORES:
                key = op.attrs["n_"] if op.name.startswith("store_attr") else "item"
                if key in stored:
                    return False
                stored.add(key)
            elif op.name in ("load_attr", "borrow_attr"):
                if op.attrs["n_"] in stored:
                    return False
            elif op.name in _READS and op.name.removesuffix("_global") not in ("load", "borrow"):
                if "item" in stored:
                    return False
            elif op.name in ("call", "invoke", "unpack", "build_tuple", *KNOWN_CALLS) or not self._can(op):
                return False
        return ops[-1].name == "return"

    def reached(self) -> tuple[list[Block], set[Block]] | None:
        """The blocks that a leaf goes through, in order, and those of them from which it can return; None: none of any worth."""
        blocks = self.function.blocks
        whole = {block for block in blocks if self._length(block) == len(block.ops)}
        useful: set[Block] = set()
        for block in reversed(blocks):
            if block in whole and (
                block.end.name == "return" or any(self._onward(block, e) and e.block in useful for e in block.end.edges)
            ):
                useful.add(block)
        reached = {self.function.entry}
        found: list[Block] = []
        for block in blocks:
            if block in reached and block in useful:
                found.append(block)
                reached |= {edge.block for edge in block.end.edges if self._onward(block, edge) and edge.block in useful}
        if not found or sum(op.name not in UNWRITTEN for block in found for op in block.ops) > MOST_OPS:
            return None
        return found, useful

    def _onward(self, block: Block, edge: Edge) -> bool:
        return self.order[edge.block] > self.order[block] and not edge.ops

    # ------------------------------------------------------------------ the text

    def _effects(self, blocks: list[Block]) -> str:
        """What the leaf changes: nothing, attributes of its first argument, or anything."""
        stores = [op for block in blocks for op in block.ops if op.name in _STORES]
        calls = any(op.name in ("call", "invoke") for block in blocks for op in block.ops)
        if calls or not all(op.name.startswith("store_attr") and self._is_first(op.args[0]) for op in stores):
            return "PB_ANY_EFFECT"
        return "PB_OWN_EFFECT" if stores else "PB_NO_EFFECT"

    def _is_first(self, value: Value) -> bool:
        return value.op is not None and value.op.name == "argument" and value.op.attrs["i"] == 0

    def text(self) -> tuple[str, str] | None:
        """The C, with a wrapper that takes the arguments from an array, and the descriptor's word for its effects."""
        reached = self.reached()
        if reached is None:
            return None
        blocks, useful = reached
        for block in blocks:
            self.lines.append(f"B{block.id}:;")
            for param in block.params:
                if param.op is None:
                    self.declare(param)
            self._block(block, useful)
        n = self.index
        parameters = "".join(f", PyObject *a{i}" for i in range(self.code.parameters))
        made = [*(f"v{value.id}" for value in self.made), *self.boxes]
        out = [f"static PyObject *l{n}(pb_ts *ts, PyFunctionObject *func{parameters})", "{"]
        out += ["    " + line for line in self.declarations()]
        out += [f"    {'PyObject *' if name in self.boxes else ''}{name} = NULL;" for name in made]
        out += [f"    pb_leaf_place {', '.join(self.places.values())};"] if self.places else []
        out += ["    if (PB_UNLIKELY(pb_leaf_refuses(ts))) return NULL;"]
        out += [f"    {line}" if not line.endswith(":;") else line for line in self.lines]
        out += ["refused:;", *(f"    Py_XDECREF({name});" for name in made), f"    return pb_leaf_refused(ts, &native{n});", "}"]
        arguments = "".join(f", args[{i}]" for i in range(self.code.parameters))
        out.append(
            f"static PyObject *t{n}(pb_ts *ts, PyFunctionObject *func, PyObject **args) {{ (void)args; return l{n}(ts, func{arguments}); }}"
        )
        text = "\n".join(out)
        unused = [label for block in blocks if f"goto {(label := f'B{block.id}')};" not in text]
        return "\n".join(line for line in text.split("\n") if line.removesuffix(":;") not in unused), self._effects(blocks)

    # ------------------------------------------------------------------ floats without objects

    def name(self, value: Value) -> str:
        """The C expression that is `value`; a float that is wanted as an object becomes one."""
        if value in self.doubles and value not in self.made:
            self._box(value)
        return super().name(value)

    def _box(self, value: Value) -> None:
        self.made.append(value)
        self.lines.append(f"v{value.id} = pb_box_d({self.doubles[value]});")
        self.lines.append(f"if (PB_UNLIKELY(v{value.id} == NULL)) goto refused;")

    def _number(self, value: Value) -> str | None:
        """The C expression of a number that is known to be a float, or a constant."""
        op = value.op
        if value in self.doubles:
            return self.doubles[value]
        if op is not None and op.name == "const" and op.attrs["kind"] == "float" and op.attrs["value"] != "":
            return c_double(op.attrs["value"])
        return None

    def _two_numbers(self, op: Op) -> tuple[str, str] | None:
        """The operands as doubles, one of them a float: by the record, or because one is; the leaf refuses what is not so."""
        left, right = op.args
        numbers = [self._number(left), self._number(right)]
        record = self.function.notes.get("record")
        sure = numbers[0] is not None or numbers[1] is not None
        if not sure and not (record is not None and (record.mostly(op, "float") or "float" in (record(op) or ())[:2])):
            return None
        if left.rep != OBJECT or right.rep != OBJECT or left.type.absent or right.type.absent:
            return None
        for n in range(2):
            if numbers[n] is None:
                numbers[n] = self.declare_double(f"{'xy'[n]}{op.results[0].id}")
        x, y = str(numbers[0]), str(numbers[1])
        if not sure:
            self.lines.append(f"if (PB_UNLIKELY(!pb_leaf_floats({self.name(left)}, {self.name(right)}, &{x}, &{y}))) goto refused;")
        for n, value in enumerate((left, right)):
            if sure and self._number(value) is None:
                self.lines.append(f"if (PB_UNLIKELY(pb_unbox_number({self.name(value)}, &{numbers[n]}) < 0)) goto refused;")
        return x, y

    def declare_double(self, name: str) -> str:
        """A C variable for a number."""
        self.declared.setdefault("d", []).append(name)
        return name

    def _float(self, op: Op) -> bool:
        """Arithmetic and comparisons on doubles; whether this was one."""
        name = op.attrs["k"].removeprefix("inplace_") if op.name == "binary" else ""
        result = op.results[0] if op.results else None
        if op.name in ("value_d", "unbox_d", "unbox_number") and op.args[0] in self.doubles:
            self.lines.append(f"{self.declare(op.result)} = {self.doubles[op.args[0]]};")
            return True
        if result is None or (name not in _ON_FLOATS and op.name not in ("compare", "compare_truth")):
            return False
        numbers = self._two_numbers(op)
        if numbers is None:
            return False
        x, y = numbers
        if op.name != "binary":
            holds = f"({x} {_OPERATORS[op.attrs['k']]} {y})"
            self.lines.append(f"{self.declare(result)} = {holds if op.name == 'compare_truth' else f'{holds} ? Py_True : Py_False'};")
            return True
        number = self.declare_double(f"d{result.id}")
        if name == "true_divide":
            self.lines.append(f"if (PB_UNLIKELY({y} == 0.0)) goto refused;")
        self.lines.append(f"{number} = {x} {_ON_FLOATS[name]} {y};")
        self.declare(result)
        self.doubles[result] = number
        if any(result in self._wanted(block) for block in self.function.blocks if block is not self.block):
            self._box(result)  # here, where it is made on every way to those
        return True

    def _wanted(self, block: Block) -> set[Value]:
        """What operations and edges of `block` refer to."""
        found = {value for op in block.ops for value in op.args}
        return found | {value for op in block.ops for edge in op.edges for value in edge.args}

    # ------------------------------------------------------------------ operations

    def _block(self, block: Block, useful: set[Block]) -> None:
        stores: list[Op] = []
        self.block = block
        for op in block.ops:
            if op.name in _STORES:
                stores.append(op)
            elif op.name in ("call", "invoke"):
                rest = block.ops[block.ops.index(op) + 1 :]
                self._call(op, last=all(other.name in _NOTHING or other.name in UNWRITTEN or other.name == "return" for other in rest))
            elif op.name in KNOWN_CALLS:
                self._known_call(op)
            elif op.name == "jump":
                self.lines += self._edge(block, op.edges[0], useful)
            elif op.name == "branch":
                first, second = op.edges
                self.lines += [f"if ({self.name(op.args[0])}) {{", *self._edge(block, first, useful), "}"]
                self.lines += self._edge(block, second, useful)
            elif op.name == "return":
                self._return(op, stores)
            elif op.name not in UNWRITTEN and op.name not in _NOTHING:
                self._op(op)

    def _edge(self, block: Block, edge: Edge, useful: set[Block]) -> list[str]:
        if not self._onward(block, edge) or edge.block not in useful:
            return ["goto refused;"]
        pairs = [(param, arg) for param, arg in zip(edge.block.params, edge.args, strict=True) if param is not arg]
        return [*self.moves(pairs), f"goto B{edge.block.id};"]

    def _return(self, op: Op, stores: list[Op]) -> None:
        out = self.lines
        result = op.args[0]
        self.name(result)
        self._checks(stores)
        if result not in self.made:
            out.append(f"Py_INCREF({self.name(result)});")
        self._store(stores)
        released = [value for value in self.made if value is not result]
        out += [f"Py_XDECREF({self.name(value)});" for value in released]
        out.append(f"pb_leaf_done(&native{self.index});")
        out.append(f"return {self.name(result)};")

    def _op(self, op: Op) -> None:
        out = self.lines
        kind = declaration(op.name)
        if self._float(op):
            return
        args = [self.name(value) for value in op.args]
        if op.name == "unpack":
            out.append(f"if (PB_UNLIKELY(!PyTuple_CheckExact({args[0]}) || PyTuple_GET_SIZE({args[0]}) != {op.attrs['k']})) goto refused;")
            out += [f"{self.declare(value)} = PyTuple_GET_ITEM({args[0]}, {n});" for n, value in enumerate(op.results)]
            return
        if op.name == "check_there":
            out.append(f"if (PB_UNLIKELY(!{args[0]})) goto refused;")
            return
        if not op.results:  # guards
            out.append(f"if (PB_UNLIKELY({self._test(op)})) goto refused;")
            return
        result = self.declare(op.results[0])
        text, made = self._text(op, args)
        if made:
            self.made.append(op.results[0])
        if text is not None:
            out.append(f"{result} = {text};")
            out.append(f"if (PB_UNLIKELY({result} == NULL)) goto refused;")
        elif op.name in ("compare", "compare_truth"):
            out.append(f"{{ int t = pb_leaf_compare{'_text' if self.of_texts(op) else ''}({args[0]}, {args[1]}, {COMPARE[op.attrs['k']]});")
            out.append("if (PB_UNLIKELY(t < 0)) goto refused;")
            out.append(f"{result} = {'t' if op.name == 'compare_truth' else 't ? Py_True : Py_False'}; }}")
        elif op.name == "truth":
            out.append(f"{result} = pb_leaf_truth({args[0]});")
            out.append(f"if (PB_UNLIKELY({result} < 0)) goto refused;")
        elif op.name == "box_b":
            out.append(f"{result} = {args[0]} ? Py_True : Py_False;")
        elif kind.leaves:
            out.append(f"if (PB_UNLIKELY({self._test(op)})) goto refused;")
        else:
            out.append(f"{result} = {self.expression(op, kind)};")

    def _test(self, op: Op) -> str:
        """What makes a guard or an operation on numbers fail."""
        kind = declaration(op.name)
        text = self.expression(op, kind)
        return f"!({text})" if kind.fail == "leave_false" else f"{text} < 0"

    def _text(self, op: Op, args: list[str]) -> tuple[str | None, bool]:
        """The expression that is an object or, refused, NULL, and whether it is a new reference; no expression for other operations."""
        if op.name == "check_bound":
            return args[0], False
        if op.name == "load_deref":
            return f"PyCell_GET(PyTuple_GET_ITEM(func->func_closure, {op.attrs['i'] - self.first_free}))", False
        if op.name == "binary":
            name = op.attrs["k"].removeprefix("inplace_")
            return f"pb_leaf_{name}({args[0]}, {args[1]})", True
        template = _READS.get(op.name) or _MADE.get(op.name)
        if template is None:
            return None, False
        fields: dict[str, object] = {"ic": self.caches.get(op)}
        if op.name == "build_tuple":
            fields |= {"args": self.array(op.args), "n": len(op.args)}
        if op.attrs.get("spelled") in BUILTINS:
            template = template.replace("pb_quick_global(", "pb_quick_builtin(")
        if self.from_text(op):
            template = template.replace("pb_quick_item(", "pb_quick_character(")
        if self.of_global(op) and template.startswith("pb_leaf_attr("):
            return f"pb_quick_attr_of_global({args[0]}, &{self.caches[op]})", False
        return template.format(*args, **fields), op.name in _MADE

    def _call(self, op: Op, *, last: bool) -> None:
        """Another leaf; it may have effects only if nothing can refuse behind it."""
        cache, effects = self.caches[op], "true" if last else "false"
        result = self.declare(op.result)
        self.made.append(op.result)
        callee, *args = [self.name(value) for value in op.args]
        if op.name == "invoke":
            self.lines.append(f"{{ const pb_attr_entry *entry = PB_ENTRY(&{cache}.attr, {callee});")
            self.lines.append(f"PyObject *method = pb_known_method({callee}, entry, n{self.index}[{op.attrs['n_']}]);")
            self.lines.append(f"if (PB_UNLIKELY(method == NULL || !pb_leaf_may_call(entry->native, {effects}))) goto refused;")
            passed = ", ".join([callee, *args])
            self.lines.append("pb_leaf_depth++;")
            self.lines.append(
                f"{result} = ((pb_leaf{len(args) + 1})entry->native->leaf)(ts, (PyFunctionObject *)method, {passed}); pb_leaf_depth--; }}"
            )
        else:
            array = f"(PyObject *[]){{NULL, {', '.join(args)}}} + 1" if args else "(PyObject *[]){NULL} + 1"
            self.lines.append(f"{result} = pb_leaf_call(ts, {callee}, {array}, {len(args)}, &{cache}, {effects});")
        self.lines.append(f"if (PB_UNLIKELY({result} == NULL)) goto refused;")

    def _known_call(self, op: Op) -> None:
        """A typed body that is soon done, or refuses."""
        callee, index, rep = self.name(op.args[0]), op.attrs["callee"], op.name[-1]
        number = self.declare(op.results[1])
        out = self.lines
        out.append(f"if (PB_UNLIKELY(!PB_KNOWN({callee}, native{index}) || native{index}.typed_off)) goto refused;")
        out.append("{")
        passed = []
        for n, (value, wanted) in enumerate(zip(op.args[1:], op.attrs["takes"], strict=True)):
            if wanted == "d" and value in self.doubles:
                passed.append(self.doubles[value])
                continue
            text = self.name(value)
            if value.rep == OBJECT:
                out.append(f"{C_TYPES[wanted]}x{n};")
                out.append(f"if (PB_UNLIKELY(pb_unbox_{wanted}({text}, &x{n}) < 0)) goto refused;")
                text = f"x{n}"
            passed.append(text)
        arguments = ", ".join(["ts", f"(PyFunctionObject *){callee}", "ts->recursion_remaining", *passed])
        out.append(f"pb_result_{'d' if rep == 'd' else 'i'} r = ty{index}({arguments});")
        out.append("if (PB_UNLIKELY(r.status != PB_DONE)) { pb_forget_suspended(); goto refused; }")
        out.append(f"{number} = {'(int)' if rep == 'b' else ''}r.value; }}")

    # ------------------------------------------------------------------ effects

    def _checks(self, stores: list[Op]) -> None:
        """Refuse unless all stores can be done, and none of them runs anything."""
        for op in stores:
            args = [self.name(value) for value in op.args]
            if op.name.endswith("_d"):
                self.boxes.append(f"w{len(self.boxes)}")
                self.box_of[op] = self.boxes[-1]
                self.lines.append(f"{self.boxes[-1]} = pb_box_d({args[-1]});")
                self.lines.append(f"if (PB_UNLIKELY({self.boxes[-1]} == NULL)) goto refused;")
            if op.name.startswith("store_attr"):
                self.places[op] = f"p{len(self.places)}"
                self.lines.append(f"{self.places[op]} = pb_leaf_place_of({args[0]}, &{self.caches[op]}, {len(stores)});")
                call = f"{self.places[op]}.slot"
            elif op.name in ("store_subscript_i", "store_item_d"):
                call = f"pb_leaf_item_slot({args[0]}, {args[1]}, {len(stores)})"
            else:
                call = f"pb_leaf_subscript_slot({args[0]}, {args[1]}, {len(stores)})"
            self.lines.append(f"if (PB_UNLIKELY({call} == NULL)) goto refused;")

    def _store(self, stores: list[Op]) -> None:
        """Do them; what one releases may be what another stores, or its index: those come first."""
        out = self.lines
        indexes: dict[Op, str] = {}
        for op in stores:
            if op not in self.box_of:
                out.append(f"Py_INCREF({self.name(op.args[-1])});")
            if op.name == "store_subscript":
                self.indexes += 1
                indexes[op] = f"at{self.indexes}"
                out.append(f"int64_t {indexes[op]} = PB_DIGIT({self.name(op.args[1])});")
        for op in stores:
            owner, value = self.name(op.args[0]), self.box_of.get(op) or self.name(op.args[-1])
            if op.name.startswith("store_attr"):
                out.append(f"pb_leaf_set_attr({self.places[op]}, {value});")
            else:
                index = indexes.get(op) or self.name(op.args[1])
                out.append(f"pb_leaf_set_item({owner}, {index}, {value});")

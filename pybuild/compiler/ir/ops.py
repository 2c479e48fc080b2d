"""Every operation, declared once: operands, results, effects, ownership, and the C it becomes.

`args` and `results` are one letter a value, its representation (`O` object, `i` int64, `d` double, `b` truth; `*` at the end: the rest are
objects).  `result` says who owns an object result: "new" a reference of the operation's own, "alias" whoever owned it (a frame's slot),
"stable" a constant.  `steals` lists the operands whose reference the operation takes over, also when it raises; "*": all.

`compact` is the C where nothing says that it is hot: one call that does the whole operation (runtime_c/native/compact.h), to which
`{where}` says the code unit and what operands are handed over.

The C template's fields: `{0}`, `{1}`, ... operands, `{r}` result, `{r1}` the second one, `{args}` all operands from the first `*` one as
an array and `{n}` their number, `{k}` `{i}` ... attributes, `{name}` the name with number `{n_}`, `{ic}` the operation's inline cache.
`fail` says how the C shows an exception: "null" as a result, "neg" as a negative number, "" never.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

RAISES = "raises"  # may end in an exception
RUNS = "runs"  # may run arbitrary Python code, which may look at frames
LEAVES = "leaves"  # may go on in the interpreter, at the unit of its state
CONTROL = "control"  # ends a block
MEMORY = "memory"  # has an effect beside its results, or depends on one: neither removed nor moved


@dataclass(frozen=True)
class Declaration:
    """One kind of operation."""

    name: str
    args: str
    results: str
    effects: frozenset[str]
    c: str
    fail: str = ""
    result: str = "new"
    steals: frozenset[int] = frozenset()
    steals_all: bool = False
    cache: str = ""  # the C type of the inline cache
    quick: str = ""  # C that does it where nothing can be run or raised, and otherwise says that it did not
    quick_gives: str = ""  # what `quick` is: "borrowed" or "new", an object or NULL; "number", negative: not done; "done", false: not done
    compact: str = ""
    instruction: tuple[str, ...] = ()  # of which `compact` takes the argument from the code

    def takes_over(self, operand: int) -> bool:
        """Whether the reference of this operand is the operation's from there on."""
        return self.steals_all or operand in self.steals

    @property
    def raises(self) -> bool:
        return RAISES in self.effects

    @property
    def runs(self) -> bool:
        return RUNS in self.effects

    @property
    def leaves(self) -> bool:
        return LEAVES in self.effects

    @property
    def edges_out(self) -> bool:
        return CONTROL in self.effects

    @property
    def removable(self) -> bool:
        """Without effect when nobody uses the result."""
        return not self.effects


_TABLE: dict[str, Declaration] = {}


def _op(
    name: str,
    args: str,
    results: str,
    c: str = "",
    *effects: str,
    fail: str = "",
    result: str = "new",
    steals: str = "",
    cache: str = "",
    quick: tuple[str, str] = ("", ""),
) -> None:
    stolen = frozenset(int(i) for i in steals if i != "*")
    _TABLE[name] = Declaration(name, args, results, frozenset(effects), c, fail, result, stolen, "*" in steals, cache, *quick)


def _call(
    name: str,
    args: str,
    c: str,
    *,
    results: str = "O",
    fail: str = "null",
    steals: str = "",
    cache: str = "",
    quick: tuple[str, str] = ("", ""),
) -> None:
    """An operation that may raise and run anything."""
    _op(name, args, results, c, RAISES, RUNS, MEMORY, fail=fail, steals=steals, cache=cache, quick=quick)


def _borrowed(quick: str) -> tuple[str, str]:
    return quick, "borrowed"


# constants, locals, cells
_op("const", "", "O", "K({k})", result="stable")
_op("single", "", "O", "{k}", result="stable")
_op("drop", "O", "", "", RUNS, MEMORY)
_op("new_reference", "O", "O", "Py_NewRef({0})")
_op("null", "", "O", "NULL", result="stable")
_op("int", "", "i", "INT64_C({k})")
_op("double", "", "d", "{k}")
_op("argument", "", "O", "a{i}", result="alias")
_op("load_home", "", "O", "L({i})", MEMORY, result="alias")
_op("store_local", "O", "", "pb_store(&L({i}), {0});", RUNS, MEMORY, steals="0")
_op("clear_local", "", "", "pb_clear(&L({i}));", RUNS, MEMORY)
_op("argument_i", "", "i", "a{i}")
_op("argument_d", "", "d", "a{i}")
_op("check_bound", "O", "O", "", RAISES, result="alias", fail="null")
_op("check_there", "b", "", "", RAISES, fail="null")
_op("truth_constant", "", "b", "{k}")
_op("bring_home", "?b", "", "", RUNS, MEMORY)
_op("load_closure", "", "O", "Py_NewRef(L({i}))", MEMORY)
_op("load_deref", "", "O", "pb_load_deref(fr, {i})", RAISES, MEMORY, fail="null")
_op("load_classderef", "", "O", "pb_load_classderef(fr, {i})", RAISES, RUNS, MEMORY, fail="null")
_op("store_deref", "O", "", "pb_store_deref(L({i}), {0});", RUNS, MEMORY, steals="0")
_op("delete_deref", "", "", "pb_delete_deref(fr, {i})", RAISES, RUNS, MEMORY, fail="neg")

# names
_GLOBAL = _borrowed("pb_quick_global(func, &{ic})")
_call("load_global", "", "pb_load_global(func, {name}, &{ic})", cache="pb_global_cache", quick=_GLOBAL)
_op("known_global", "", "O", "", LEAVES)
_call("store_global", "O", "pb_store_global(func, {name}, {0}, &{ic})", results="", fail="neg", steals="0", cache="pb_global_cache")
_call("delete_global", "", "pb_delete_global(func, {name})", results="", fail="neg")
_call("load_name", "", "pb_load_name(fr, {name})")
_call("store_name", "O", "pb_store_name(fr, {name}, {0})", results="", fail="neg", steals="0")
_call("delete_name", "", "pb_delete_name(fr, {name})", results="", fail="neg")
_call("load_build_class", "", "pb_load_build_class(fr)")
_call("setup_annotations", "", "pb_setup_annotations(fr)", results="", fail="neg")
_call("import_name", "OO", "pb_import_name(fr, {name}, {0}, {1})")
_call("import_from", "O", "pb_import_from(ts, {0}, {name})")
_call("import_star", "O", "pb_import_star(fr, {0})", results="", fail="neg")

# attributes, items
_ATTR = _borrowed("pb_quick_attr({0}, &{ic})")
_call("load_attr", "O", "pb_load_attr({0}, {name}, &{ic})", cache="pb_attr_cache", quick=_ATTR)
_call("load_method", "O", "pb_load_method({0}, {name}, &{ic}, &{r1})", results="OO", fail="second", cache="pb_attr_cache")
_call(
    "store_attr",
    "OO",
    "pb_store_attr({0}, {name}, {1}, &{ic})",
    results="",
    fail="neg",
    steals="1",
    cache="pb_attr_cache",
    quick=("pb_quick_store_attr({0}, &{ic}, {1}, &{old})", "done"),
)
_call("delete_attr", "O", "PyObject_SetAttr({0}, {name}, NULL)", results="", fail="neg")
_ITEM = _borrowed("pb_quick_item({0}, {1})")
_call("subscript", "OO", "pb_subscript_slow({0}, {1})", quick=_borrowed("pb_quick_subscript({0}, {1})"))
_call("subscript_i", "Oi", "pb_subscript_i_slow({0}, {1})", quick=_ITEM)
_call(
    "store_subscript",
    "OOO",
    "pb_store_subscript_slow({0}, {1}, {2})",
    results="",
    fail="neg",
    steals="2",
    quick=("pb_quick_store({0}, {1}, {2}, &{old})", "done"),
)
_call(
    "store_subscript_i",
    "OiO",
    "pb_store_subscript_i({0}, {1}, {2})",
    results="",
    fail="neg",
    steals="2",
    quick=("pb_quick_store_item({0}, {1}, {2}, &{old})", "done"),
)
_call(
    "store_attr_d",
    "Od",
    "pb_store_attr_d({0}, {name}, {1}, &{ic})",
    results="",
    fail="neg",
    cache="pb_attr_cache",
    quick=("pb_quick_store_attr_d({0}, &{ic}, {1})", "done"),
)
_call(
    "store_item_d",
    "Oid",
    "pb_store_item_d({0}, {1}, {2})",
    results="",
    fail="neg",
    quick=("pb_quick_store_item_d({0}, {1}, {2})", "done"),
)
_call("delete_subscript", "OO", "PyObject_DelItem({0}, {1})", results="", fail="neg")
_call("build_slice", "OOO", "PySlice_New({0}, {1}, {2})")
_call("subscript_slice", "OOOO", "pb_subscript_slice({0}, {1}, {2}, {3})")
_call("store_slice", "OOOOO", "pb_store_slice({0}, {1}, {2}, {3}, {4})", results="", fail="neg", steals="4")

# loads without a reference: the second result is to be released, NULL where the cache has hit
_CONSTANT = _borrowed("pb_quick_global_attr(func, &{ic})")
_SLOW_CONSTANT = "pb_load_global_attr(fr, func, units + {load}, {owner}, {name}, &{ic})"
_call("load_global_attr", "", _SLOW_CONSTANT, cache="pb_global_attr_cache", quick=_CONSTANT)
_call("borrow_global_attr", "", _SLOW_CONSTANT, results="OO", cache="pb_global_attr_cache", quick=_CONSTANT)
_call("borrow_attr", "O", "pb_load_attr({0}, {name}, &{ic})", results="OO", cache="pb_attr_cache", quick=_ATTR)
_call("borrow_global", "", "pb_load_global(func, {name}, &{ic})", results="OO", cache="pb_global_cache", quick=_GLOBAL)
_call("borrow_item", "Oi", "pb_subscript_i_slow({0}, {1})", results="OO", quick=_ITEM)

# operators
_call("binary", "OO", "pb_binary_{k}(ts, {0}, {1}, &{ic})", cache="pb_binary_cache", quick=("pb_quick_{k}({0}, {1})", "new"))
_op(
    "add_to_local",
    "OO",
    "O",
    "pb_to_local_{k}(ts, &L({i}), {1}, &{ic})",
    RAISES,
    RUNS,
    MEMORY,
    fail="null",
    result="alias",
    cache="pb_binary_cache",
)
_call("unary_negative", "O", "pb_negative({0})")
_call("unary_positive", "O", "PyNumber_Positive({0})")
_call("unary_invert", "O", "PyNumber_Invert({0})")
_call(
    "compare", "OO", "pb_compare(ts, {0}, {1}, {k}, &{ic})", cache="pb_binary_cache", quick=_borrowed("pb_quick_comparison({0}, {1}, {k})")
)
_call(
    "compare_truth",
    "OO",
    "pb_compare_truth_slow(ts, {0}, {1}, {k}, &{ic})",
    results="b",
    fail="neg",
    cache="pb_binary_cache",
    quick=("pb_quick_compare({0}, {1}, {k})", "number"),
)
_call("contains", "OO", "pb_contains({0}, {1})", results="b", fail="neg")
_call("truth", "O", "pb_truth_slow({0})", results="b", fail="neg", quick=("pb_quick_truth({0})", "number"))
_op("is", "OO", "b", "({0} == {1})")
_op("is_null", "O", "b", "({0} == NULL)")
_op("not", "b", "b", "(!{0})")
_op("box_b", "b", "O", "({0} ? Py_True : Py_False)", result="stable")

# calls
_call("call", "O*", "", steals="*", cache="pb_call_cache")
_call("call_method", "OO*", "", steals="*", cache="pb_call_cache")
_call("invoke", "O*", "", steals="*", cache="pb_invoke_cache")
for _rep in "idb":  # of a function of this module with a typed body (emit/typed.py): NULL and the number, or an object that is none
    _call(f"call_known_{_rep}", "O*", "", results=f"O{_rep}", steals="*", cache="pb_call_cache")
_op("check_number", "O", "", "", LEAVES, MEMORY)
_call("builtin_call", "O*", "", steals="*", cache="pb_known_function_cache")
_call("builtin_method", "O*", "", steals="*", cache="pb_known_method_cache")
_call("call_ex", "OO", "pb_call_ex(ts, {0}, {1}, NULL)")
_call("call_ex_keywords", "OOO", "pb_call_ex(ts, {0}, {1}, {2})")
_call("make_function", "O*", "pb_make_function(fr, {0}, {args}, {k})")

# containers
_op("build_tuple", "*", "O", "pb_build_tuple({args}, {n})", RAISES, fail="null", steals="*")
_op("build_list", "*", "O", "pb_build_list({args}, {n})", RAISES, fail="null", steals="*")
_call("build_set", "*", "pb_build_set({args}, {n})")
_call("build_map", "*", "pb_build_map({args}, {n} / 2)")
_call("build_const_key_map", "O*", "pb_build_const_key_map({0}, {args}, {n})")
_op("build_string", "*", "O", "pb_build_string({args}, {n})", RAISES, fail="null")
_call("format_value", "O", "pb_format_value({0}, NULL, {k})")
_call("format_value_spec", "OO", "pb_format_value({0}, {1}, {k})")
_call("list_append", "OO", "pb_list_append({0}, {1})", results="", fail="neg", steals="1", quick=("pb_quick_append({0}, {1})", "done"))
_call("list_extend", "OO", "pb_list_extend(ts, {0}, {1})", results="", fail="neg")
_call("list_to_tuple", "O", "PyList_AsTuple({0})")
_call("set_add", "OO", "PySet_Add({0}, {1})", results="", fail="neg")
_call("set_update", "OO", "_PySet_Update({0}, {1})", results="", fail="neg")
_call("map_add", "OOO", "PyDict_SetItem({0}, {1}, {2})", results="", fail="neg")
_call("dict_update", "OO", "pb_dict_update(ts, {0}, {1})", results="", fail="neg")
_call("dict_merge", "OOO", "pb_dict_merge(ts, {0}, {1}, {2})", results="", fail="neg")
_call("unpack", "O", "pb_unpack(ts, {0}, {k}, {out})", results="*", fail="neg")
_call("unpack_ex", "O", "pb_unpack_ex(ts, {0}, {k}, {out})", results="*", fail="neg")
_call("get_iter", "O", "pb_get_iter({0})")
_call("next", "O", "pb_next({0})", fail="code", quick=("pb_quick_next({0})", "new"))
_call("get_len", "O", "pb_get_len({0})")

# pattern matching
_op("match_mapping", "O", "b", "pb_match_flag({0}, Py_TPFLAGS_MAPPING)")
_op("match_sequence", "O", "b", "pb_match_flag({0}, Py_TPFLAGS_SEQUENCE)")
_call("match_class", "OOO", "pb_match_class(ts, {0}, {1}, {2}, {k})")
_call("match_keys", "OO", "pb_match_keys(ts, {0}, {1})")

# exceptions
_op("push_exc_info", "O", "O", "pb_push_exc_info(ts, {0})", MEMORY)
_op("pop_except", "O", "", "pb_pop_except(ts, {0});", RUNS, MEMORY, steals="0")
_call("check_exc_match", "OO", "pb_check_exc_match(ts, {0}, {1})", results="b", fail="neg")
_call("check_eg_match", "OO", "pb_check_eg_match(ts, {0}, {1}, &{r1})", results="OO", fail="null")
_call("prep_reraise_star", "OO", "pb_prep_reraise_star({0}, {1})")
_call("with_except_start", "OO", "pb_with_except_start({0}, {1})")
_call("before_with", "O", "pb_before_with(ts, {0}, &{r1})", results="OO", fail="null")
_op("load_assertion_error", "", "O", "Py_NewRef(PyExc_AssertionError)")

# control
_op("jump", "", "", "", CONTROL)
_op("branch", "b", "", "", CONTROL)
_op("return", "O", "", "", CONTROL, MEMORY, steals="0")
_op("return_number", "?", "", "", CONTROL, MEMORY)
_op("raise", "*", "", "pb_raise(ts, {args}, {n})", CONTROL, RAISES, RUNS, MEMORY, fail="always")
_op("reraise", "O", "", "pb_reraise(ts, fr, {0}, NULL)", CONTROL, RAISES, MEMORY, fail="always", steals="0")
_op("reraise_lasti", "OO", "", "pb_reraise(ts, fr, {0}, {1})", CONTROL, RAISES, MEMORY, fail="always", steals="0")
_op("unbound", "", "", "pb_unbound(fr, {i})", CONTROL, RAISES, fail="always")
_call("poll", "", "pb_poll(ts)", results="", fail="neg")
_op("check_tracing", "", "", "", LEAVES, MEMORY)

# numbers
_op("box_i", "i", "O", "pb_box_i({0})", RAISES, fail="null")
_op("box_d", "d", "O", "pb_box_d({0})", RAISES, fail="null")
_op("unbox_i", "O", "i", "pb_unbox_i({0}, &{r})", LEAVES, fail="leave")
_op("unbox_d", "O", "d", "pb_unbox_d({0}, &{r})", LEAVES, fail="leave")
_op("unbox_number", "O", "d", "pb_unbox_number({0}, &{r})", LEAVES, fail="leave")
_op("value_d", "O", "d", "PyFloat_AS_DOUBLE({0})")
_op("i_step", "ii", "i", "({0} + {1})")
_op("i_to_d", "i", "d", "pb_i_to_d({0}, &{r})", LEAVES, fail="leave")
for _name in ("add", "subtract", "multiply"):
    _op(f"i_{_name}", "ii", "i", f"pb_i_{_name}({{0}}, {{1}}, &{{r}})", LEAVES, fail="leave")
for _name in ("floordiv", "modulo", "lshift", "rshift"):
    _op(f"i_{_name}", "ii", "i", f"pb_i_{_name}({{0}}, {{1}}, &{{r}})", LEAVES, fail="leave")
for _name, _c in (("and", "&"), ("or", "|"), ("xor", "^")):
    _op(f"i_{_name}", "ii", "i", f"({{0}} {_c} {{1}})")
for _name, _c in (("add", "+"), ("subtract", "-"), ("multiply", "*")):
    _op(f"d_{_name}", "dd", "d", f"({{0}} {_c} {{1}})")
_op("d_divide", "dd", "d", "pb_d_divide({0}, {1}, &{r})", LEAVES, fail="leave")
_op("d_floordiv", "dd", "d", "pb_d_floordiv({0}, {1}, &{r})", LEAVES, fail="leave")
_op("d_modulo", "dd", "d", "pb_d_modulo({0}, {1}, &{r})", LEAVES, fail="leave")
_op("d_power", "dd", "d", "pb_d_power({0}, {1}, &{r})", LEAVES, fail="leave")
_op("i_divide", "ii", "d", "pb_i_divide({0}, {1}, &{r})", LEAVES, fail="leave")
_op("i_negative", "i", "i", "pb_i_negative({0}, &{r})", LEAVES, fail="leave")
_op("d_negative", "d", "d", "(-{0})")
_op("i_compare", "ii", "b", "({0} {k} {1})")
_op("d_compare", "dd", "b", "({0} {k} {1})")
_op("i_truth", "i", "b", "({0} != 0)")
_op("d_truth", "d", "b", "({0} != 0.0)")

# guards
_op("guard_is", "O", "", "({0} == {k})", LEAVES, MEMORY, fail="leave_false")
_op("range_iterator", "iii", "R", "pb_range_iterator({0}, {1}, {2})")


def _compact(name: str, c: str, *instruction: str) -> None:
    _TABLE[name] = replace(_TABLE[name], compact=f"pb_c_{c}", instruction=instruction)


_compact("drop", "")
_compact("load_global", "load_global(fr, {where}, &{ic})", "LOAD_GLOBAL")
_compact("load_attr", "load_attr(fr, {where}, {0}, &{ic})", "LOAD_ATTR")
_compact("load_method", "load_method(fr, {where}, {0}, &{ic}, &{r1})", "LOAD_METHOD")
_compact("store_attr", "store_attr(fr, {where}, {0}, {1}, &{ic})", "STORE_ATTR")
_compact("subscript", "subscript(fr, {where}, {0}, {1})")
_compact("subscript_i", "subscript_i(fr, {where}, {0}, {1})")
_compact("store_subscript", "store_subscript(fr, {where}, {0}, {1}, {2})")
_compact("binary", "binary(fr, {where}, {0}, {1}, &{ic})", "BINARY_OP")
_compact("add_to_local", "add_to_local(fr, {where}, {i}, {1}, &{ic})", "BINARY_OP")
_compact("compare", "compare(fr, {where}, {0}, {1}, &{ic})", "COMPARE_OP")
_compact("compare_truth", "compare_truth(fr, {where}, {0}, {1}, &{ic})", "COMPARE_OP")
_compact("contains", "contains(fr, {where}, {0}, {1})")
_compact("truth", "truth(fr, {where}, {0})")
_compact("unpack", "unpack(fr, {where}, {0}, {k}, out)")
_compact("next", "next(fr, {where}, {0})")
_compact("make_function", "make_function(fr, {where}, {0}, {args}, {k})")
_compact("get_iter", "get_iter(fr, {where}, {0})")
_compact("list_append", "list_append(fr, {where}, {0}, {1})")
_compact("list_extend", "list_extend(fr, {where}, {0}, {1})")
_compact("format_value", "format_value(fr, {where}, {0}, {k})")
_compact("check_exc_match", "check_exc_match(fr, {where}, {0}, {1})")
_compact("call_ex", "call_ex(fr, {where}, {0}, {1}, NULL)")
_compact("call_ex_keywords", "call_ex(fr, {where}, {0}, {1}, {2})")
for _name in ("call", "call_method", "invoke"):
    _compact(_name, "")  # emit/compact.py has their forms


def declaration(name: str) -> Declaration:
    """The declaration of `name`.  Raises KeyError when there is none."""
    return _TABLE[name]


def declarations() -> tuple[Declaration, ...]:
    """All of them, by name."""
    return tuple(_TABLE[name] for name in sorted(_TABLE))

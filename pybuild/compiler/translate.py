"""One module's code objects to one C file.

Goes in: what the worker wrote down of the module's code objects.  Comes out: the C, and for each code object whether it is native and, if
it stays bytecode, why.  The passes are called here, in their order; `watch` is shown the IR after each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pybuild.compiler.analysis.heat import find_cold, warm_codes
from pybuild.compiler.analysis.inference import infer_types
from pybuild.compiler.analysis.order import clean_up
from pybuild.compiler.emit.function import emit_function
from pybuild.compiler.emit.module import emit_module
from pybuild.compiler.emit.typed import declare_typed, emit_typed
from pybuild.compiler.ir.model import Function
from pybuild.compiler.lift.description import Code, read
from pybuild.compiler.lift.py311 import Unsupported, lift
from pybuild.compiler.passes.borrow import borrow_loads
from pybuild.compiler.passes.builtin import know_builtins
from pybuild.compiler.passes.common import share
from pybuild.compiler.passes.constants import join_constants
from pybuild.compiler.passes.inplace import store_in_place
from pybuild.compiler.passes.invoke import invoke_methods
from pybuild.compiler.passes.known import Signature, know_calls, pass_numbers
from pybuild.compiler.passes.numbers import use_numbers
from pybuild.compiler.passes.ranges import count_ranges
from pybuild.compiler.passes.refcount import count_references
from pybuild.compiler.passes.simplify import simplify
from pybuild.compiler.passes.slices import use_bounds
from pybuild.compiler.passes.strings import add_in_place
from pybuild.compiler.passes.unbox import unbox_values
from pybuild.compiler.passes.witness import own_for_witnesses
from pybuild.compiler.record import Seen
from pybuild.compiler.typed import typed_functions
from pybuild.hints.model import FunctionRecord, Hints

MOST_UNITS = 20_000  # of one code object: what is longer stays bytecode


@dataclass(frozen=True)
class Translation:
    """A translated module: its C files, and (qualified name, line, reason) of the functions that stay bytecode."""

    c: tuple[str, ...]
    native: tuple[str, ...]
    bytecode: tuple[tuple[str, int, str], ...]


def arithmetic(function: Function) -> None:
    """Numbers and types in turn: what one finds out is what the other goes on from."""
    for _ in range(8):
        if not use_numbers(function):
            return
        infer_types(function)


@dataclass(frozen=True)
class Surroundings:
    """What a function's module says of it: which code objects are probably called often, the names of its functions, the signatures of
    those that have typed bodies (by qualified name), and these bodies (by the code object's number)."""

    warm: frozenset[int]
    defined: frozenset[str]
    typed: Mapping[str, Signature]
    bodies: Mapping[int, Function]


def look_around(codes: Sequence[Code], records: Mapping[int, FunctionRecord | None], idle: frozenset[int] = frozenset()) -> Surroundings:
    """What the code objects of a module say of each other; those that are `idle` stay bytecode."""
    typed, bodies = typed_functions([code for code in codes if code.index not in idle], records)
    return Surroundings(warm_codes(codes), frozenset(code.name for code in codes if code.is_function), typed, bodies)


Pass = tuple[str, Callable[[Function], None]]
PASSES: tuple[Pass, ...] = (
    ("ssa", clean_up),
    ("calls", know_calls),
    ("simplify", simplify),
    ("slices", use_bounds),
    ("ranges", count_ranges),
    ("types", infer_types),
    ("bound", simplify),
    ("numbers", arithmetic),
    ("common", share),
    ("known", pass_numbers),
    ("unbox", unbox_values),
    ("tidy", simplify),
    ("order", clean_up),
    ("inplace", store_in_place),
    ("invoke", invoke_methods),
    ("witness", own_for_witnesses),
    ("heat", find_cold),
    ("builtin", know_builtins),
    ("constants", join_constants),
    ("borrow", borrow_loads),
    ("strings", add_in_place),
    ("refcount", count_references),
)
_FOR_NUMBERS = {"calls", "ranges", "numbers", "common", "known", "unbox", "inplace"}  # where nothing is hot, numbers stay objects


def translate_function(
    code: Code,
    record: FunctionRecord | None = None,
    watch: Callable[[str, Function], None] | None = None,
    module: Surroundings | None = None,
) -> str:
    """The C of one code object, its typed body included; `record` says what runs of it did, `watch` is shown the function after each pass,
    `module` says what the other functions are (None: nothing is known, so that this one is taken to be hot).  Raises Unsupported."""
    if not code.is_function and not any(unit.name.startswith(("JUMP_BACKWARD", "POP_JUMP_BACKWARD")) for unit in code.units):
        raise Unsupported("it is the body of a module or class, and has no loop")
    if len(code.units) > MOST_UNITS:
        raise Unsupported("it is too long")
    function = lift(code)
    function.notes["typed"] = module.typed if module is not None else {}
    if record is not None:
        function.notes["record"] = Seen(record)
    function.notes["hot"] = function.notes["warm"] = module is None or code.index in module.warm or record is not None
    if module is not None:
        function.notes["defined"] = module.defined
    if watch is not None:
        watch("lift", function)
    for name, run in PASSES:
        if name in _FOR_NUMBERS and not function.notes["hot"] and not any(block.loop for block in function.blocks):
            continue
        run(function)
        if watch is not None:
            watch(name, function)
    text = emit_function(function)
    if module is not None and code.index in module.bodies:
        text += emit_typed(module.bodies[code.index], module.typed[code.qualname]) + "\n"
    return text


def translate_module(
    name: str, descriptions: Sequence[Mapping[str, Any]], hints: Hints | None = None, *, everything: bool = True
) -> Translation:
    """Translate what can be of a module's code objects, by what `hints` say of them; without `everything` only what a run reached."""
    functions: list[tuple[int, str]] = []
    native: list[str] = []
    refused: list[tuple[str, int, str]] = []
    reached = {qualname for qualname, _ in hints.recorded(name)} if hints else set()
    codes = [read(index, data) for index, data in enumerate(descriptions)]
    records = {code.index: hints.function(name, code.qualname, code.digest, code.line) if hints else None for code in codes}
    idle = frozenset(code.index for code in codes if records[code.index] is None and not everything and code.qualname not in reached)
    module = look_around(codes, records, idle)
    for code in codes:
        try:
            if code.index in idle:
                raise Unsupported("no recorded run reached it")
            functions.append((code.index, translate_function(code, records[code.index], module=module)))
            native.append(code.qualname)
        except Unsupported as why:
            refused.append((code.qualname, code.line, str(why)))
    prototypes = [declare_typed(signature) for signature in module.typed.values()]
    return Translation(emit_module(name, functions, prototypes), tuple(native), tuple(refused))

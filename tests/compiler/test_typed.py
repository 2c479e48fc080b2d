"""Typed bodies: which functions have one, that their IR and that of their callers is sound after every pass, and what they become."""

from __future__ import annotations

import pytest

from pybuild.compiler.emit.typed import emit_typed
from pybuild.compiler.ir.model import Function
from pybuild.compiler.ir.ownership import verify_ownership
from pybuild.compiler.ir.parser import parse_function
from pybuild.compiler.ir.printer import print_function
from pybuild.compiler.ir.verifier import verify
from pybuild.compiler.lift.description import Code
from pybuild.compiler.translate import look_around, translate_function
from pybuild.compiler.typed import typed_functions
from pybuild.hints.model import FunctionRecord, function_record
from tests.compiler.support import describe

SOURCE = """
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def mean(x, n):
    return (x + n) / 2.0

def even(n):
    return True if n == 0 else odd(n - 1)

def odd(n):
    return False if n == 0 else even(n - 1)

def caller(items, n):
    total = 0
    for item in items:
        try:
            total += fib(n) + fib(item) * fib(n * 2)
            items.append(even(n))
            if odd(total):
                items.append(mean(1.5, n))
        except ValueError:
            total = fib(total)
    return [total, mean(items, n)]

def first(x):
    return x

def keeps(x, y):
    return x if y < 0 else y * 2.0

def gcd(a, b):
    while b:
        a, b = b, a % b
    return a

def total(n):
    found = 0
    for i in range(n):
        if i % 3 == 0:
            here = i * 12
            found += gcd(here, i)
    return found

def prints(n):
    print(n)
    return prints(n - 1)

def raises(n):
    try:
        return raises(n - 1)
    except ValueError:
        return 0

def defaults(n, *rest):
    return defaults(n - 1)

def calls_prints(n):
    return prints(n) + calls_prints(n)
"""


def codes() -> tuple[Code, ...]:
    return describe({"m": SOURCE})["m"]


def record(code: Code, arguments: list[str], returns: str) -> FunctionRecord:
    raw = {"module": "m", "qualname": code.qualname, "line": 1, "hash": "", "first-party": True, "calls": 100, "resumptions": 0}
    seen = {str(n): {name: 100} for n, name in enumerate(arguments)}
    return function_record({**raw, "watched": 100, "ticks": 0, "arguments": seen, "returns": {returns: 100}})


def records() -> dict[int, FunctionRecord | None]:
    types = {
        "fib": (["int small"], "int small"),
        "mean": (["float", "int small"], "float"),
        "even": (["int small"], "bool"),
        "odd": (["int small"], "bool"),
        "gcd": (["int small", "int small"], "int small"),
        "total": (["int small"], "int small"),
        "first": (["float"], "float"),
        "keeps": (["float", "float"], "float"),
        "prints": (["int small"], "int small"),
        "raises": (["int small"], "int small"),
        "defaults": (["int small"], "int small"),
        "calls_prints": (["int small"], "int small"),
    }
    return {code.index: record(code, *types[code.qualname]) if code.qualname in types else None for code in codes()}


def faults_of(function: Function) -> list[str]:
    found = verify(function)
    text = print_function(function)
    if not found and print_function(parse_function(text, function.code)) != text:
        found.append("the text form is not the whole function")
    return found


def test_functions_of_numbers_have_typed_bodies() -> None:
    typed, bodies = typed_functions(codes(), records())
    assert {name: (one.parameters, one.result) for name, one in typed.items()} == {
        "fib": ("i", "i"),
        "mean": ("di", "d"),
        "even": ("i", "b"),
        "odd": ("i", "b"),
        "gcd": ("ii", "i"),
        "total": ("i", "i"),
        "keeps": ("dd", "d"),  # where it returns what it got it refuses
    }
    assert set(bodies) == {one.index for one in typed.values()}


def test_without_a_record_functions_that_call_themselves_are_tried_with_ints() -> None:
    typed, _ = typed_functions(codes(), {})
    assert {name: (one.parameters, one.result) for name, one in typed.items()} == {"fib": ("i", "i")}


def test_what_was_recorded_with_large_numbers_has_none() -> None:
    large = {code.index: record(code, ["int big"], "int small") if code.qualname == "fib" else None for code in codes()}
    assert "fib" not in typed_functions(codes(), large)[0]


def test_every_pass_leaves_sound_typed_bodies() -> None:
    faults: list[str] = []

    def look(stage: str, function: Function) -> None:
        faults.extend(f"{function.code.qualname} after {stage}: {fault}" for fault in faults_of(function))

    typed_functions(codes(), records(), look)
    assert faults == []


@pytest.mark.parametrize("name", ["fib", "even", "caller", "calls_prints"])
def test_every_pass_leaves_sound_callers(name: str) -> None:
    code = next(code for code in codes() if code.qualname == name)
    faults: list[str] = []

    def look(stage: str, function: Function) -> None:
        found = faults_of(function)
        if stage == "refcount" and not found:
            found = verify_ownership(function)
        faults.extend(f"{name} after {stage}: {fault}" for fault in found)

    c = translate_function(code, records()[code.index], look, look_around(codes(), records()))
    assert faults == []
    assert "pb_known_slow(" in c or name == "calls_prints"


def test_a_typed_body_calls_itself_without_looking_its_name_up_again() -> None:
    typed, bodies = typed_functions(codes(), records())
    text = emit_typed(bodies[typed["fib"].index], typed["fib"])
    index = typed["fib"].index
    assert text.count(f"ti{index}(ts, (PyFunctionObject *)") == 2
    assert text.count("pb_quick_global(") == 1

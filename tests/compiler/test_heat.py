"""What is taken to be hot without a record, and what that changes: calls instead of text, files by size."""

from __future__ import annotations

from textwrap import dedent

import pytest

from pybuild.compiler.analysis.heat import warm_codes
from pybuild.compiler.emit import module as emit
from pybuild.compiler.lift.description import Code
from pybuild.compiler.translate import look_around, translate_function
from tests.compiler.support import describe

SOURCE = """
def main():
    setup("x")
    for n in range(10):
        step(n)

def setup(name):
    return Thing(name).value

def step(n):
    return helper(n).area()

def helper(n):
    return Shape(n)

def walk(n):
    return walk(n - 1) if n else 0

def mapped(values):
    return [twice(value) for value in values]

def twice(value):
    return sorted([value], key=lambda one: -one)

class Thing:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value

    def __repr__(self):
        return "Thing"

class Shape:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2
"""


@pytest.fixture(scope="module")
def codes() -> dict[str, Code]:
    return {code.qualname: code for code in describe({"m": SOURCE})["m"]}


@pytest.mark.parametrize(
    ("name", "warm"),
    [
        pytest.param("main", False, id="nobody calls it"),
        pytest.param("setup", False, id="called, in no loop"),
        pytest.param("step", True, id="called in a loop"),
        pytest.param("helper", True, id="called by what is"),
        pytest.param("Shape.__init__", True, id="the class is"),
        pytest.param("Shape.area", True, id="a method of that name is"),
        pytest.param("walk", True, id="calls itself"),
        pytest.param("twice", True, id="called in a comprehension"),
        pytest.param("twice.<locals>.<lambda>", True, id="made by what is"),
        pytest.param("Thing.__init__", False, id="a class that is made in no loop"),
        pytest.param("Thing.__eq__", True, id="a method of an operator"),
        pytest.param("Thing.__repr__", False, id="what objects are shown with"),
    ],
)
def test_warm_is_what_loops_mention(codes: dict[str, Code], name: str, warm: bool) -> None:
    assert (codes[name].index in warm_codes(tuple(codes.values()))) == warm


def _c(codes: dict[str, Code], name: str) -> str:
    return translate_function(codes[name], module=look_around(tuple(codes.values()), {}))


def test_what_is_not_warm_is_made_of_calls(codes: dict[str, Code]) -> None:
    cold, warm = _c(codes, "setup"), _c(codes, "step")
    assert "pb_c_load_attr(" in cold
    assert "pb_quick_attr(" not in cold.split("static PyObject *l")[0]
    assert "PB_SMALL" in cold
    assert "PB_SMALL" not in warm
    assert len(cold) < len(warm)


def test_ways_to_an_exception_are_cold_wherever_they_are() -> None:
    source = dedent("""
        def f(items):
            total = 0
            for item in items:
                if item.size < 0:
                    raise ValueError(item.name)
                total += item.size
            return total
    """)
    codes = {code.qualname: code for code in describe({"m": source})["m"]}
    c = translate_function(codes["f"])
    assert c.count("pb_quick_attr(") == 2  # of the loop; the one before `raise` is a call
    assert "pb_c_load_attr(fr, 0x" in c


def test_a_long_module_is_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emit, "MOST_TEXT", 10)
    texts = [(n, f"PB_OF_MODULE pb_native native{n};  /* {'x' * 20} */") for n in range(3)]
    first, *others = emit.emit_module("a.b", [*texts, (3, "calls ty1(2)")], ["int ty1(int);"])
    assert "&native0, &native1, &native2, &native3" in first
    assert "calls ty1(2)" in first, "what calls typed bodies is where these are"
    assert "int ty1(int);" in first
    assert "extern PB_HIDDEN pb_native native1;" in first
    assert len(others) == 3
    assert all("#define PB_OF_MODULE PB_HIDDEN" in file for file in (first, *others))
    assert all(text in file for (_, text), file in zip(texts, others, strict=True))


def test_a_short_module_is_one_file() -> None:
    (only,) = emit.emit_module("a.b", [(0, "PB_OF_MODULE pb_native native0;")])
    assert "#define PB_OF_MODULE static" in only

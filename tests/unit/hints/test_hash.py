"""The content hash: the same for the same function wherever it stands, another one for whatever it does otherwise."""

from __future__ import annotations

import types

import pytest

from pybuild.worker.recorder_hash import content_hash


def code_of(source: str, name: str = "f", file: str = "a.py") -> types.CodeType:
    module = compile(source, file, "exec")
    return next(value for value in module.co_consts if isinstance(value, types.CodeType) and value.co_name == name)


def hash_of(source: str, **where: str) -> str:
    return content_hash(code_of(source, **where))


PLAIN = "def f(x):\n    return x + 1\n"


def test_it_does_not_depend_on_the_place() -> None:
    assert hash_of(PLAIN) == hash_of("import os\n\ndef g(): return 2\n\n" + PLAIN, file="b.py")
    assert hash_of(PLAIN) == hash_of("def f(x):\n    # why\n    return (\n        x + 1)\n")


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x + 2\n",
        "def f(x):\n    return x + 1.0\n",
        "def f(x):\n    return x + True\n",
        "def f(x):\n    return x - 1\n",
        "def f(y):\n    return y + 1\n",
        "def f(x, /):\n    return x + 1\n",
        "def f(*, x):\n    return x + 1\n",
        "def f(*x):\n    return x + 1\n",
        "async def f(x):\n    return x + 1\n",
        "def f(x):\n    'text'\n    return x + 1\n",
    ],
)
def test_it_depends_on_what_the_function_does(source: str) -> None:
    assert hash_of(source) != hash_of(PLAIN)


def test_the_ranges_of_handlers_count() -> None:
    inside = "def f(x):\n    try:\n        x()\n        x.a\n    except E: pass\n"
    assert hash_of(inside) != hash_of("def f(x):\n    x()\n    try:\n        x.a\n    except E: pass\n")


def test_what_an_inner_function_does_is_its_own() -> None:
    outer = "def f(x):\n    def g(): return {}\n    return g\n"
    assert hash_of(outer.format(1)) == hash_of(outer.format("x.y[2]").replace("x.y", "q"))


def test_sets_are_compared_without_their_order() -> None:
    words = [f"'word{i}'" for i in range(40)]
    one, other = ("def f(x): return x in {" + ", ".join(order) + "}\n" for order in (words, words[::-1]))
    assert hash_of(one) == hash_of(other)
    assert hash_of(one) != hash_of("def f(x): return x in {" + ", ".join(words[1:]) + "}\n")


def test_specialising_the_code_changes_nothing() -> None:
    namespace: dict[str, types.FunctionType] = {}
    exec(PLAIN, namespace)
    before = content_hash(namespace["f"].__code__)
    for i in range(100):
        namespace["f"](i)
    assert content_hash(namespace["f"].__code__) == before

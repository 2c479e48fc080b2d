"""The strings of a module that may be names of modules."""

from __future__ import annotations

from typing import Any

import pytest

from .test_compiling import Compile


def named(answer: dict[str, Any]) -> list[list[Any]]:
    return answer["scan"].get("named", [])


@pytest.mark.parametrize("text", ["a.b", "a.b.C", "main:app", "a.b:c.d", "a.b:make()", "größe.b"])
def test_names(compile_source: Compile, text: str) -> None:
    assert named(compile_source(f"x = 1\ny = {text!r}\n")) == [[2, text]]


@pytest.mark.parametrize(
    "text", ["a", "a b.c", ".a.b", "a.b.", "a/b.c", "1.5", "a..b", "a:b:c", "http://x.y", "%s.b", "a-b.c", "a." + 200 * "b"]
)
def test_other_strings(compile_source: Compile, text: str) -> None:
    assert named(compile_source(f"x = {text!r}\n")) == []


def test_wherever_they_stand(compile_source: Compile) -> None:
    source = """\
X = {"a": ("t.u",)}
class C:
    def f(self):
        return g(
            "f.g"
        )
if "s.t" in {"n.o", "p.q"}: pass
"""
    assert named(compile_source(source)) == [[5, "f.g"], [7, "n.o"], [7, "p.q"], [7, "s.t"], [1, "t.u"]]


def test_one_that_is_written_in_parts_has_the_line_of_its_function(compile_source: Compile) -> None:
    assert named(compile_source("x = 1\ndef f():\n    return ('a.'\n            'b')\n")) == [[2, "a.b"]]

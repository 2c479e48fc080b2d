"""What users see of the compiler: `pybuild ir`, and what a build says of its native code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pybuild.compiler.model import NativeModule
from pybuild.compiler.native import tell
from pybuild.errors import Diagnostic
from pybuild.hints import Hints
from pybuild.progress import Silent
from tests.compiler.support import python311
from tests.end_to_end.conftest import pybuild, shared
from tests.end_to_end.support import Pybuild, Ran, find_pythons

__all__ = ["pybuild", "shared"]

SOURCE = """\
def total(numbers):
    result = 0
    for number in range(numbers):
        result += number
    return result


def each():
    yield 1


class Point:
    def move(self):
        def inner():
            return self
        return inner


print(total(10), list(each()))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(SOURCE)
    return tmp_path


class TestIr:
    @pytest.fixture
    def ir(self, pybuild: Pybuild, project: Path) -> Any:
        def run(*words: str) -> Ran:
            return pybuild("ir", "--python", python311(), *words, folder=project)

        return run

    def test_every_stage_and_the_c(self, ir: Any) -> None:
        ran = ir("app.py:total")
        assert ran.status == 0, ran.err
        stages = [line[3:].partition(":")[0] for line in ran.out.splitlines() if line.startswith("== ")]
        assert stages[:2] == ["lift", "ssa"]
        assert stages[-2:] == ["refcount", "c"]
        assert "static PyObject *b1(" in ran.out

    def test_one_stage(self, ir: Any) -> None:
        ran = ir("app.py:total", "--stage", "unbox")
        assert ran.status == 0, ran.err
        assert ran.out.startswith("function total(numbers) line 1")
        assert "; 4: result += number" in ran.out
        assert "i_add" in ran.out
        assert "static PyObject" not in ran.out

    def test_the_c_alone(self, ir: Any) -> None:
        ran = ir("app.py:total", "--stage", "c")
        assert ran.out.startswith("/* total, line 1 */")

    @pytest.mark.parametrize("name", ["Point.move", "Point.move.<locals>.inner"])
    def test_methods_and_inner_functions(self, ir: Any, name: str) -> None:
        ran = ir(f"app.py:{name}", "--stage", "ssa")
        assert ran.status == 0, ran.err
        assert ran.out.startswith(f"function {name}(")

    def test_with_every_state_the_text_can_be_read_back(self, ir: Any) -> None:
        from pybuild.compiler.ir.parser import parse_function
        from pybuild.compiler.ir.verifier import verify

        ran = ir("app.py:total", "--stage", "refcount", "--states")
        assert verify(parse_function(ran.out)) == []

    @pytest.mark.parametrize(
        ("words", "message", "hint"),
        [
            (["app.py"], "expected FILE:FUNCTION", "pybuild ir app.py:Point.move"),
            (["ap.py:total"], "is not there", "did you mean `app.py`?"),
            (["app.py:totl"], "has no function `totl`", "did you mean `total`?"),
            (["app.py:move"], "has no function `move`", "did you mean `Point.move`?"),
            (["app.py:each"], "`each` stays bytecode: it is a generator or coroutine", ""),
            (["app.py:total", "--stage", "unbx"], "there is no stage `unbx`", "did you mean `unbox`?"),
        ],
    )
    def test_mistakes_are_told(self, ir: Any, words: list[str], message: str, hint: str) -> None:
        ran = ir(*words)
        assert ran.status == 2
        assert message in ran.err
        assert hint in ran.err

    def test_a_source_that_does_not_compile(self, ir: Any, project: Path) -> None:
        (project / "app.py").write_text("def total(:\n")
        ran = ir("app.py:total")
        assert ran.status == 2
        assert "SyntaxError" in ran.err
        assert "app.py:1:11" in ran.err

    def test_a_python_that_no_native_code_is_made_for(self, pybuild: Pybuild, project: Path) -> None:
        other = next((python for python in find_pythons() if python.version != "3.11"), None)
        if other is None:
            pytest.skip("only Python 3.11 is found")
        ran = pybuild("ir", "--python", other.executable, "app.py:total", folder=project)
        assert ran.status == 2
        assert "no native code is made" in ran.err


class TestBuild:
    def test_the_summary_and_the_json(self, pybuild: Pybuild, project: Path) -> None:
        words = ("--python", str(python311()), "--mode", "accelerated", "app.py")
        ran = pybuild("build", "--verbose", *words, folder=project)
        assert ran.status == 0, ran.err
        assert "3 functions native, 1 stays bytecode" in ran.out
        assert "@app.py: each, line 8, stays bytecode: it is a generator or coroutine" in ran.out + ran.err
        again = json.loads(pybuild("build", "--output-format", "json", *words, folder=project).stdout)
        counts = {"modules": 1, "functions": 3, "bytecode": 1}
        assert again["status"] == "up-to-date"
        assert again["native"] == {**counts, "lifted": 0, "front_end_seconds": 0}
        (project / "app.py").write_text(SOURCE + "\n# changed\nprint()\n")
        changed = pybuild.build(*words, folder=project)["native"]
        assert isinstance(changed, dict)
        assert {**counts, "lifted": 1}.items() <= changed.items()
        assert changed["front_end_seconds"] > 0


class Listening(Silent):
    """Keeps the details, too."""

    def __init__(self) -> None:
        super().__init__()
        self.details: list[str] = []

    def detail(self, text: str) -> None:
        self.details.append(text)


def entry(qualname: str, digest: str) -> dict[str, object]:
    return {"module": "acme", "qualname": qualname, "hash": digest, "line": 1}


class TestTelling:
    def told(self, known: tuple[tuple[str, str], ...], *entries: dict[str, object]) -> tuple[list[Diagnostic], list[str]]:
        progress = Listening()
        module = NativeModule("acme", Path("acme.c"), ("f",), (("g", 7, "it is a generator or coroutine"),), known)
        tell([module], Hints({"functions": list(entries)}) if entries else Hints(), progress)
        return progress.warnings, progress.details

    def test_why_a_function_stays_bytecode(self) -> None:
        assert self.told(()) == ([], ["acme: g, line 7, stays bytecode: it is a generator or coroutine"])

    def test_a_record_of_other_sources_is_warned_of_once(self) -> None:
        warnings, _ = self.told((("f", "now"), ("g", "same")), entry("f", "before"), entry("h", "gone"), entry("g", "same"))
        assert [warning.code for warning in warnings] == ["hints-stale"]
        assert "2 of 3 recorded functions" in warnings[0].message

    def test_a_record_of_these_sources_is_not(self) -> None:
        assert self.told((("f", "now"),), entry("f", "now"))[0] == []

"""What the compiler's tests share: descriptions of code objects, made by the Python 3.11 that is found, and functions after any pass."""

from __future__ import annotations

import functools
import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pybuild.compiler.ir.model import Function
from pybuild.compiler.lift.description import Code, read
from pybuild.compiler.translate import translate_function
from pybuild.hints.model import FunctionRecord
from tests.end_to_end.support import find_pythons

WORKER = Path(__file__).parents[2] / "pybuild" / "worker"

_DESCRIBE = """
import importlib.util, json, sys, types
package = types.ModuleType("described_by")
package.__path__ = [sys.argv[1]]
sys.modules["described_by"] = package
from described_by.describing import describe
answers = {}
for name, text in json.load(sys.stdin).items():
    file = name + ".py"
    if text is None:
        found = importlib.util.find_spec(name)
        file = found.loader_state.filename if found.origin == "frozen" else found.origin
        with open(file, "rb") as stream:
            text = stream.read()
    answers[name] = describe(compile(text, file, "exec", dont_inherit=True))
print(json.dumps(answers))
"""


@functools.cache
def python311() -> Path:
    """A Python 3.11; skips the test when there is none."""
    for python in find_pythons():
        if python.version == "3.11":
            return python.executable
    pytest.skip("no Python 3.11 is found")


def describe(sources: Mapping[str, str | None]) -> dict[str, tuple[Code, ...]]:
    """The code objects of each text, or (None) of the installed module of that name."""
    command = [python311(), "-I", "-c", _DESCRIBE, WORKER]
    answer = subprocess.run(command, input=json.dumps(sources), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, list[dict[str, Any]]] = json.loads(answer.stdout)
    return {name: tuple(read(n, data) for n, data in enumerate(codes)) for name, codes in found.items()}


@functools.cache
def code_of(source: str, name: str = "f") -> Code:
    """The code object of the function `name` in `source`."""
    return next(code for code in describe({"m": source})["m"] if code.qualname == name)


def after_each_pass(code: Code, look: Callable[[str, Function], None], *, guess: bool = True, record: FunctionRecord | None = None) -> str:
    """Translate `code`; `look` is shown the function after each pass."""

    def watch(stage: str, function: Function) -> None:
        if stage == "lift":
            function.notes["guess"] = guess
        look(stage, function)

    return translate_function(code, record, watch)


class _Reached(Exception):
    pass


def after(stage: str, code: Code, *, guess: bool = True, record: FunctionRecord | None = None) -> Function:
    """The function of `code` after the pass `stage`."""
    found: list[Function] = []

    def look(name: str, function: Function) -> None:
        if name == stage:
            found.append(function)
            raise _Reached

    try:
        after_each_pass(code, look, guess=guess, record=record)
    except _Reached:
        return found[0]
    raise AssertionError(f"there is no pass {stage}")

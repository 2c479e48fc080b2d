"""What each pass does, as text: a function's source, a pass, and the operations that it leaves.

A file below `cases/` holds cases such as

    # case: a sum over a range
    # stage: unbox
    def f(n):
        ...
    # ir
    function f(n) line 1 code 1
    ...

`# stage: A..B` shows what changes between the two passes, as a diff.  `# guess: no` before the source switches guesses off,
`# operands: AT OPCODE CLASS CLASS` adds what a record saw at a code unit.  `# why` in place of `# ir` is followed by why the function
stays bytecode.  The function is `f`, or what `# function:` names.  Values are numbered from 0 in the order of the text.
PYBUILD_UPDATE_CASES=1 writes what is found into the files: read the difference before you keep it.
"""

from __future__ import annotations

import difflib
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pybuild.compiler.ir.ownership import verify_ownership
from pybuild.compiler.ir.printer import NEEDED, print_function
from pybuild.compiler.ir.verifier import verify
from pybuild.compiler.lift.description import Code
from pybuild.compiler.lift.py311 import Unsupported
from pybuild.hints.model import FunctionRecord, function_record
from tests.compiler.support import after, describe

CASES = Path(__file__).parent / "cases"
UPDATE = bool(os.environ.get("PYBUILD_UPDATE_CASES"))


@dataclass
class Case:
    """One case; `kind` is "ir" or "why"."""

    file: Path
    name: str
    settings: dict[str, str] = field(default_factory=dict)
    operands: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    kind: str = "ir"
    expected: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.file.stem}: {self.name}"

    def record(self) -> FunctionRecord | None:
        """The record that the case's header gives."""
        if not self.operands:
            return None
        sites: dict[str, object] = {}
        for line in self.operands:
            at, opcode, *classes = line.split()
            seen = [{"int small" if name == "int" else name: 100} for name in classes]
            sites[str(2 * int(at))] = {"opcode": opcode, "count": 100, "operands": seen}
        known = {"module": "m", "qualname": "f", "line": 1, "hash": "", "first-party": True, "calls": 100, "sites": sites}
        return function_record({**known, "resumptions": 0, "watched": 100, "ticks": 0})

    def text(self) -> str:
        """The case as the file has it."""
        head = [f"# {key}: {value}" for key, value in self.settings.items()] + [f"# operands: {line}" for line in self.operands]
        return "\n".join([f"# case: {self.name}", *head, *self.source, f"# {self.kind}", *self.expected, ""]) + "\n"


def cases() -> Iterator[Case]:
    """All of them."""
    for file in sorted(CASES.glob("*.txt")):
        case: Case | None = None
        place: list[str] = []
        for line in file.read_text().splitlines():
            word, _, rest = line.removeprefix("# ").partition(":")
            if line.startswith("# case:"):
                case = Case(file, rest.strip())
                place = case.source
                yield case
            elif case is None:
                raise AssertionError(f"{file}: {line!r} before the first case")
            elif line.startswith("# operands:") and place is case.source:
                case.operands.append(rest.strip())
            elif line.startswith("# ") and word in ("stage", "guess", "function") and place is case.source:
                case.settings[word] = rest.strip()
            elif line in ("# ir", "# why"):
                case.kind, place = line[2:], case.expected
            else:
                place.append(line)


ALL = tuple(cases())


@functools.cache
def described() -> dict[str, tuple[Code, ...]]:
    return describe({str(n): "\n".join(case.source) for n, case in enumerate(all_cases())})


@functools.cache
def all_cases() -> tuple[Case, ...]:
    found = tuple(cases())
    for case in found:
        while case.expected and not case.expected[-1]:
            case.expected.pop()
    return found


def outcome(case: Case, code: Code) -> list[str]:
    """What the case's function is after its pass, or why it stays bytecode."""
    stages = case.settings.get("stage", "lift").split("..")
    guess = case.settings.get("guess") != "no"
    texts = []
    try:
        for stage in stages:
            function = after(stage, code, guess=guess, record=case.record())
            assert verify(function) + (verify_ownership(function) if stage == "refcount" else []) == []
            texts.append(print_function(function, states=NEEDED, fresh=len(stages) == 1).splitlines())
    except Unsupported as why:
        assert case.kind == "why", f"it stays bytecode: {why}"
        return [str(why)]
    assert case.kind == "ir", "it is translated"
    if len(texts) == 1:
        return texts[0]
    lines = difflib.unified_diff(*texts, lineterm="", n=1)
    return [line for line in lines if not line.startswith(("---", "+++"))]


@pytest.mark.parametrize("number", range(len(ALL)), ids=[str(case) for case in ALL])
def test_case(number: int) -> None:
    case = all_cases()[number]
    wanted = case.settings.get("function", "f")
    code = next(code for code in described()[str(number)] if code.qualname == wanted)
    found = outcome(case, code)
    if UPDATE:
        case.expected = found
        same = [other for other in all_cases() if other.file == case.file]
        case.file.write_text("\n".join(other.text().rstrip("\n") + "\n" for other in same))
        return
    assert found == case.expected, "\n".join(difflib.unified_diff(case.expected, found, "expected", "found", lineterm=""))

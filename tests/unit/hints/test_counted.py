"""Records of native runs: from a counting build's report, merged with others, and what the compiler makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pybuild.compiler.ir.model import Op, State
from pybuild.compiler.record import Seen
from pybuild.errors import UserError
from pybuild.hints import Hints, load_hints
from pybuild.hints.counted import record_of_counts
from pybuild.hints.model import function_record
from pybuild.hints.summary import left_summary
from pybuild.interpreter.model import Interpreter
from pybuild.worker.recorder_document import merge, render

COUNTED = {
    "module": "acme",
    "qualname": "scale",
    "line": 3,
    "hash": "aa",
    "native": True,
    "first-party": True,
    "calls": {"native": 100, "bytecode": 2},
    "iterations": {"native": 700, "bytecode": 30},
    "left": {"14": 9, "20": 1},
}


def interpreter() -> Interpreter:
    one = object.__new__(Interpreter)
    for name, value in (("version", (3, 11, 7)), ("magic", "a70d0d0a")):
        object.__setattr__(one, name, value)
    return one


def document(*functions: dict[str, Any]) -> dict[str, Any]:
    return record_of_counts({"functions": list(functions)}, "acme", interpreter())


def entry(**changes: Any) -> dict[str, Any]:
    return document({**COUNTED, **changes})["functions"][0]


def test_a_report_becomes_a_record() -> None:
    assert document(COUNTED) == {
        "format": 1,
        "python": "3.11.7",
        "magic": "a70d0d0a",
        "runs": [{"target": "acme", "calls": 0, "ticks": 0}],
        "modules": {},
        "functions": [
            {
                "module": "acme",
                "qualname": "scale",
                "line": 3,
                "hash": "aa",
                "first-party": True,
                "calls": 0,
                "resumptions": 0,
                "watched": 0,
                "ticks": 0,
                "native": {"calls": 100, "iterations": 700, "interpreted": 30},
                "left": {"14": 9, "20": 1},
            }
        ],
    }


def test_functions_without_native_body_or_hash_have_nothing_to_say() -> None:
    nameless = {key: value for key, value in COUNTED.items() if key != "hash"}
    assert document({**COUNTED, "native": False}, nameless)["functions"] == []


def test_iterations_that_a_shared_libpython_hides_are_none() -> None:
    assert entry(iterations={"native": 5, "bytecode": None})["native"]["interpreted"] == 0


def test_the_text_reads_back_and_the_same_place_adds_up(tmp_path: Path) -> None:
    file = tmp_path / "native.json"
    file.write_text(render(merge([document(COUNTED), document({**COUNTED, "left": {"14": 1, "30": 2}})])))
    record = load_hints([file], "3.11.7", "a70d0d0a").function("acme", "scale", "aa")
    assert record is not None
    assert dict(record.left) == {14: 10, 20: 1, 30: 2}
    assert record.native is not None
    assert (record.native.calls, record.native.iterations, record.native.interpreted) == (200, 1400, 60)


def test_merged_with_what_the_interpreter_saw_both_are_there() -> None:
    seen = {**entry(), "calls": 7, "sites": {"14": {"opcode": "BINARY_OP", "count": 7, "operands": [{"int small": 7}] * 2}}}
    for key in ("native", "left"):
        del seen[key]
    other = {**document(), "functions": [seen]}
    for order in ([document(COUNTED), other], [other, document(COUNTED)]):
        record = Hints(merge(order)).function("acme", "scale", "aa")
        assert record is not None
        assert record.calls == 7
        assert record.left[14] == 9
        assert record.sites[14].count == 7


@pytest.mark.parametrize(
    "damage",
    [
        {"left": {"x": 1}},
        {"left": {"14": "9"}},
        {"left": [14]},
        {"native": {"calls": 1}},
        {"native": {"calls": 1, "iterations": 2, "interpreted": "3"}},
        {"native": {"calls": 1, "iterations": 2, "interpreted": 3, "more": 4}},
        {"native": 5},
    ],
)
def test_a_damaged_record_is_refused(tmp_path: Path, damage: dict[str, Any]) -> None:
    broken = document(COUNTED)
    broken["functions"][0].update(damage)
    file = tmp_path / "native.json"
    file.write_text(json.dumps(broken))
    with pytest.raises(UserError) as caught:
        load_hints([file])
    assert "the record is damaged" in caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("left", "calls", "native", "interpreted", "often"),
    [
        (8, 100, 700, 0, True),
        (7, 100, 700, 0, False),  # too few to say
        (8, 801, 700, 0, False),  # less than every hundredth call
        (1, 1, 10, 5000, True),  # once, but then the loop went on in the interpreter
        (1, 1, 5000, 10, False),  # at the end of a long loop
        (0, 1, 10, 5000, False),
    ],
)
def test_what_is_often(left: int, calls: int, native: int, interpreted: int, often: bool) -> None:
    counts = {"calls": {"native": calls, "bytecode": 0}, "iterations": {"native": native, "bytecode": interpreted}}
    record = function_record(entry(**counts, left={"14": left} if left else {}))
    assert record.left_often(14) is often
    assert record.left_often(16) is False


def test_the_compiler_asks_by_the_unit_where_the_interpreter_would_go_on() -> None:
    seen = Seen(function_record(entry()))
    assert seen.left_often(Op("binary", [], [], {"at": 9}, State(7, (), ())))
    assert not seen.left_often(Op("binary", [], [], {"at": 7}, State(9, (), ())))
    assert not seen.left_often(Op("binary", [], [], {"at": 7}, None))


def test_a_native_run_alone_does_not_say_that_nothing_varies() -> None:
    assert Seen(function_record(entry()))(Op("binary", [], [], {"at": 9}, State(9, (), ()))) is None


def test_the_summary_says_which_guesses_are_given_up() -> None:
    lines = list(left_summary(document(COUNTED)))
    assert lines[0] == "1 native functions ran, 10 guesses wrong at 2 places"
    assert lines[1].strip() == "9 of 100 calls  acme: scale, line 3, offset 14: no more guesses"
    assert lines[2].strip() == "1 of 100 calls  acme: scale, line 3, offset 20: too few to matter"

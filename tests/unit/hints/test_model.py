"""What the compiler asks of hints."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.hints import FunctionRecord, Hints, TypeCounts, load_hints
from tests.unit.hints.records import HASH, function, write


def hints_of(folder: Path, *functions: dict[str, object]) -> Hints:
    return load_hints([write(folder / "h.json", *functions)])


def found(hints: Hints, qualname: str = "f", line: int = 0) -> FunctionRecord:
    record = hints.function("acme", qualname, HASH, line)
    assert record is not None
    return record


def test_a_function_is_found_by_module_name_and_content(tmp_path: Path) -> None:
    hints = hints_of(tmp_path, function(calls=3))
    assert found(hints).calls == 3
    assert hints.function("acme", "f", "another") is None
    assert hints.function("acme", "g", HASH) is None
    assert hints.function("other", "f", HASH) is None
    assert hints.modules == ("acme",)


def test_without_records_there_is_nothing() -> None:
    assert not Hints()
    assert load_hints([]).function("acme", "f", HASH) is None
    assert Hints().digest("acme") == ""


def test_alike_functions_are_told_apart_by_line_or_taken_together(tmp_path: Path) -> None:
    hints = hints_of(tmp_path, function("<lambda>", line=3, calls=2), function("<lambda>", line=9, calls=5))
    assert found(hints, "<lambda>", 9).calls == 5
    assert found(hints, "<lambda>", 4).calls == 7


def test_what_a_record_says(tmp_path: Path) -> None:
    site = {"opcode": "STORE_ATTR", "count": 9, "operands": [{"int small": 8, "int big": 1}, {"acme:Point": 9}]}
    call = {"opcode": "CALL", "count": 4, "operands": [{"str": 4}], "result": {"list": 4}, "callees": {"method str.split": 4}}
    jump = {"opcode": "POP_JUMP_FORWARD_IF_TRUE", "count": 4, "taken": 3, "operands": [{"bool": 4}]}
    record = found(
        hints_of(
            tmp_path,
            function(
                arguments={"self": {"acme:Point": 9}, "x": {}},
                returns={"NoneType": 9},
                sites={"6": site, "40": call, "8": jump, "60": {"opcode": "CALL", "count": 0, "specialised": {"CALL_ADAPTIVE": 2}}},
                loops={"10": {"entries": 4, "iterations": 20}},
            ),
        )
    )
    assert record.arguments == (TypeCounts({"acme:Point": 9}), TypeCounts())
    assert record.returns.dominant() == "NoneType"
    assert record.sites[6].receivers.dominant() == "acme:Point"
    assert (record.sites[6].operands[0].classes, record.sites[6].operands[0].largest_int) == ({"int": 9}, "big")
    assert record.sites[40].callees == {"method str.split": 4}
    assert record.sites[40].result.dominant() == "list"
    assert (record.sites[8].count, record.sites[8].taken) == (4, 3)
    assert record.sites[60].specialised == {"CALL_ADAPTIVE": 2}
    assert record.loops[10].trips == 5


@pytest.mark.parametrize(
    ("classes", "share", "dominant"),
    [
        ({"int": 99, "float": 1}, 0.99, "int"),
        ({"int": 98, "float": 2}, 0.99, None),
        ({"int": 98, "float": 2}, 0.9, "int"),
        ({"*": 100}, 0.99, None),
        ({}, 0.99, None),
    ],
)
def test_a_dominant_class_has_nearly_all_sightings(classes: dict[str, int], share: float, dominant: str | None) -> None:
    assert TypeCounts(classes).dominant(share) == dominant


def test_the_digest_is_of_the_modules_records_only(tmp_path: Path) -> None:
    one, other = function("f"), function("g", module="other")
    base = hints_of(tmp_path, one, other)
    changed = hints_of(tmp_path, one, function("g", module="other", calls=2))
    assert base.digest("acme") == changed.digest("acme") != ""
    assert base.digest("other") != changed.digest("other")
    assert base.digest("none") == ""


def test_the_digest_can_be_of_the_functions_that_are_there(tmp_path: Path) -> None:
    both, one = hints_of(tmp_path, function("f"), function("old", hash="x")), hints_of(tmp_path, function("f"))
    assert both.digest("acme", [("f", HASH)]) == one.digest("acme")
    assert both.digest("acme") != one.digest("acme")


def test_records_of_other_sources_are_counted_in_one_warning(tmp_path: Path) -> None:
    hints = hints_of(tmp_path, function("f"), function("g"), function("h", hash="old"), function("z", module="other"))
    assert hints.stale({"acme": [("f", HASH), ("g", HASH), ("h", "old")]}) is None
    warning = hints.stale({"acme": [("f", HASH), ("g", "new"), ("h", "new")]})
    assert warning is not None and warning.severity == "warning"
    assert warning.message.startswith("2 of 3 recorded functions are not in the program as they were recorded")
    assert "acme: g, acme: h" in warning.message and "pybuild record" in warning.hint

"""Records that are refused, each with its place, and `--merge`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pybuild.errors import Diagnostic, UserError
from pybuild.hints import load_hints, merge_files
from tests.unit.hints.records import MAGIC, document, function, write


def refused(*files: Path, **wanted: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(UserError) as caught:
        load_hints(files, **wanted)
    assert all(diagnostic.hint for diagnostic in caught.value.diagnostics)
    return caught.value.diagnostics


def test_another_python_is_refused_at_its_line(tmp_path: Path) -> None:
    file = write(tmp_path / "h.json", function())
    assert load_hints([file], "3.11.9", MAGIC)
    (problem,) = refused(file, python="3.12.1", magic="cb0d0d0a")
    assert problem.message == "it was recorded with Python 3.11.7, the program is built for 3.12.1"
    assert problem.place is not None and (problem.place.path, problem.place.line, problem.place.column) == (file, 3, 3)


def test_records_of_two_pythons_are_not_merged(tmp_path: Path) -> None:
    one, other = write(tmp_path / "a.json", function()), write(tmp_path / "b.json", function(), python="3.12.1", magic="x")
    (problem,) = refused(one, other)
    assert "3.12.1" in problem.message and "3.11.7" in problem.message
    assert problem.place is not None and problem.place.path == other


def test_every_bad_file_is_told(tmp_path: Path) -> None:
    broken, format_2 = tmp_path / "broken.json", write(tmp_path / "new.json", format=2)
    broken.write_text('{\n "format": 1,\n oops\n}')
    problems = refused(broken, tmp_path / "missing.json", format_2)
    assert [problem.message.partition(":")[0] for problem in problems] == [
        "this is not a record",
        str(tmp_path / "missing.json"),
        "the record's format is 2, this version of pybuild reads 1",
    ]
    assert problems[0].place is not None and (problems[0].place.line, problems[0].place.text) == (3, " oops")


@pytest.mark.parametrize("text", ["[]", "3", "{}", "null", '"x"', "", "\x00\xff"])
def test_other_files_are_no_records(text: str, tmp_path: Path) -> None:
    file = tmp_path / "h.json"
    file.write_bytes(text.encode("latin-1"))
    (problem,) = refused(file)
    assert problem.message.startswith("this is not a record")


SITE = {"opcode": "CALL", "count": 1}


@pytest.mark.parametrize(
    "damage",
    [
        {"functions": [3]},
        {"functions": [function(calls="many")]},
        {"functions": [{**function(), "hash": None}]},
        {"functions": [function(arguments={"x": 3})]},
        {"functions": [function(returns={"int": "x"})]},
        {"functions": [function(sites={"four": SITE})]},
        {"functions": [function(sites={"4": {"count": 1}})]},
        {"functions": [function(sites={"4": {**SITE, "operands": [3]}})]},
        {"functions": [function(loops={"4": {"entries": 1}})]},
        {"modules": []},
        {"runs": {}},
        {"magic": 3},
    ],
    ids=str,
)
def test_a_damaged_record_is_refused(damage: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "h.json"
    file.write_text(json.dumps({**document(), **damage}))
    (problem,) = refused(file)
    assert problem.message.startswith("the record is damaged")


def test_merged_files_are_one_record(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{i}.json", function(calls=i + 1)) for i in range(3)]
    merge_files(files, tmp_path / "all.json")
    record = load_hints([tmp_path / "all.json"]).function("acme", "f", function()["hash"])
    assert record is not None and record.calls == 6
    assert load_hints(files).document == load_hints([tmp_path / "all.json"]).document


def test_a_failed_merge_leaves_the_output(tmp_path: Path) -> None:
    output = write(tmp_path / "all.json", function())
    before = output.read_bytes()
    with pytest.raises(UserError):
        merge_files([output, tmp_path / "missing.json"], output)
    assert output.read_bytes() == before

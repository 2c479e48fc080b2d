"""Merging records, and their text."""

from __future__ import annotations

import json

from pybuild.worker.recorder_document import merge, render
from tests.unit.hints.records import document, function

SITE = {"opcode": "BINARY_OP", "count": 3, "operands": [{"int small": 3}, {"float": 3}], "result": {"float": 3}}


def test_counts_are_added_and_tables_joined() -> None:
    one = function(calls=2, arguments={"x": {"int small": 2}}, sites={"4": SITE}, loops={"6": {"entries": 1, "iterations": 10}})
    other_site = {"opcode": "BINARY_OP", "count": 1, "operands": [{"str": 1}], "specialised": {"BINARY_OP_ADD_INT": 1}}
    other = function(calls=5, arguments={"x": {"str": 5}}, sites={"4": other_site, "20": SITE}, returns={"str": 5})
    (merged,) = merge([document(one), document(other)])["functions"]
    assert (merged["calls"], merged["watched"], merged["line"]) == (7, 2, 1)
    assert merged["arguments"] == {"x": {"int small": 2, "str": 5}}
    assert merged["returns"] == {"str": 5}
    assert merged["loops"] == {"6": {"entries": 1, "iterations": 10}}
    assert merged["sites"]["20"] == SITE
    assert merged["sites"]["4"] == {
        "opcode": "BINARY_OP",
        "count": 4,
        "operands": [{"int small": 3, "str": 1}, {"float": 3}],
        "result": {"float": 3},
        "specialised": {"BINARY_OP_ADD_INT": 1},
    }


def test_functions_of_other_content_stay_apart() -> None:
    merged = merge([document(function(hash="a")), document(function(hash="b"), function("g"))])
    assert [(f["qualname"], f["hash"]) for f in merged["functions"]][:2] == [("f", "a"), ("f", "b")]
    assert len(merged["functions"]) == 3


def test_merging_changes_none_of_the_records() -> None:
    one, other = document(function(returns={"int small": 1})), document(function(returns={"int small": 2}))
    before = json.dumps([one, other])
    merge([one, other])
    assert json.dumps([one, other]) == before


def test_modules_and_runs_are_joined() -> None:
    merged = merge([document(modules={"json": ["a"], "os": []}), document(modules={"json": ["b", "a"]})])
    assert merged["modules"] == {"json": ["a", "b"], "os": []}
    assert len(merged["runs"]) == 2


def test_the_order_of_merging_does_not_matter_but_for_runs() -> None:
    one, other = document(function("a"), function("b", calls=3)), document(function("c"), function("b", calls=4))
    assert merge([one, other]) == merge([other, one])


def test_the_text_is_the_document_and_an_instruction_is_a_line() -> None:
    written = document(function(sites={"4": SITE, "20": SITE}, returns={"acme:Ünicode": 1}), modules={"json": []})
    text = render(written)
    assert json.loads(text) == written
    assert sum('"BINARY_OP"' in line for line in text.splitlines()) == 2
    assert json.loads(render(document())) == document()

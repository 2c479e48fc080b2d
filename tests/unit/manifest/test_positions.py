"""Positions: for every key path of tomli's result there is a place, and what stands there is that key and that value."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
import tomli
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pybuild.manifest.positions import KeyPath, Spot, scan
from tests.unit.manifest.toml_writer import toml_documents


def key_paths(values: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every path in what tomli returned, with its value."""
    items = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for step, value in items:
        yield (*path, step), value
        yield from key_paths(value, (*path, step))


def text_at(text: str, spot: Spot) -> str:
    line = text.replace("\r\n", "\n").split("\n")[spot.line - 1]
    return line[spot.column - 1 : spot.column - 1 + spot.width]


def same(one: Any, other: Any) -> bool:
    return one == other or (isinstance(one, float) and isinstance(other, float) and math.isnan(one) and math.isnan(other))


def check(text: str) -> None:
    values = tomli.loads(text)
    expected = dict(key_paths(values))
    positions = scan(text)
    assert set(positions) == set(expected)
    for path, position in positions.items():
        if isinstance(path[-1], str):
            ((key, _),) = tomli.loads(f"{text_at(text, position.key)} = 0").items()
            assert key == path[-1]
        value = expected[path]
        shown = text_at(text, position.value)
        if not isinstance(value, dict | list) and not shown.startswith(('"""', "'''")):
            assert same(tomli.loads(f"value = {shown}")["value"], value)


@settings(max_examples=400, deadline=None)
@given(toml_documents())
@example('a = """x""x"""""\nb = 1\n')
@example("[[a]]\n[a.b]\nc = 1\n[[a.b.d]]\n[[a]]\nb.c = 2\n")
@example("[a.b]\n[a]\n")
@example("a = 1979-05-27 07:32:00 # x\nb = [1979-05-27 07:32:00.5-07:00,]\n")
@example("x = [[], [[]], [{}, {a.b = [{}]}]]\r\n")
def test_every_key_path_has_its_place(text: str) -> None:
    check(text)


SNIPPETS = [
    "a",
    "b",
    ".",
    "=",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    "\n",
    " ",
    "#",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "1",
    "2024-01-02",
    "07:32:00",
    "true",
    "\r\n",
    "a = 1\n",
    "[a]\n",
]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS), max_size=12).map("".join))
def test_whatever_tomli_takes_is_scanned(text: str) -> None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        return
    check(text)


@pytest.mark.parametrize(
    "text", ["a = {\n  b = 1, # c\n  c = [2],\n}\n", 'a = "\\e\\x41"\n"\\x41" = 1\n', "a = 07:32\nb = 2024-01-02 07:32\n"]
)
def test_toml_1_1_is_scanned_where_tomli_takes_it(text: str) -> None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError:
        pytest.skip("this tomli reads TOML 1.0 only")
    check(text)


def test_places_of_a_small_document() -> None:
    positions = scan("[build]\n  mode = \"x\"\ncompiler.cflags = [\n  \"-O2\",\n]\n\n[[data]]\nfrom = '''a\nb'''\n")
    shown = {
        ".".join(map(str, path)): (p.key.line, p.key.column, p.value.line, p.value.column, p.value.width) for path, p in positions.items()
    }
    assert shown == {
        "build": (1, 2, 1, 2, 5),
        "build.mode": (2, 3, 2, 10, 3),
        "build.compiler": (3, 1, 3, 1, 8),
        "build.compiler.cflags": (3, 10, 3, 19, 1),
        "build.compiler.cflags.0": (4, 3, 4, 3, 5),
        "data": (7, 3, 7, 3, 4),
        "data.0": (7, 3, 7, 3, 4),
        "data.0.from": (8, 1, 8, 8, 4),
    }


def test_the_own_header_is_the_place_of_a_table_that_another_implied() -> None:
    assert scan("[a.b]\nx = 1\n[a]\n")[("a",)].key.line == 3


def test_columns_count_characters() -> None:
    assert scan('"ü😀" = 1\n')[("ü😀",)].value == Spot(1, 8, 1)


def test_deep_nesting_needs_no_recursion() -> None:
    depth = 2_000  # twice what Python recurses; a path each, so not more
    assert len(scan(f"a = {'[' * depth}{']' * depth}\n")) == depth

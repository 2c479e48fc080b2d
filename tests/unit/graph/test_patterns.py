"""Module patterns, as the manifest and as package knowledge understand them."""

from __future__ import annotations

import pytest

from pybuild.graph.patterns import compile_exact, compile_pattern

NAMES = ("a", "ab", "a.b", "a.bc", "a.b.c", "a.b.c.d", "x.a", "x.a.b", "a.tests", "a.b.tests.c", "tests")


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("a", "a a.b a.bc a.b.c a.b.c.d a.tests a.b.tests.c"),
        ("a.b", "a.b a.b.c a.b.c.d a.b.tests.c"),
        ("a.*", "a.b a.bc a.tests"),
        ("a.**", "a a.b a.bc a.b.c a.b.c.d a.tests a.b.tests.c"),
        ("**.tests", "a.tests a.b.tests.c tests"),
        ("a.**.tests", "a.tests a.b.tests.c"),
        ("a.*.c", "a.b.c a.b.c.d"),
        ("a.b*", "a.b a.bc"),
        ("**.b.*", "a.b.c x.a.b.c"),
        ("**", " ".join(NAMES)),
        ("*", "a ab tests"),
    ],
)
def test_the_manifests_patterns(pattern: str, matched: str) -> None:
    compiled = compile_pattern(pattern)
    assert [name for name in NAMES if compiled.matches(name)] == [name for name in matched.split() if name in NAMES]


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("a.b", "a.b"),
        ("a.*", "a.b a.bc a.tests"),
        ("a.**", "a.b a.bc a.b.c a.b.c.d a.tests a.b.tests.c"),
        ("a.b*", "a.b a.bc"),
        ("a*", "a ab"),
    ],
)
def test_knowledges_patterns(pattern: str, matched: str) -> None:
    compiled = compile_exact(pattern)
    assert [name for name in NAMES if compiled.matches(name)] == matched.split()


@pytest.mark.parametrize(
    ("pattern", "literal", "deep"),
    [("a.b", "a.b", True), ("a.*", "a", False), ("a.**", "a", True), ("a.*.c", "a", True), ("**.t", "", True)],
)
def test_where_to_look_for_what_a_pattern_means(pattern: str, literal: str, deep: bool) -> None:
    compiled = compile_pattern(pattern)
    assert (compiled.literal, compiled.deep) == (literal, deep)

"""CPython's own tests give the same counts and the same failures, built, as in CPython.

`make test-cpython` runs all of `modules.toml`, `make test` the quick ones.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.conftest import Shared, pybuild, shared
from tests.end_to_end.support import Pybuild, Python
from tests.lib_test.support import LibTest, Told, all_lib_tests, has, make_project, run_tests, unexpected
from tests.programs.conftest import python

__all__ = ["pybuild", "python", "shared"]

LIB_TESTS = all_lib_tests()


def parameters() -> list[object]:
    """Every module; those that take long are marked."""
    return [pytest.param(one, id=one.name, marks=() if one.quick else pytest.mark.slow) for one in LIB_TESTS]


@pytest.mark.parametrize("lib_test", parameters())
def test_same_counts_and_same_failures(shared: Shared, pybuild: Pybuild, python: Python, lib_test: LibTest) -> None:
    if not has(python, lib_test):
        pytest.skip(f"this CPython {python.version} comes without test.{lib_test.name}")
    folder = shared.root / f"lib-test-{lib_test.name}"
    folder.mkdir()
    make_project(folder, lib_test, python)
    pybuild.build("--python", python.executable, folder=folder)
    expected = run_tests([python.executable, "-s", "-B", folder / f"run_{lib_test.name}.py"], folder / "interpreted")
    assert expected.answer, said(expected)
    got = run_tests([folder / "bin" / f"run-{lib_test.name}"], folder / "built")
    assert got.answer, said(got)
    problems = unexpected(lib_test, expected, got)
    assert not problems, "\n".join(problems)
    assert got.ran.status == expected.ran.status


def test_the_list_is_long_enough_and_has_reasons() -> None:
    assert len(LIB_TESTS) >= 60
    assert len({one.name for one in LIB_TESTS}) == len(LIB_TESTS)
    assert all(len(difference.reason) > 20 for one in LIB_TESTS for difference in one.differences)


def said(told: Told) -> str:
    """How a run ended that did not come to its end."""
    return f"ended with {told.ran.status}\n{told.ran.out[-3000:]}\n{told.ran.err[-6000:]}"


def test_a_difference_is_found_and_an_allowed_one_is_not(tmp_path: Path) -> None:
    from tests.end_to_end.support import Ran
    from tests.lib_test.support import Difference

    def told(failures: list[str]) -> Told:
        answer = {"run": 2, "failures": [(f"test_x.{name}", "AssertionError") for name in failures], "errors": [], "skipped": []}
        return Told(Ran(0, b"", b""), {**answer, "unexpected successes": []})

    plain = LibTest("test_x", "test_x", True, ())
    allowing = LibTest("test_x", "test_x", True, (Difference("A.test_b", "failure", "because"),))
    assert unexpected(plain, told([]), told([])) == []
    assert unexpected(plain, told([]), told(["A.test_b"])) == ["A.test_b: failure built, passed in CPython AssertionError"]
    assert unexpected(allowing, told([]), told(["A.test_b"])) == []
    assert unexpected(allowing, told([]), told([])) == ["A.test_b: modules.toml allows a difference that is not there"]

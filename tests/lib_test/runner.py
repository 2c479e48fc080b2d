"""What each of CPython's test modules is run by, built and interpreted; it is copied beside them as `lib_test_runner.py`.

`run(module)` runs the module's tests with `unittest.main` and writes what came of them to the file named by the first argument.
Standard library only: it is part of the built program.
"""

from __future__ import annotations

import json
import os
import sys
import unittest
from pathlib import Path
from types import ModuleType

from test import support


def last_line(text: str) -> str:
    """The exception of a formatted traceback."""
    return text.rstrip().splitlines()[-1] if text.strip() else ""


def names(pairs: list[tuple[unittest.TestCase, str]]) -> list[tuple[str, str]]:
    """The tests' names with why, in order of names; a name may be there for each of its subtests."""
    return sorted((test.id(), last_line(why)) for test, why in pairs)


def refuse_to_run_within_itself() -> None:
    """A test that starts `sys.executable` in a way that the built program does not take for Python's must not start all tests again."""
    wrong = len(sys.argv) < 2 or not sys.argv[1].endswith(".json") or "PYBUILD_LIB_TEST" in os.environ
    os.environ["PYBUILD_LIB_TEST"] = "running"
    if wrong:
        sys.exit(f"started as if it were python: {sys.orig_argv}")


def run(module: ModuleType) -> None:
    """Run the tests of `module`; no resources (network, large files) are used."""
    refuse_to_run_within_itself()
    support.use_resources = ()
    result = unittest.main(module=module, argv=["lib_test", *sys.argv[2:]], exit=False).result
    answer = {
        "run": result.testsRun,
        "failures": names(result.failures),
        "errors": names(result.errors),
        "skipped": names(result.skipped),
        "expected failures": names(result.expectedFailures),
        "unexpected successes": sorted(test.id() for test in result.unexpectedSuccesses),
    }
    Path(sys.argv[1]).write_text(json.dumps(answer, indent=1), encoding="utf-8")

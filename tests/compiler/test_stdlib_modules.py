"""After every pass, over the standard library's functions: the verifier finds nothing, and the text form is the whole function."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from pybuild.compiler.emit.function import emit_function
from pybuild.compiler.ir.model import Function
from pybuild.compiler.ir.ownership import verify_ownership
from pybuild.compiler.ir.parser import parse_function
from pybuild.compiler.ir.printer import print_function
from pybuild.compiler.ir.verifier import verify
from pybuild.compiler.lift.description import Code
from pybuild.compiler.lift.py311 import Unsupported
from tests.compiler.support import after_each_pass, describe

MODULES = (
    "_pydecimal", "argparse", "ast", "asyncio.base_events", "bisect", "calendar", "collections", "configparser", "contextlib", "copy",
    "csv",
    "dataclasses", "datetime", "difflib", "email.message", "enum", "fractions", "functools", "heapq", "http.client", "inspect", "ipaddress",
    "json.decoder", "json.encoder", "logging", "os", "pathlib", "pickle", "plistlib", "posixpath", "pprint", "random", "re._parser",
    "shutil",
    "statistics", "string", "subprocess", "tarfile", "textwrap", "threading", "tokenize", "traceback", "turtle", "typing", "unittest.case",
    "uuid", "zipfile",
)  # fmt: skip
# every function of theirs takes minutes: without this one of so many is looked at, another one in each module
SHARE = int(os.environ.get("PYBUILD_TEST_FUNCTION_SHARE", "12"))


@pytest.fixture(scope="module")
def described() -> Mapping[str, tuple[Code, ...]]:
    return describe(dict.fromkeys(MODULES))


def sample(described: Mapping[str, tuple[Code, ...]], module: str) -> tuple[Code, ...]:
    return tuple(code for code in described[module] if code.index % SHARE == len(module) % SHARE)


@pytest.mark.parametrize("guess", [True, False], ids=["guessing", "sure"])
@pytest.mark.parametrize("module", MODULES)
def test_every_pass_leaves_sound_functions(described: Mapping[str, tuple[Code, ...]], module: str, guess: bool) -> None:
    faults: list[str] = []
    for code in sample(described, module):

        def look(stage: str, function: Function, code: Code = code) -> None:
            found = verify(function)
            if stage == "refcount" and not found:
                found = verify_ownership(function)
            faults.extend(f"{code.qualname} after {stage}: {fault}" for fault in found)

        try:
            after_each_pass(code, look, guess=guess)
        except Unsupported:
            continue
    assert faults == []


@pytest.mark.parametrize("module", MODULES[::4])
def test_the_text_is_the_whole_function(described: Mapping[str, tuple[Code, ...]], module: str) -> None:
    for code in sample(described, module):
        copies: list[Function] = []

        def look(stage: str, function: Function, code: Code = code, copies: list[Function] = copies) -> None:
            text = print_function(function)
            copy = parse_function(text, code)
            assert print_function(copy) == text, f"{code.qualname} after {stage}"
            copy.notes |= {key: function.notes[key] for key in ("hot", "warm")}  # what is known of the module, not of the function
            copies.append(copy)

        try:
            c = after_each_pass(code, look)
        except Unsupported:
            continue
        assert emit_function(copies[-1]) == c, code.qualname

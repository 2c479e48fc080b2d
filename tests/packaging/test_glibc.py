"""The glibc that the result needs is read from version tables, over all shipped files, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.errors import BuildFailure
from pybuild.package.elf import parse, version_key
from pybuild.resolve.model import Mode
from tests.packaging.elf_samples import library
from tests.packaging.sample_plans import Sample

# A symbol that the C library has had twice since 2.14, and one that every version of it had: the newest of a file counts.
NEEDS_2_14 = """
#include <string.h>
void *copy(void *a, const void *b, size_t n) { return memcpy(a, b, n); }
int answer(void) { return (int)strlen("abc"); }
"""


@pytest.fixture
def module(sample: Sample) -> Path:
    return library(sample.folder / "site/fast.so", NEEDS_2_14, flags=["-fno-builtin", "-nostartfiles"])


def test_the_highest_version_and_its_symbol_are_read(module: Path) -> None:
    facts = parse(module.read_bytes())
    assert (facts.glibc, facts.glibc_symbol) == ("2.14", "memcpy")


def test_versions_are_numbers() -> None:
    assert version_key("2.4") < version_key("2.14") < version_key("2.34") < version_key("3.0")
    assert version_key("2.2.5") < version_key("2.3")


def test_the_result_says_what_needs_most(sample: Sample, module: Path) -> None:
    sample.extensions.append(("fast", module, "fast.so"))
    launcher = parse(sample.launcher.read_bytes())
    result = sample.package()
    assert version_key(launcher.glibc) > version_key("2.14")
    assert (result.glibc, result.glibc_file, result.glibc_symbol) == (launcher.glibc, "hello", launcher.glibc_symbol)


@pytest.mark.parametrize("mode", list(Mode))
def test_more_than_max_glibc_is_an_error_that_names_file_and_symbol(sample: Sample, module: Path, mode: Mode) -> None:
    sample.mode = mode
    sample.extensions.append(("fast", module, "pkg/fast.so"))
    sample.changes = {"max_glibc": "2.13"}
    with pytest.raises(BuildFailure) as caught:
        sample.package()
    messages = [finding.message for finding in caught.value.diagnostics]
    assert any("hello needs GLIBC_" in message for message in messages)
    named = any("pkg/fast.so needs GLIBC_2.14 (symbol memcpy), more than [linux] max-glibc = '2.13'" in m for m in messages)
    assert named == (mode is Mode.STANDALONE)
    assert not sample.output.exists()


def test_enough_is_enough(sample: Sample, module: Path) -> None:
    sample.extensions.append(("fast", module, "fast.so"))
    sample.changes = {"max_glibc": "2.99"}
    assert sample.package().executable.is_file()

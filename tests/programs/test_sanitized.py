"""Every program, with runtime and generated C under AddressSanitizer and UndefinedBehaviourSanitizer: the same, and no complaint.

`make test-sanitized` runs them, as built without a record, with their own and with a misleading one. libpython is the installed one,
without sanitizers; but all of its objects come from `malloc` (PYTHONMALLOC), so that generated code that uses one which is gone is noticed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.support import Ran
from tests.programs.records import Variant, problem_file
from tests.programs.support import Program, all_programs, interpret, may_be_native, outcome, start

if TYPE_CHECKING:
    from tests.end_to_end.support import Python
    from tests.programs.conftest import Batches

OPTIONS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all")
CC = "clang" if shutil.which("clang") else "gcc"  # which is several times slower with sanitizers
SECTIONS = f"""[compiler]
cc = "{CC}"
optimize = "debug"
cflags = ["-g1", "{'", "'.join(OPTIONS)}"]
ldflags = ["{'", "'.join(OPTIONS)}"]
"""
ENVIRONMENT = {
    "PYTHONMALLOC": "malloc",
    "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:detect_stack_use_after_return=0:allocator_may_return_null=1:handle_segv=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:abort_on_error=1",
}
BUILDS: tuple[Variant, ...] = ("plain", "own-record", "misleading-record")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not may_be_native(), reason="only native code is sanitized here")]


@pytest.fixture(scope="session")
def sanitizers(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where the compiler has no libraries for sanitized programs; distributions pack them by themselves."""
    source = tmp_path_factory.mktemp("sanitizers") / "empty.c"
    source.write_text("int main(void) { return 0; }\n")
    command = [CC, *OPTIONS, source, "-o", source.with_suffix("")]
    if shutil.which(CC) is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip(f"{CC} is not there, or has no sanitizers")


@pytest.mark.parametrize("variant", BUILDS)
@pytest.mark.parametrize("program", all_programs(), ids=str)
@pytest.mark.usefixtures("sanitizers")
def test_sanitizers_find_nothing(built: Batches, python: Python, program: Program, variant: Variant) -> None:
    folder = built.folder(program, variant, "-sanitized", build='python-flags = ["use-environment"]\n', sections=SECTIONS)
    problem = problem_file(program, variant, folder)
    assert not problem.exists(), f"no record of {program.name}: {problem.read_text()}"
    got = without_warnings(start(folder / "bin" / program.name, program, folder, **ENVIRONMENT))
    assert complaint(got.err) == ""
    assert outcome(got, program, folder) == outcome(interpret(python, program, folder), program, folder)


def without_warnings(ran: Ran) -> Ran:
    """`ran` without the lines that say that there was not as much memory as the program asked for, which some do in order to be refused."""
    return replace(ran, stderr=re.sub(rb"(?m)^==\d+==WARNING: AddressSanitizer failed to allocate .*\n", b"", ran.stderr))


def complaint(err: str) -> str:
    """What a sanitizer says in the standard error output `err`, from where it begins."""
    at = min((err.find(sign) for sign in ("AddressSanitizer", ": runtime error: ") if sign in err), default=-1)
    return err[max(0, at - 200) :][:6000] if at >= 0 else ""


def test_a_complaint_is_seen() -> None:
    assert complaint("Traceback\nKeyError: 1\n") == ""
    assert "heap-use" in complaint("==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n")
    assert "runtime error" in complaint("src/a.c:3:1: runtime error: signed integer overflow\n")

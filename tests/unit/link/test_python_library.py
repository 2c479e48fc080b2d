"""Headers and libpython: what is taken, in which order, and what is said when it is missing."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.errors import BuildFailure, UserError
from pybuild.interpreter.model import Interpreter
from pybuild.link.python_library import find_headers, library_candidates
from pybuild.progress import Silent
from tests.unit.link.linking import any_python, link, make_plan, small_runtime


def installation(folder: Path, *files: str, **config: str) -> Interpreter:
    """Python 3.12 in `folder`, with `files`."""
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("")
    settings = {
        "LIBPL": f"{folder}/lib/python3.12/config",
        "LIBDIR": f"{folder}/lib",
        "INCLUDEPY": f"{folder}/include/python3.12",
        "INSTSONAME": "libpython3.12.so.1.0",
        **config,
    }
    return replace(any_python(), version=(3, 12, 4), soabi="cpython-312-x86_64-linux-gnu", base_prefix=folder, config=settings)


STATIC = "lib/python3.12/config/libpython3.12.a"
INDEPENDENT = "lib/python3.12/config/libpython3.12-pic.a"
SHARED = "lib/libpython3.12.so.1.0"


def names(interpreter: Interpreter, wanted: str) -> list[tuple[str, bool]]:
    return [(library.path.name, library.pie) for library in library_candidates(interpreter, wanted)]


@pytest.mark.parametrize(
    ("files", "wanted", "expected"),
    [
        ((STATIC, SHARED), "auto", [("libpython3.12.a", True), ("libpython3.12.a", False), ("libpython3.12.so.1.0", True)]),
        ((STATIC, SHARED), "static", [("libpython3.12.a", True), ("libpython3.12.a", False)]),
        ((STATIC, SHARED), "shared", [("libpython3.12.so.1.0", True)]),
        ((STATIC, INDEPENDENT), "auto", [("libpython3.12-pic.a", True), ("libpython3.12.a", True), ("libpython3.12.a", False)]),
        ((SHARED,), "auto", [("libpython3.12.so.1.0", True)]),
        (("lib/libpython3.12.a",), "auto", [("libpython3.12.a", True), ("libpython3.12.a", False)]),
    ],
)
def test_position_independent_static_libraries_come_first_shared_ones_last(
    tmp_path: Path, files: tuple[str, ...], wanted: str, expected: list[tuple[str, bool]]
) -> None:
    assert names(installation(tmp_path, *files), wanted) == expected


def test_debians_multiarch_folder_is_looked_into(tmp_path: Path) -> None:
    interpreter = installation(tmp_path, "lib/x86_64-linux-gnu/libpython3.12.so.1.0", MULTIARCH="x86_64-linux-gnu")
    assert names(interpreter, "auto") == [("libpython3.12.so.1.0", True)]


def test_libraries_of_the_interpreters_own_link_are_linked_without_its_folders(tmp_path: Path) -> None:
    interpreter = installation(
        tmp_path, STATIC, LIBS="-ldl -L/opt/x/lib -Wl,-rpath,/opt/x/lib", SYSLIBS="-lm", MODLIBS="-lz  -lexpat -lz -lpython3.12"
    )
    assert library_candidates(interpreter, "static")[0].libraries == ("-ldl", "-lm", "-lz", "-lexpat", "-lpthread")


@pytest.mark.parametrize(
    ("files", "wanted", "message", "hint"),
    [
        ((SHARED,), "static", 'libpython = "static": there is no libpython3.12.a', "keeps its libpython.a"),
        ((STATIC,), "shared", 'libpython = "shared": there is no libpython3.12.so', "--enable-shared"),
        ((), "auto", "neither a static nor a shared libpython", "--enable-shared"),
    ],
)
def test_a_missing_libpython_says_what_to_do(tmp_path: Path, files: tuple[str, ...], wanted: str, message: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        library_candidates(installation(tmp_path, *files), wanted)
    assert message in caught.value.diagnostics[0].message
    assert str(tmp_path / "lib") in caught.value.diagnostics[0].message
    assert hint in caught.value.diagnostics[0].hint


def test_the_systems_python_gets_its_package_named(tmp_path: Path) -> None:
    system = replace(installation(tmp_path), base_prefix=Path("/usr"))
    with pytest.raises(UserError) as caught:
        library_candidates(system, "static")
    assert caught.value.diagnostics[0].hint.startswith("install it: ")


def test_headers_are_found_and_identified_by_their_content(tmp_path: Path) -> None:
    files = [f"include/python3.12/{name}" for name in ("Python.h", "pyconfig.h", "patchlevel.h")]
    interpreter = installation(tmp_path, *files)
    first = find_headers(interpreter)
    assert first.folders == (tmp_path / "include/python3.12",)
    assert find_headers(interpreter) == first
    (tmp_path / "include/python3.12/pyconfig.h").write_text("#define Py_TRACE_REFS 1\n")
    assert find_headers(interpreter).identity != first.identity


@pytest.mark.parametrize(("files", "missing"), [((), "Python.h"), (("include/python3.12/Python.h",), "pyconfig.h")])
def test_missing_headers_name_the_file_the_places_and_the_package(tmp_path: Path, files: tuple[str, ...], missing: str) -> None:
    with pytest.raises(UserError) as caught:
        find_headers(installation(tmp_path, *files))
    first = caught.value.diagnostics[0]
    assert f"no {missing} in {tmp_path}/include/python3.12" in first.message
    assert any(package in first.hint for package in ("python3.12-dev", "python3-dev", "-S python"))


ABSOLUTE = """\
static char text[] = "fixed";
int Py_BytesMain(int count, char **arguments);
int Py_BytesMain(int count, char **arguments) {
    unsigned address;
    (void)arguments;
    __asm__("movl %1, %0" : "=r"(address) : "i"(text)); /* a 32-bit absolute address: R_X86_64_32 */
    return count + (((char *)(unsigned long)address)[0] == 'f' ? 40 : 0);
}
"""


class Details(Silent):
    """A Progress that keeps its details."""

    def __init__(self) -> None:
        super().__init__()
        self.details: list[str] = []

    def detail(self, text: str) -> None:
        self.details.append(text)


def with_library(folder: Path, source: str) -> Interpreter:
    """An interpreter whose only libpython.a is made of `source`, not position independent."""
    folder.mkdir()
    interpreter = any_python()
    (folder / "library.c").write_text(source)
    subprocess.run(["gcc", "-c", "-O1", "-fno-pie", folder / "library.c", "-o", folder / "library.o"], check=True)
    subprocess.run(["ar", "rc", folder / f"libpython{interpreter.short_version}.a", folder / "library.o"], check=True)
    return replace(interpreter, config={**interpreter.config, "LIBPL": str(folder), "LIBDIR": str(folder)}, base_prefix=folder)


def test_a_library_for_a_fixed_address_is_linked_so_and_the_next_build_knows(tmp_path: Path) -> None:
    cache, runtime = Cache(tmp_path / "cache"), small_runtime(tmp_path)
    plan = make_plan(tmp_path, with_library(tmp_path / "fixed", ABSOLUTE))
    first = Details()
    executable = link(runtime, plan, cache, first)
    assert executable.static_libpython
    assert executable.compiled == 2
    assert subprocess.run([executable.path, "x"], check=False).returncode == 42
    assert ["libpython" in text and "PIE" in text for text in first.details] == [True]
    main = runtime / "launcher/main.c"
    main.write_text(main.read_text() + "\n")
    second = Details()
    assert link(runtime, plan, cache, second).compiled == 1
    assert second.details == []


def test_a_static_library_that_cannot_be_linked_gives_way_to_the_shared_one_with_a_warning(tmp_path: Path) -> None:
    real = any_python()
    try:
        shared = library_candidates(real, "shared")[0].path
    except UserError as error:
        pytest.skip(str(error))
    broken = with_library(
        tmp_path / "broken", "int missing(void);\nint Py_BytesMain(int c, char **v) {\n    return c + !v + missing();\n}\n"
    )
    both = replace(broken, config={**broken.config, "LIBDIR": str(shared.parent)})
    progress = Details()
    executable = link(small_runtime(tmp_path), make_plan(tmp_path, both), Cache(tmp_path / "cache"), progress)
    assert executable.libpython == shared
    assert len(progress.warnings) == 1
    assert "the shared library is used instead" in progress.warnings[0].message
    assert 'libpython = "shared"' in progress.warnings[0].hint


def test_a_static_library_that_was_asked_for_and_cannot_be_linked_is_an_error(tmp_path: Path) -> None:
    broken = with_library(
        tmp_path / "broken", "int missing(void);\nint Py_BytesMain(int c, char **v) {\n    return c + !v + missing();\n}\n"
    )
    with pytest.raises(BuildFailure) as caught:
        link(small_runtime(tmp_path), make_plan(tmp_path, broken, libpython="static"), Cache(tmp_path / "cache"))
    assert "could not link the program with libpython" in caught.value.diagnostics[0].message
    assert "missing" in caught.value.diagnostics[0].message

"""Counting builds: what they count, what they leave alone, and what they say of themselves."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.compiler.support import python311
from tests.end_to_end.conftest import pybuild, shared
from tests.end_to_end.support import Pybuild, Ran, clean_environment, execute, find_pythons

__all__ = ["pybuild", "shared"]

SOURCE = """\
import sys


def each(n):  # a generator: bytecode
    i = 0
    while i < n:
        yield i
        i += 1


def total(n):
    result = 0
    for number in range(n):
        result += number
    return result


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def add(a, b):
    return a + b


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


class Class:
    names = [name for name in "abc"]


def main(word):
    if word == "plain":
        print(sum(each(1000)), total(5000), fib(10), add(1, 2), add(1.5, 2), sorted([3, 1, 2], key=lambda one: -one))
    elif word == "traced":
        seen = []
        sys.settrace(lambda frame, event, argument: seen.append((event, frame.f_code.co_name)))
        list(each(2)), total(2)
        sys.settrace(None)
        print(seen)
    elif word == "deep":
        sys.setrecursionlimit(200_000)
        print(deep(100_000))
    elif word == "threads":
        import threading

        thread = threading.Thread(target=each_in_thread)
        thread.start()
        thread.join()
    elif word == "fork":
        import os

        if os.fork() == 0:
            total(10)
            sys.exit(0)
        os.wait()
        total(1)
    elif word == "folder":
        import os

        os.chdir("/")
    elif word == "raise":
        raise SystemExit(3)
    elif word == "code":
        import dis
        import marshal

        copy = marshal.loads(marshal.dumps(each.__code__))
        print([one.opname for one in dis.get_instructions(each)], each.__code__.co_consts, copy.co_code == each.__code__.co_code)
        print(list(type(each)(copy, {})(3)), list(type(each)(each.__code__.replace(co_name="other"), {})(3)))


def each_in_thread():
    print(len(list(each(10))))


main(sys.argv[1])
"""


@pytest.fixture(scope="module")
def folder(pybuild: Pybuild, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built to count, with static and with shared libpython."""
    root = tmp_path_factory.mktemp("counting")
    (root / "app.py").write_text(SOURCE)
    for library in python_libraries():
        words = (
            "--python",
            str(python311()),
            "--mode",
            "accelerated",
            "--set",
            "compiler.count=true",
            "--set",
            f"build.libpython={library}",
        )
        pybuild.build(*words, "--output-dir", library, "app.py", folder=root)
    return root


def python_libraries() -> tuple[str, ...]:
    return next(python.libraries for python in find_pythons() if python.version == "3.11")


needs_static = pytest.mark.skipif("static" not in python_libraries(), reason="there is no static libpython")


def run(folder: Path, word: str, library: str, report: str = "counts.json") -> tuple[Ran, Any]:
    """The program as built, which must do what CPython does; and its report."""
    ran = execute([folder / library / "app", word], folder=folder, environment=clean_environment(PYBUILD_COUNTS=report))
    expected = execute([python311(), "app.py", word], folder=folder, environment=clean_environment())
    assert (ran.status, ran.out, ran.err) == (expected.status, expected.out, expected.err)
    return ran, json.loads((folder / report).read_text())


def function(report: Any, name: str) -> Any:
    return next(one for one in report["functions"] if one["qualname"] == name)


@needs_static
def test_calls_and_iterations_of_both_kinds_are_exact(folder: Path) -> None:
    _, report = run(folder, "plain", "static")
    assert function(report, "each")["calls"] == {"native": 0, "bytecode": 1}
    assert function(report, "each")["iterations"] == {"native": 0, "bytecode": 999}  # a while loop's first test is no jump backwards
    assert function(report, "total")["iterations"] == {"native": 5000, "bytecode": 0}
    assert function(report, "fib")["calls"] == {"native": 177, "bytecode": 0}
    assert function(report, "main.<locals>.<lambda>")["calls"] == {"native": 3, "bytecode": 0}
    assert function(report, "Class.<listcomp>")["iterations"] == {"native": 3, "bytecode": 0}
    assert report["calls"] == {
        "native": 1 + 1 + 177 + 2 + 3 + 1,
        "bytecode": 1,
    }  # main, total, fib, add, the lambda, the comprehension; each
    assert report["iterations"] == {"native": 5003, "bytecode": 999}
    assert report["traced"] is report["other-threads"] is False
    assert report["not-seen"] == []


@pytest.mark.parametrize("library", python_libraries())
def test_calls_are_the_same_with_any_libpython(folder: Path, library: str) -> None:
    _, report = run(folder, "plain", library)
    assert report["calls"] == {"native": 185, "bytecode": 1}
    assert report["iterations"]["native"] == 5003
    assert (report["iterations"]["bytecode"] is None) == (library == "shared")


@pytest.mark.parametrize("library", python_libraries())
def test_who_traces_sees_every_event_and_counting_ends(folder: Path, library: str) -> None:
    ran, report = run(folder, "traced", library)
    assert "('call', 'each')" in ran.out
    assert report["traced"] is True


def test_deep_recursion_goes_on_in_the_interpreter_and_is_counted(folder: Path) -> None:
    _, report = run(folder, "deep", python_libraries()[0])
    calls = function(report, "deep")["calls"]
    assert calls["native"] + calls["bytecode"] == 100_001
    assert calls["bytecode"] > 0


def test_other_threads_are_told(folder: Path) -> None:
    _, report = run(folder, "threads", python_libraries()[0])
    assert report["other-threads"] is True
    assert function(report, "each")["calls"] == {"native": 0, "bytecode": 1}


def test_only_the_first_process_reports(folder: Path) -> None:
    _, report = run(folder, "fork", python_libraries()[0])
    assert function(report, "total")["iterations"] == {"native": 1, "bytecode": 0}


def test_the_file_is_relative_to_where_the_program_started(folder: Path) -> None:
    run(folder, "folder", python_libraries()[0], "elsewhere.json")
    assert [path.name for path in folder.glob("elsewhere*")] == ["elsewhere.json"]


def test_a_program_that_exits_reports(folder: Path) -> None:
    ran, report = run(folder, "raise", python_libraries()[0])
    assert ran.status == 3
    assert function(report, "main")["calls"] == {"native": 1, "bytecode": 0}


def test_code_objects_look_as_they_are(folder: Path) -> None:
    ran, report = run(folder, "code", python_libraries()[0])
    assert "True" in ran.out
    assert "each" not in {one["qualname"] for one in report["functions"]}  # copies are not counted


@needs_static
def test_without_a_file_a_line_on_stderr(folder: Path) -> None:
    ran = execute([folder / "static" / "app", "plain"], folder=folder, environment=clean_environment())
    assert ran.err == "native: 99.5 % of 186 calls, 83.4 % of 6002 loop iterations, 0 wrong guesses\n"


def test_a_file_that_cannot_be_written(folder: Path) -> None:
    program = folder / python_libraries()[0] / "app"
    ran = execute([program, "raise"], folder=folder, environment=clean_environment(PYBUILD_COUNTS="no/such/folder.json"))
    assert ran.status == 3
    assert (
        ran.err
        == f"the counts cannot be written to {folder}/no/such/folder.json: No such file or directory; PYBUILD_COUNTS names the file\n"
    )


def test_a_program_without_native_code_counts_too(pybuild: Pybuild, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SOURCE)
    words = ("--python", str(python311()), "--mode", "accelerated", "--set", "compiler.count=true", "--set", "modules.native=[]")
    pybuild.build(*words, "app.py", folder=tmp_path)
    subprocess.run([tmp_path / "dist" / "app", "plain"], cwd=tmp_path, env=clean_environment(PYBUILD_COUNTS="c.json"), check=True)
    assert json.loads((tmp_path / "c.json").read_text())["calls"] == {"native": 0, "bytecode": 186}


def test_a_python_that_nothing_native_is_made_for(pybuild: Pybuild, tmp_path: Path) -> None:
    other = next((python for python in find_pythons() if python.version != "3.11"), None)
    if other is None:
        pytest.skip("only Python 3.11 is found")
    (tmp_path / "app.py").write_text("print()\n")
    (tmp_path / "pybuild.toml").write_text('[[entry-point]]\nname = "app"\nrun = "app.py"\n[compiler]\ncount = true\n')
    ran = pybuild("build", "--python", other.executable, folder=tmp_path)
    assert ran.status == 2
    assert "`count` needs native code" in ran.err
    assert "pybuild.toml:5" in ran.err

"""Compiling a module in a worker: what is stored, what is said of sources that do not compile, and that the bytes are the same always."""

from __future__ import annotations

import json
import marshal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pybuild.interpreter import WorkerPool

Compile = Callable[..., dict[str, Any]]


def run_code(target: Any, code: bytes, expression: str) -> str:
    """What `expression` gives after the code has run in the target."""
    load = "import sys, marshal; n = {'__name__': 'm', '__doc__': None}; exec(marshal.loads(sys.stdin.buffer.read()), n)"
    program = f"{load}; print(eval({expression!r}, n))"
    return subprocess.run([target.executable, "-c", program], input=code, capture_output=True, check=True).stdout.decode().strip()


def test_scan_and_code_lie_in_one_file(compile_source: Compile, target: Any) -> None:
    answer = compile_source("import a\nx = 6 * 7\n")
    assert json.loads(answer["stored_scan"]) == answer["scan"] == {"imports": [[1, 0, 0, "a", None, ""]]}
    assert answer["size"] == len(answer["code"])
    answer = compile_source("x = 6 * 7\n")
    assert run_code(target, answer["code"], "x") == "42"


def test_the_code_has_the_relative_name(compile_source: Compile, target: Any) -> None:
    code = compile_source("def f(): pass\n", target="acme/cli.py")["code"]
    assert run_code(target, code, "f.__code__.co_filename") == "acme/cli.py"


SOURCE = '"""Module."""\ndef f():\n    """Function."""\n    "second"\nclass C:\n    """Class."""\nassert False, "asserted"\n'
SHOWN = "(__doc__, f.__doc__, C.__doc__)"


@pytest.mark.parametrize(
    ("options", "documented", "asserts"),
    [
        ({"optimize": 0, "strip_docstrings": False}, True, True),
        ({"optimize": 1, "strip_docstrings": False}, True, False),
        ({"optimize": 2, "strip_docstrings": False}, False, False),
        ({"optimize": 0, "strip_docstrings": True}, False, True),
    ],
)
def test_flags(compile_source: Compile, target: Any, options: dict[str, Any], documented: bool, asserts: bool) -> None:
    answer = compile_source(SOURCE, **options)
    wrapped = marshal_free(target, answer["code"])
    assert ("AssertionError" in wrapped) == asserts
    quiet = compile_source(SOURCE.replace("assert False", "assert True"), **options)
    expected = "('Module.', 'Function.', 'Class.')" if documented else "(None, None, None)"
    assert run_code(target, quiet["code"], SHOWN) == expected


def marshal_free(target: Any, code: bytes) -> str:
    program = "import sys, marshal; exec(marshal.loads(sys.stdin.buffer.read()), {'__name__': 'm'})"
    return subprocess.run([target.executable, "-c", program], input=code, capture_output=True, check=False).stderr.decode()


def test_a_syntax_error_is_told_as_python_tells_it(compile_source: Compile) -> None:
    error = compile_source("x = 1\ny = (1 +\nz = 2\n")["scan"]["syntax"]
    assert error["kind"] == "SyntaxError"
    assert (error["line"], error["text"]) == (2, "y = (1 +")
    assert error["message"] == "'(' was never closed"
    assert error["column"] == 5


def test_an_indentation_error_has_its_own_name(compile_source: Compile) -> None:
    error = compile_source("def f():\npass\n")["scan"]["syntax"]
    assert (error["kind"], error["line"]) == ("IndentationError", 2)


def test_the_caret_spans_what_is_wrong(compile_source: Compile) -> None:
    error = compile_source("f(a b)\n")["scan"]["syntax"]
    assert (error["column"], error["width"]) == (3, 3)


def test_source_encodings(compile_source: Compile, target: Any) -> None:
    latin = "# -*- coding: latin-1 -*-\nx = 'é'\n".encode("latin-1")
    assert run_code(target, compile_source(latin)["code"], "ascii(x)") == r"'\xe9'"
    marked = b"\xef\xbb\xbfx = '\xc3\xa9'\n"
    assert run_code(target, compile_source(marked)["code"], "ascii(x)") == r"'\xe9'"


def test_wrong_encodings_are_told(compile_source: Compile) -> None:
    assert "nonsense" in compile_source(b"# coding: nonsense\nx = 1\n")["scan"]["syntax"]["message"]
    assert "utf-8" in compile_source(b"x = '\xe9'\n")["scan"]["syntax"]["message"]


def test_null_bytes_are_refused(compile_source: Compile) -> None:
    scan = compile_source(b"x = 1\0\n")["scan"]
    assert "null bytes" in (scan.get("refused") or scan["syntax"]["message"])


def test_a_source_that_is_too_deep_is_refused_and_the_worker_lives_on(compile_source: Compile) -> None:
    answer = compile_source("x = " + "(" * 5000 + ")" * 5000 + "\n")
    scan = answer.get("scan", {})
    assert scan.get("syntax", {}).get("message") == "too many nested parentheses" or "refused" in scan or "died" in answer
    answer = compile_source("x = " + "-" * 200000 + "1\n")
    scan = answer.get("scan", {})
    assert "refused" in scan or "died" in answer or "syntax" in scan
    assert compile_source("import a\n")["scan"]["imports"] == [[1, 0, 0, "a", None, ""]]


RAISING = {
    "parser": b"x = 1\nprint 'Python 2'\n",
    "symbols": b"def f():\n    pass\nreturn 5\n",
    "indentation": b"def f():\npass\n",
    "tokens": b"if x:\n\ty\n        z\n",
    "encoding": b"x = '\xe9'\n",
    "unknown_encoding": b"# coding: nonsense\n",
    "null": b"x\0",
    "latin": "# coding: latin-1\nx = 'é' 5\n".encode("latin-1"),
    "latin_symbols": "# coding: latin-1\nreturn 'é'\n".encode("latin-1"),
    "last_line": b"x = (",
}


@pytest.mark.parametrize("source", RAISING.values(), ids=RAISING)
def test_what_is_stored_raises_what_an_import_raises(compile_source: Compile, target: Any, tmp_path: Path, source: bytes) -> None:
    (tmp_path / "m.py").write_bytes(source)
    program = "import sys, marshal; sys.path.insert(0, sys.argv[1])\ntry:\n    import m\nexcept Exception as e:\n    raised = e"
    compare = (
        "name, arguments = marshal.load(sys.stdin.buffer)\n"
        "if len(arguments) == 2 and arguments[1][0] is None: arguments = (arguments[0], (m_path, *arguments[1][1:]))\n"
        "print((name, arguments) == (type(raised).__name__, raised.args), (name, arguments), raised.args)"
    )
    command = [target.executable, "-c", f"{program}\nm_path = sys.argv[1] + '/m.py'\n{compare}", str(tmp_path)]
    told = subprocess.run(command, input=compile_source(source)["code"], capture_output=True, check=True).stdout.decode()
    assert told.startswith("True"), told


def test_what_does_not_compile_imports_nothing(compile_source: Compile) -> None:
    answer = compile_source("import a\nprint 'x'\n")
    assert answer["scan"]["imports"] == [] and json.loads(answer["stored_scan"]) == answer["scan"]
    assert answer["code"] == compile_source("import a\nprint 'x'\n")["code"]


def test_a_full_disk_is_told(pool: WorkerPool, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = str(tmp_path / "file" / "below")
    answer = pool.call("module", target="m.py", optimize=0, strip_docstrings=False, store=store, blobs=(b"x = 1\n",))
    assert answer["disk"] and answer["path"].startswith(str(tmp_path / "file"))


def test_bytecode_files_are_kept_as_they_are(pool: WorkerPool, target: Any, tmp_path: Path) -> None:
    source = tmp_path / "m.py"
    source.write_text("import a\ndef f():\n    from .b import c\n")
    program = "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], dfile='shown.py')"
    subprocess.run([target.executable, "-c", program, source, tmp_path / "m.pyc"], check=True)
    data = (tmp_path / "m.pyc").read_bytes()
    answer = pool.call("bytecode", store=str(tmp_path / "kept"), blobs=(data,))
    assert [(record[0], record[3], record[4]) for record in answer["scan"]["imports"]] == [(1, "a", None), (3, "b", ["c"])]
    assert (tmp_path / "kept").read_bytes().endswith(data[16:])


@pytest.mark.parametrize(("data", "said"), [(b"\0" * 40, "another version"), (None, "damaged")])
def test_bytecode_that_cannot_be_used(pool: WorkerPool, target: Any, tmp_path: Path, data: bytes | None, said: str) -> None:
    if data is None:
        magic = subprocess.run(
            [target.executable, "-c", "import importlib.util, sys; sys.stdout.buffer.write(importlib.util.MAGIC_NUMBER)"],
            capture_output=True,
        )
        data = magic.stdout + b"\0" * 12 + b"\xff\xff"
    assert said in pool.call("bytecode", store=str(tmp_path / "kept"), blobs=(data,))["refused"]


# every kind of constant whose sharing decides marshal's bytes
TRICKY = '''
import typing
class Node:
    """A node."""
    class _Info:
        __slots__ = ("a", "b")
    def method(self, x={}, *, y=(1, 2.5, "text with blanks", b"bytes")):
        return x in {"a", "b", None, 1.0, 2j}, 12345678901234567890, ..., "finalize._Info"
    inner = lambda self: [i for i in (1, 2, 3) if i in ("x", "yy", "z z")]
def f(a: "Node._Info", b: typing.Any = "Node.method") -> None:
    return f"{a!r:>10} {b}" + "Node._Info"
'''


def test_the_bytes_depend_on_nothing_but_the_source(target: Any, tmp_path: Path) -> None:
    """Not on what was compiled before, not on the folder, not on the process."""
    others = [f"import m{n}\nclass Node:\n    class _Info: pass\n    def method(self): return {n}, 'Node._Info'\n" for n in range(5)]
    first = compile_all(target, tmp_path / "one", [TRICKY, *others])
    second = compile_all(target, tmp_path / "another folder" / "deeper", [*others, TRICKY, *others])
    assert first[0] == second[5]
    assert first[1:] == second[:5] == second[6:]


def compile_all(target: Any, folder: Path, sources: list[str]) -> list[bytes]:
    requests = [
        {"target": "m.py", "optimize": 0, "strip_docstrings": False, "store": str(folder / str(number)), "blobs": (source.encode(),)}
        for number, source in enumerate(sources)
    ]
    with WorkerPool(target, 1) as pool:
        answers = list(pool.map("module", requests))
    return [(folder / str(number)).read_bytes()[-answer["size"] :] for number, answer in enumerate(answers)]


def test_marshalled_code_is_what_the_target_reads(compile_source: Compile) -> None:
    """The parent may be another version: it never loads the code, which begins with marshal's type code for code objects."""
    assert compile_source("x = 1\n")["code"][0] & 0x7F == marshal.dumps(compile("", "", "exec"))[0] & 0x7F

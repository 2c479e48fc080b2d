"""Programs with tkinter: Tcl's and Tk's scripts come along, and tkinter says where they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pybuild.graph.tcl import amended
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import Mode

from .conftest import Project


def sources() -> list[Path]:
    """tkinter of every Python of version managers, and of the one that runs the tests."""
    import tkinter

    return [Path(tkinter.__file__), *sorted(Path.home().glob(".pyenv/versions/3.1[1-9].*/lib/python3.*/tkinter/__init__.py"))]


def call(source: bytes) -> ast.Call:
    (found,) = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and ast.unparse(node.func) == "_tkinter.create"]
    return found


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.parents[1].name)
def test_the_call_stays_where_it_is(path: Path) -> None:
    """Tracebacks show the line of the file, and marks below it."""
    before = path.read_bytes()
    after = amended(before)
    assert after != before
    place = [(c.lineno, c.col_offset, c.end_lineno, c.end_col_offset, ast.unparse(c)) for c in (call(before), call(after))]
    assert place[0] == place[1]
    assert after.count(b"\n") > before.count(b"\n")
    assert [node.name for node in ast.parse(after).body if isinstance(node, ast.ClassDef)][-1] == "_TclLibrary"


def test_another_tkinter_stays_as_it_is() -> None:
    assert amended(b"import _tkinter\n") == b"import _tkinter\n"


@pytest.fixture
def library(project: Project) -> str:
    with WorkerPool(project.interpreter, 1) as pool:
        folders: dict[str, str] = pool.call("tcl")["folders"]
    if not folders:
        pytest.skip("this Python has no tkinter, or its Tcl holds its scripts itself")
    return next(name for name in folders if name.startswith("tcl") and name != "tcl8")


def test_the_scripts_are_data(project: Project, library: str) -> None:
    project.write(main="import tkinter\n")
    graph = project.graph("main.py", mode=Mode.STANDALONE)
    targets = {item.target for item in graph.data}
    assert {f"tkinter/{library}/init.tcl", f"tkinter/{library.replace('tcl', 'tk')}/tk.tcl"} <= targets
    assert any(target.startswith("tkinter/tcl8/8.") and target.endswith(".tm") for target in targets) or library != "tcl8.6"
    assert not [target for target in targets if "/demos/" in target or target.endswith((".c", ".sh"))]
    assert next(item.source for item in graph.data if item.target.endswith("/init.tcl")).parent in graph.inputs


def test_without_tkinter_there_are_none(project: Project) -> None:
    project.write(main="import json\n")
    assert project.graph("main.py", mode=Mode.STANDALONE).data == ()


def test_in_accelerated_mode_there_are_none(project: Project) -> None:
    project.write(main="import tkinter\n")
    assert project.graph("main.py").data == ()

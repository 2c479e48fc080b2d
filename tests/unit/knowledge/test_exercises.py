"""Programs that use real packages: whatever they import and read when they run must be in their module graph."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.pipeline import look
from pybuild.progress import Silent
from pybuild.request import BuildRequest, Setting
from tests.unit.knowledge.environment import knowledge_python

EXERCISES = sorted((Path(__file__).parent / "exercises").glob("*.py"))

# What runs around an exercise: it tells which modules have been imported from files, and which other files have been opened.
RECORDER = """
import os
import sys
before = set(sys.modules)
opened = []
sys.addaudithook(lambda event, arguments: opened.append(arguments[0]) if event == "open" else None)
source = open(sys.argv[1], encoding="utf-8").read()
try:
    exec(compile(source, sys.argv[1], "exec"), {"__name__": "__main__", "__file__": sys.argv[1]})
except SystemExit:
    pass
def is_file(module):  # neither builtin nor made by another module
    file = getattr(module, "__file__", None)
    return (file and os.path.exists(file)) or any(getattr(module, "__path__", None) or ())
imported = [n for n, m in list(sys.modules.items()) if n not in before and is_file(m) and m.__spec__ and m.__spec__.name == n]
files = list(opened)
import json
files = sorted({os.path.abspath(os.fsdecode(f)) for f in files if isinstance(f, (str, bytes, os.PathLike))})
with open(sys.argv[2], "w") as out:
    json.dump([sorted(imported), files], out)
"""


def imported_packages(path: Path) -> set[str]:
    """The packages that the exercise is about."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def needs_no_data(path: str) -> bool:
    """Whether a file of an installation is code, metadata, or a shared library, which other stages see to."""
    return path.endswith((".py", ".pyc", ".so", ".pth")) or ".so." in path or ".dist-info/" in path or not Path(path).is_file()


@pytest.mark.knowledge
@pytest.mark.parametrize("path", EXERCISES, ids=lambda path: path.stem.strip("_"))
def test_what_runs_is_in_the_graph(path: Path, tmp_path: Path) -> None:
    python = knowledge_python()
    if python is None:
        pytest.skip("the packages could not be installed")
    probe = f"import {', '.join(sorted(imported_packages(path)))}"
    if subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode:
        pytest.skip("one of its packages is not installed")
    record = tmp_path / "record.json"
    done = subprocess.run([python, "-c", RECORDER, str(path), str(record)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    imported, opened = json.loads(record.read_text())

    settings = (Setting("build.python", str(python), "--python"),)
    plan, graph = look(BuildRequest(path.parent, None, (path.name,), None, settings), Cache.default(), Silent())
    assert [name for name in imported if name not in graph.modules] == []
    shipped = {str(data.source) for data in graph.data}
    site = tuple(f"{folder}/" for folder in plan.interpreter.site_packages)
    assert [file for file in opened if file.startswith(site) and not needs_no_data(file) and file not in shipped] == []

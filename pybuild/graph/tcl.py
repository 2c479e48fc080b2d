"""tkinter's other half: the scripts of Tcl and Tk, without which no interpreter of Tcl starts.

Goes in: a graph with tkinter in it.  Comes out: the scripts as data files beside the package, and the package's source, changed so
that they are found.  Tcl looks where the environment variable `TCL_LIBRARY` says when an interpreter is made; Tk looks beside Tcl's folder.
The variable is there for that moment alone: a child with another Tcl must not see it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from pybuild.graph.memory import Memory
from pybuild.graph.model import GraphData
from pybuild.interpreter import WorkerPool

_NEVER = (".c", ".h", ".a", ".sh", ".so")  # for those who build programs with Tcl
_FOLDERS_NEVER = ("demos", "__pycache__")

# In place of the line before the call, and of what precedes the call in its line: no line and no column of the call changes, so that
# tracebacks are what they are under CPython.
_CALL = re.compile(rb"(?m)^        interactive = False\r?\n        self\.tk = (?=_tkinter\.create\()")
_WITH = b"        with _TclLibrary(interactive := False\n        ):self.tk="
_CLASS = b'''

class _TclLibrary:
    """While an interpreter is made, TCL_LIBRARY names the scripts that come with the program."""
    def __init__(self, interactive):
        from os import environ, path
        self.environ = environ
        self.folder = path.join(path.dirname(__file__), 'tcl' + _tkinter.TCL_VERSION)
        self.there = path.isdir(self.folder) and not environ.get('TCL_LIBRARY')

    def __enter__(self):
        if self.there:
            self.environ['TCL_LIBRARY'] = self.folder

    def __exit__(self, *ignored):
        if self.there:
            self.environ.pop('TCL_LIBRARY', None)
'''


def amended(source: bytes) -> bytes:
    """tkinter's source, changed to find the scripts; as it is where it is not as expected."""
    changed, count = _CALL.subn(_WITH, source)
    return changed + _CLASS if count == 1 else source


def tcl_files(pool: WorkerPool, memory: Memory, folder: Path) -> Iterator[tuple[GraphData, str]]:
    """The scripts, each with the folder that it was found in; `folder` is that of `_tkinter`, of which they are a function."""
    question = "?tcl"
    found: dict[str, str] | None = memory.answer(question)
    if found is None:
        found = pool.call("tcl")["folders"]
        memory.learn_answer(question, found, [str(folder)])
    for name, top in found.items():
        for place, folders, files in os.walk(top, followlinks=True):
            folders[:] = sorted(inner for inner in folders if inner not in _FOLDERS_NEVER)
            below = os.path.relpath(place, top).replace(os.sep, "/").removeprefix(".")
            for file in sorted(files):
                if not file.endswith(_NEVER):
                    target = _place("/".join(filter(None, (name, below.strip("/"), file))))
                    yield GraphData(Path(place, file), f"tkinter/{target}", "tkinter starts Tcl, which reads its scripts"), place


def _place(path: str) -> str:
    """Where a script goes: Debian keeps modules in Tcl's own folder, and has changed Tcl to look there by an absolute path."""
    within = re.match(r"tcl(\d+)(\.\d+)/tcl\1/", path)
    return f"tcl{within[1]}/{within[1]}{within[2]}/{path[within.end() :]}" if within else path

"""What is compiled in place of a module's own source, where the program could not do with that.

Goes in: a module's name, its place and source.  Comes out: another source, of `tkinter`, which is to find Tcl's scripts (`tcl.py`), and of
`distutils`, where setuptools provides it.  (sysconfig's data, which name the building machine, are the scanner's.)

Setuptools has a `.pth` file by which every Python gets a finder that answers for `distutils` with `setuptools._distutils`, and
imports setuptools for that.  A program has no `.pth` files: its `distutils` is a module that installs this finder when it is first
imported, and gives way.
"""

from __future__ import annotations

from pybuild.graph.tcl import amended

_DISTUTILS = b"""\
def _give_way():
    import importlib, sys
    import _distutils_hack
    del sys.modules["distutils"]
    _distutils_hack.add_shim()
    importlib.import_module("distutils")

def _imported_by_the_finder():
    import setuptools._distutils

_give_way()
"""


def amend(name: str, path: str, source: bytes) -> bytes:
    """The source to be compiled for module `name`, whose file `path` holds `source`."""
    if name == "tkinter":
        return amended(source)
    if name == "distutils" and path.endswith(".pth"):
        return _DISTUTILS
    return source

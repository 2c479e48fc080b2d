"""What in a package's folder is data: every file that is neither code nor made for whoever builds or reads the package.

Goes in: a folder, and which of the folders below it are packages of the program.  Comes out: files with their places below it,
packages that hold nothing but data, and the folders that were listed.

A folder without `__init__` that holds no module of the program is data as a whole; in someone else's package the Python files in
it, too: they are templates, or stubs that a tool reads.  In the project's own, hidden files, links that lead out of the project,
virtual environments and results of builds are nobody's data.
"""

# ruff: noqa: PTH110, PTH118
# (plain strings: packages may hold thousands of files)

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field

_CODE = (".py", ".pyi")
_NEVER = (
    *(".pyc", ".pyo", ".pyx", ".pxd", ".pxi", ".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx", ".f", ".f90", ".inc.src"),
    *(".a", ".la", ".lib", ".o", ".obj", ".pdb", ".pyd", ".dylib", ".orig", ".rej", "~"),
)
_FOR_READERS = re.compile(
    r"(?:LICEN[CS]ES?|COPYING|NOTICE|AUTHORS|CONTRIBUTORS|CHANGE(?:S|LOG)|HISTORY|NEWS|README)(?:[.-](?:md|rst|txt|[A-Z0-9.-]+))?"
    r"|(?:licen[cs]e|readme|changelog)(?:\.(?:md|rst|txt))?"
)
_FOLDERS_NEVER = frozenset({"__pycache__", ".git", ".hg", ".svn"})
_FOLDERS_FOR_BUILDERS = frozenset({"test", "tests", "doc", "docs"})
_LIBRARY = re.compile(r".*\.so(?:\.\d+)*")
_EXTENSION = re.compile(r".*\.(?:cpython-\w+(?:-[\w-]+)?|pypy[\w-]+|abi3)\.so")


@dataclass(frozen=True, slots=True)
class Item:
    """A file: `below` is its POSIX path below the folder that was asked about; a `library` is loaded by its path."""

    path: str
    below: str
    library: bool = False


@dataclass
class Walk:
    """One walk.

    `known` says whether a name is a module of the program, `kept_out` whether the manifest leaves it out; `leave_out` are real
    folders that are passed over; `boundary`: the project's folder where it is about its own packages, else "".
    """

    known: Callable[[str], bool]
    kept_out: Callable[[str], bool]
    leave_out: frozenset[str] = frozenset()
    boundary: str = ""
    items: list[Item] = field(default_factory=list)
    packages: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def package(self, name: str, folder: str, below: str = "") -> None:
        """The data in the folder of package `name`; packages in it have a walk of their own when they are in the program."""
        for entry in self._entries(folder):
            if not entry.is_dir():
                self._take(entry, below, code=False)
                continue
            inner = f"{name}.{entry.name}"
            if entry.name in _FOLDERS_FOR_BUILDERS or not self._enters(entry) or self.kept_out(inner):
                continue
            if _has_init(entry.path):
                if not self.known(inner) and self._is_data_package(entry.path):
                    self.packages.append(inner)
            elif self.known(inner):
                self.package(inner, entry.path, f"{below}{entry.name}/")
            else:
                self.folder(entry.path, f"{below}{entry.name}/")

    def folder(self, folder: str, below: str = "", ancestors: tuple[str, ...] = ()) -> None:
        """Everything in a folder that holds no module of the program."""
        real = os.path.realpath(folder)
        if real in ancestors:
            return
        for entry in self._entries(folder):
            if not entry.is_dir():
                self._take(entry, below, code=not self.boundary)
            elif self._enters(entry):
                self.folder(entry.path, f"{below}{entry.name}/", (*ancestors, real))

    def top_folder(self, folder: str, below: str) -> None:
        """The same for one that is named by its path, unless it is none that may be entered."""
        above, name = os.path.split(folder)
        for entry in self._entries(above):
            if entry.name == name and self._enters(entry):
                self.folder(folder, below)
                return

    def file(self, path: str, below: str) -> None:
        """One file that is named."""
        folder, name = os.path.split(path)
        for entry in self._entries(folder):
            if entry.name == name and not entry.is_dir():
                self._take(entry, below[: -len(name)], code=False)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            return []
        self.folders.append(folder)
        return found

    def _enters(self, entry: os.DirEntry[str]) -> bool:
        if entry.name in _FOLDERS_NEVER or (self.leave_out and os.path.realpath(entry.path) in self.leave_out):
            return False
        if not self.boundary:
            return True
        return not entry.name.startswith(".") and self._inside(entry) and not os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))

    def _inside(self, entry: os.DirEntry[str]) -> bool:
        return not self.boundary or not entry.is_symlink() or os.path.realpath(entry.path).startswith(self.boundary + os.sep)

    def _take(self, entry: os.DirEntry[str], below: str, code: bool) -> None:
        name = entry.name
        if not entry.is_file() or not _is_data(name, code) or not self._inside(entry) or (self.boundary and name.startswith(".")):
            return
        library = _LIBRARY.fullmatch(name) is not None
        if library and (_EXTENSION.fullmatch(name) or holds(entry.path, b"PyInit_")):
            return
        try:
            name.encode()
        except UnicodeEncodeError:
            return
        self.items.append(Item(entry.path, below + name, library))

    def _is_data_package(self, folder: str) -> bool:
        """Whether the package in `folder` has no module but `__init__`, and data, itself or in packages of the same kind."""
        data = False
        for entry in self._entries(folder):
            if entry.is_dir():
                if not self._enters(entry):
                    continue
                if _has_init(entry.path) and not self._is_data_package(entry.path):
                    return False
                data = True
            elif entry.name.endswith((".py", ".so")) and not entry.name.startswith("__init__."):
                return False
            else:
                data |= _is_data(entry.name, code=False)
        return data


def _is_data(name: str, code: bool) -> bool:
    if name.endswith(_NEVER) or name == "py.typed" or (not code and name.endswith(_CODE)):
        return False
    return _FOR_READERS.fullmatch(name) is None


def _has_init(folder: str) -> bool:
    return any(os.path.exists(os.path.join(folder, f"__init__{suffix}")) for suffix in (".py", ".pyc"))


def holds(path: str, word: bytes) -> bool:
    """Whether the file holds `word`; one that cannot be read does."""
    import mmap

    try:
        with open(path, "rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:  # noqa: PTH123
            return data.find(word) != -1
    except (OSError, ValueError):
        return True

"""Finding a module's place on the search path without importing anything.

Goes in: a dotted name and the folders that will be searched.  Comes out: where the module lies and whether it is a package.  The graph
stage finds modules for the whole program; here only two questions must be answered before there is a graph: is an entry point's module a
package that is run through its `__main__`, and where do a package's data files lie.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Location:
    """Where a module was found: `path` is its file, None for a namespace package; `folders` are a package's, empty for a plain module."""

    path: Path | None
    folders: tuple[Path, ...]


class Finder:
    """Looks up names along `search`, in order; `suffixes` are those of extension modules."""

    def __init__(self, search: Iterable[Path], suffixes: Sequence[str]) -> None:
        self._search = tuple(search)
        self._suffixes = (*suffixes, ".py", ".pyc")  # in the order in which CPython's FileFinder tries them

    def find(self, name: str) -> Location | None:
        """The place of module `name`, or None."""
        folders: Sequence[Path] = self._search
        location: Location | None = None
        for part in name.split("."):
            location = self._find_in(folders, part)
            if location is None:
                return None
            folders = location.folders
        return location

    def _find_in(self, folders: Sequence[Path], part: str) -> Location | None:
        portions: list[Path] = []
        for folder in folders:
            package = folder / part
            if os.path.isdir(package):  # noqa: PTH112 - a path that cannot be asked (no permission) is no package here
                for suffix in self._suffixes:
                    init = package / f"__init__{suffix}"
                    if init.is_file():
                        return Location(init, (package,))
            for suffix in self._suffixes:
                module = folder / f"{part}{suffix}"
                if module.is_file():
                    return Location(module, ())
            if os.path.isdir(package):  # noqa: PTH112
                portions.append(package)
        return Location(None, tuple(portions)) if portions else None

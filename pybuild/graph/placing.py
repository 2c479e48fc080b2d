"""Whose a module is, and where it lies in the program's folder: decided from where it was found.

Goes in: a found module.  Comes out: its party and its target.  Third-party folders are looked at before the program's own: a
`.venv` in the project is not the program's.
"""

# ruff: noqa: PTH119, PTH120
# (plain strings: this runs for every module)

from __future__ import annotations

import os
from pathlib import Path

from pybuild.graph.finder import Found, roots_of
from pybuild.graph.model import ModuleKind, Party
from pybuild.resolve.model import Plan


class Placing:
    """Parties and targets for one plan."""

    def __init__(self, plan: Plan) -> None:
        interpreter = plan.interpreter
        folders: dict[str, Party] = {}
        for folder in (interpreter.stdlib, interpreter.platstdlib, interpreter.dynload):
            _enter(folders, folder, Party.STDLIB)
        for root in roots_of(plan):
            _enter(folders, Path(root), Party.FIRST)
        for folder in interpreter.site_packages:
            _enter(folders, folder, Party.THIRD)
        self._folders = sorted(folders.items(), key=lambda item: -len(item[0]))

    def party(self, found: Found) -> Party:
        """Whose module it is: that of the innermost known folder it lies in."""
        if found.kind in (ModuleKind.BUILTIN, ModuleKind.FROZEN):
            return Party.STDLIB
        path = found.archived or found.origin or (found.locations[0] + os.sep if found.locations else "")
        for folder, party in self._folders:
            if path.startswith(folder):
                return party
        return Party.THIRD

    def target(self, name: str, found: Found, party: Party) -> str:
        """POSIX path below the program's folder; "" for what is in the interpreter."""
        if found.kind in (ModuleKind.BUILTIN, ModuleKind.FROZEN):
            return ""
        path = name.replace(".", "/")
        if party is not Party.STDLIB and path.startswith("distutils") and f"{os.sep}setuptools{os.sep}_distutils{os.sep}" in found.origin:
            path = f"setuptools/_{path}"  # which setuptools makes sure of
        if found.kind is ModuleKind.NAMESPACE:
            return path
        file = os.path.basename(found.origin)
        if file.endswith(".pth"):
            file = "__init__.py"
        if found.kind is ModuleKind.EXTENSION and party is Party.STDLIB:
            return f"lib-dynload/{file}"
        folder = path if found.locations is not None else os.path.dirname(path)
        return f"{folder}/{file}" if folder else file


def _enter(folders: dict[str, Party], folder: Path, party: Party) -> None:
    """Enter `folder` under its name and under what its links lead to."""
    for path in (str(folder), os.path.realpath(folder)):
        folders[path.rstrip(os.sep) + os.sep] = party

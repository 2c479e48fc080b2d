"""The product's version where the manifest says only where to find it.

Goes in: `{ attr = "module.attribute" }` or `{ file = "path" }`.  Comes out: the version's text.  Nothing of the project is run: a module's
version is what its source plainly assigns.
"""

from __future__ import annotations

import ast
from pathlib import Path

from pybuild.resolve.packages import Finder


class VersionError(Exception):
    """The version cannot be read; `hint` is the next step."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def version_from_attribute(attribute: str, finder: Finder) -> tuple[str, Path]:
    """The string that the source of `module.attribute` assigns at top level, and the file.  Raises VersionError."""
    module, _, name = attribute.rpartition(".")
    location = finder.find(module)
    if location is None or location.path is None or location.path.suffix != ".py":
        raise VersionError(f"the source of the module {module!r} is not found", "name a module of the project, as 'package.attribute'")
    try:
        tree = ast.parse(location.path.read_bytes(), str(location.path))
    except SyntaxError as error:
        raise VersionError(f"{location.path}:{error.lineno}: {error.msg}", "correct the module, or write the version here") from error
    except (OSError, ValueError) as error:
        raise VersionError(f"{location.path} cannot be read: {error}", "correct the module, or write the version here") from error
    value = None
    for statement in tree.body:
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
        )
        if isinstance(statement, ast.Assign | ast.AnnAssign) and any(isinstance(t, ast.Name) and t.id == name for t in targets):
            value = statement.value
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value, location.path
    what = "no plain string" if value is not None else "nothing"
    raise VersionError(
        f"{location.path} assigns {what} to {name}", f"write '{name} = \"1.0\"' at the module's top level, or the version here"
    )


def version_from_file(path: Path) -> str:
    """The text of `path` without blanks around it.  Raises VersionError."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise VersionError(f"the version's file {str(path)!r} does not exist", "paths are relative to the manifest's folder") from error
    except (OSError, UnicodeDecodeError) as error:
        raise VersionError(f"the version's file {str(path)!r} cannot be read: {error}", "it must be a text file in UTF-8") from error
    if not text or len(text.splitlines()) != 1:
        raise VersionError(
            f"the version's file {str(path)!r} has {'no' if not text else 'more than one'} line",
            "it must hold the version and nothing else",
        )
    return text

"""From a scan's records to wants: which module asks for which name, how, and on which line.

Goes in: a module and its scan (`worker/scan.py` says what is in it).  Comes out: `Want`s with absolute names.  A name after
`from package import` is tentative: it may be a submodule or an attribute, and only looking for it tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pybuild.graph.model import Edge, ImportKind
from pybuild.worker import flags

NEVER = (ImportKind.TYPE_CHECKING, ImportKind.UNREACHABLE)  # recorded, not followed


@dataclass(frozen=True, slots=True)
class Want:
    """`importer` wants `name`.  `attempt`: the number of the try in its module that guards it, negative in that try's handler."""

    importer: str
    name: str
    line: int
    kind: ImportKind
    in_function: bool = False
    function: str = ""
    attempt: int = 0
    reason: str = ""
    tentative: bool = False
    plain: bool = False  # `import name`: all of the module's names are at hand
    command: bool = False  # in a command line that starts the program's own Python
    run: bool = False  # ... by `-m`: it is run as `__main__`
    caught: bool = False  # a SyntaxError is caught where it is imported
    branch: bool = False  # under a condition that its own text does not decide
    guard: tuple[str, str, bool] | None = None  # the constant (module, name) on which the import hangs, and what it must be

    def edge(self, imported: str, kind: ImportKind | None = None, reason: str = "") -> Edge:
        """The edge to `imported`."""
        return Edge(self.importer, imported, self.line, kind or self.kind, self.in_function, reason or self.reason)


@dataclass(frozen=True, slots=True)
class Star:
    """`from package import *`: the names that its `__all__` lists may be submodules."""

    package: str
    want: Want


def wants_of(name: str, is_package: bool, is_main: bool, scan: dict[str, Any]) -> Iterator[Want | Star]:
    """The wants of module `name`; `is_main` when it is run as `__main__`."""
    package = "" if name.startswith("@") else name if is_package else name.rpartition(".")[0]
    for record in scan["imports"]:
        line, state, level, module, names, function = record[:6]
        kind = _kind(state, is_main)
        base = absolute(package, level, module) if level else module
        common = (line, kind, bool(state & flags.IN_FUNCTION), function, record[6] if len(record) > 6 else 0)
        more: dict[str, Any] = {"caught": bool(state & flags.CAUGHT), "branch": bool(state & flags.BRANCH)}
        if len(record) > 7 and (module_of := _module_of(package, *record[7][:2])):
            more["guard"] = (module_of, record[7][2], record[7][3])
        if base is None:
            yield Want(name, "." * level + module, *common)
            continue
        if state & flags.COMMAND:
            yield from _started(name, base, names or [], Want(name, base, *common, command=True, run=bool(state & flags.RUN)))
            continue
        if base != name:
            yield Want(name, base, *common, plain=names is None, **more)
        if not names or kind in NEVER:
            continue
        for attribute in names:
            if attribute == "*":
                yield Star(base, Want(name, base, *common, **more))
            elif f"{base}.{attribute}" != name:
                yield Want(name, f"{base}.{attribute}", *common, tentative=True, **more)


def _started(name: str, base: str, names: list[str], want: Want) -> Iterator[Want | Star]:
    """The wants of a command line: the module, and of a package `__main__` or what is imported from it."""
    if base != name or want.run:
        yield want
    for attribute in names if want.kind not in NEVER else ():
        if attribute == "*":
            yield Star(base, want)
        else:
            yield replace(want, name=f"{base}.{attribute}", tentative=True)


def _module_of(package: str, level: int, module: str) -> str | None:
    return absolute(package, level, module) if level else module


def absolute(package: str, level: int, module: str) -> str | None:
    """The absolute name of a relative import in `package`; None when it leaves the top-level package."""
    parts = package.split(".") if package else []
    if level > len(parts):
        return None
    base = ".".join(parts[: len(parts) - level + 1])
    return f"{base}.{module}" if module else base


def _kind(state: int, is_main: bool) -> ImportKind:
    if state & flags.TYPE_CHECKING:
        return ImportKind.TYPE_CHECKING
    if state & flags.UNREACHABLE or (state & flags.MAIN_ONLY and not is_main):
        return ImportKind.UNREACHABLE
    if state & (flags.OPTIONAL | flags.FALLBACK):
        return ImportKind.OPTIONAL
    if state & flags.DYNAMIC:
        return ImportKind.DYNAMIC
    return ImportKind.CONDITIONAL if state & flags.CONDITIONAL else ImportKind.STATIC

"""The module graph: which modules the program needs, where they come from, and which line of which module asked for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ModuleKind(StrEnum):
    """How a module exists."""

    SOURCE = "source"  # a .py file, package or not
    BYTECODE = "bytecode"  # only a .pyc
    NAMESPACE = "namespace"  # a package without __init__
    EXTENSION = "extension"  # a shared object
    BUILTIN = "builtin"  # compiled into the interpreter
    FROZEN = "frozen"  # frozen into the interpreter and not otherwise to be found


class Party(StrEnum):
    """Whose module it is."""

    FIRST = "first-party"
    THIRD = "third-party"
    STDLIB = "stdlib"


class ImportKind(StrEnum):
    """Why an edge exists, and how much the importer needs it."""

    ENTRY = "entry"  # the manifest's entry point
    STATIC = "static"  # an import statement that runs when the module or function does
    OPTIONAL = "optional"  # in a try whose handler catches ImportError
    CONDITIONAL = "conditional"  # under an if on the platform or version that holds for the target
    TYPE_CHECKING = "type-checking"  # under TYPE_CHECKING: recorded, never followed
    UNREACHABLE = (
        "unreachable"  # under a condition that cannot hold on the target, or `__main__` code of a module that is not run: never followed
    )
    DYNAMIC = "dynamic"  # __import__ or import_module with a constant name
    PARENT = "parent"  # the package of an included submodule
    INCLUDE = "include"  # [modules] include or a rule
    KNOWLEDGE = "knowledge"  # package knowledge
    ESSENTIAL = "essential"  # needed by the interpreter to start


@dataclass(frozen=True, slots=True)
class Module:
    """A node.  `name` is the import name; a script's is `@` and its target file name."""

    name: str
    kind: ModuleKind
    party: Party
    is_package: bool
    path: Path | None  # source, .pyc or shared object
    # POSIX path below the program's folder where `__file__` points: "acme/cli.py", "lib-dynload/_json.cpython-311-x86_64-linux-gnu.so";
    # for a namespace package its folder
    target: str
    search_locations: tuple[Path, ...] = ()  # packages only: the real folders of __path__
    distribution: str = ""  # name of the distribution that installed it
    key: str = ""  # cache key of its bytecode in kind "module" (SOURCE and BYTECODE)
    problem: str = ""  # why it does not compile; what is stored under `key` is then no code, but makes its import raise that


@dataclass(frozen=True, slots=True)
class Edge:
    """`importer` needs `imported`; line 0 where no source line says so.  `importer` is "" for the manifest and the interpreter."""

    importer: str
    imported: str
    line: int
    kind: ImportKind
    in_function: bool = False
    reason: str = ""  # "pybuild.toml:12", "knowledge pygments", ...

    @property
    def followed(self) -> bool:
        """Whether the edge brings its module into the program."""
        return self.kind not in (ImportKind.TYPE_CHECKING, ImportKind.UNREACHABLE)


@dataclass(frozen=True, slots=True)
class Missing:
    """A module that an edge names and nobody has."""

    name: str
    edge: Edge


@dataclass(frozen=True)
class Distribution:
    """An installed distribution with at least one module in the graph: its metadata files, for importlib.metadata."""

    name: str
    version: str
    files: Mapping[str, Path]  # "METADATA", "entry_points.txt", "top_level.txt", "RECORD", "direct_url.json" ... → real path


@dataclass(frozen=True)
class GraphData:
    """A data file or shared library that package knowledge adds: `target` is POSIX, below the program's folder."""

    source: Path
    target: str
    reason: str
    library: bool = False


@dataclass(frozen=True)
class ModuleGraph:
    """The closed graph; `modules` is sorted by name, `edges` by (importer, line, imported)."""

    modules: Mapping[str, Module]
    edges: tuple[Edge, ...]
    missing: tuple[Missing, ...]
    excluded: Mapping[str, str]  # module → which rule or pattern excluded it, with its place
    distributions: tuple[Distribution, ...] = ()
    data: tuple[GraphData, ...] = ()
    inputs: tuple[Path, ...] = ()  # files read and folders listed: what a later build must find unchanged

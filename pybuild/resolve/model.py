"""The plan: the manifest made concrete for one interpreter, one system and one file tree.  Frozen; crosses every later stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from pybuild.errors import Place
from pybuild.hints.model import Hints
from pybuild.interpreter.model import Interpreter


class Mode(StrEnum):
    """What is packaged."""

    ACCELERATED = "accelerated"
    STANDALONE = "standalone"


class EntryKind(StrEnum):
    """What `run` of an entry point names."""

    FUNCTION = "function"  # module:function
    MODULE = "module"  # a module run as __main__ (a package: its __main__)
    SCRIPT = "script"  # a file


@dataclass(frozen=True)
class EntryPoint:
    """One program of the binary."""

    name: str
    aliases: tuple[str, ...]
    default: bool
    kind: EntryKind
    module: str  # the graph node that is run: module name, `pkg.__main__`, or `@` + script_target for a script
    function: str = ""  # dotted attribute, FUNCTION only
    script: Path | None = None  # absolute, SCRIPT only
    script_target: str = ""  # file name of the script below the program's folder, SCRIPT only
    place: str = ""  # where the manifest says so, "pybuild.toml:12", "pyproject.toml:30", "command line"
    run_place: Place | None = None  # where `run` is written, for messages


@dataclass(frozen=True)
class Product:
    """Identity of what is built; empty strings where nothing is known."""

    name: str
    version: str = ""
    description: str = ""
    license: str = ""
    company: str = ""
    copyright: str = ""


@dataclass(frozen=True)
class DataFile:
    """A file to be placed below the program's folder."""

    source: Path
    target: PurePosixPath
    reason: str  # "pybuild.toml:31", "package babel", "knowledge certifi"


@dataclass(frozen=True)
class DataExclusion:
    """`exclude` of a `[[data]]`: files of a package that are not shipped though pybuild would by itself."""

    package: str
    patterns: tuple[str, ...]  # globs below the package's folder


@dataclass(frozen=True)
class ModuleRule:
    """`[[modules.rule]]`."""

    module: str
    from_: str  # pattern of the importing module, "" for any
    action: str  # include | exclude | warn | error
    place: str
    module_place: Place | None = None  # where `module` is written, for messages


@dataclass(frozen=True)
class ModuleSelection:
    """`[modules]`; patterns: `a` is a and its submodules, `a.*` one level below, `a.**` a and everything below, `**.tests` anywhere."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    native: tuple[str, ...] | None = None  # None: first-party modules
    bytecode: tuple[str, ...] = ()
    rules: tuple[ModuleRule, ...] = ()
    places: tuple[tuple[str, str], ...] = ()  # (pattern, "pybuild.toml:12") for explanations
    include_places: tuple[tuple[str, Place], ...] = ()  # (pattern of `include`, where it is written), for messages
    native_hot: bool = True  # with a record, hot functions of other modules are native as well
    native_places: tuple[tuple[str, Place], ...] = ()  # (pattern of `native`, where it is written), for messages


@dataclass(frozen=True)
class PythonFlags:
    """`[build] python-flags`; isolated is the default."""

    no_asserts: bool = False
    no_docstrings: bool = False
    isolated: bool = True  # false with "use-environment": PYTHON* variables count
    unbuffered: bool = False
    no_warnings: bool = False
    utf8_mode: bool = False
    dev_mode: bool = False
    dont_write_bytecode: bool = False
    hash_seed_zero: bool = False  # "static-hashes"
    safe_path: bool = False
    bytes_warning: bool = False


@dataclass(frozen=True)
class CompilerOptions:
    """`[compiler]`."""

    cc: str = "auto"  # auto | gcc | clang | zig | a path
    optimize: str = "speed"  # size | speed | debug
    lto: bool | None = None  # None: auto
    pgo: tuple[str, ...] = ()  # the command that exercises the instrumented program, () for none
    launcher: tuple[str, ...] = ()
    jobs: int = 0  # 0: as many as there are processors
    cflags: tuple[str, ...] = ()
    ldflags: tuple[str, ...] = ()
    count: bool = False  # the program counts what runs natively
    profile: str = ""  # in a build with `pgo`: "generate", then "use"


@dataclass(frozen=True)
class Plan:
    """Everything that is to be done, nothing that is still to be decided."""

    product: Product
    mode: Mode
    name: str  # NAME: the product's, or the script's stem without a manifest; for folders
    executable_name: str  # EXE: the default (else first) entry point's name
    output_dir: Path
    project_dir: Path
    manifest_path: Path | None
    source_roots: tuple[Path, ...]
    script_dirs: tuple[Path, ...]  # folders of script entry points, searched before source_roots
    entry_points: tuple[EntryPoint, ...]
    interpreter: Interpreter
    libpython: str  # auto | static | shared
    python_flags: PythonFlags
    keep_source: bool
    modules: ModuleSelection
    data: tuple[DataFile, ...]
    libraries: tuple[DataFile, ...]
    compiler: CompilerOptions
    data_exclusions: tuple[DataExclusion, ...] = ()
    project_distribution: str = ""  # `[project] name`: its metadata is the program's, where it is installed
    hints: Hints = field(default_factory=Hints)  # the merged records of [hints] files
    max_glibc: str = ""
    entry_override: bool = True  # PYBUILD_ENTRY_POINT counts
    inputs: tuple[Path, ...] = ()  # every file and folder that was looked at to make the plan

    def placed(self, target: str) -> str:
        """Where `target` (POSIX, below the program's folder) lies in truth: a folder gives way to a program of its name.

        A program is mostly called like its package: `acme` starts it, and `acme/data/x.json` cannot lie beside it.  The folder is then
        `acme.pkg`, for data, extension modules and `__file__` alike, so that all that is found by way of the package is found.
        """
        folder, slash, below = target.partition("/")
        if slash and any(folder == entry.name or folder in entry.aliases for entry in self.entry_points):
            return f"{folder}.pkg/{below}"
        return target

    @property
    def program_dir(self) -> Path:
        """The folder that the executable will lie in."""
        return self.output_dir / f"{self.name}.dist" if self.mode is Mode.STANDALONE else self.output_dir

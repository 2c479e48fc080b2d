"""The values that reach the packager, made by hand: a plan, a graph and bytecode of one script, and what is to lie beside it."""

from __future__ import annotations

import marshal
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledModule, CompiledProgram
from pybuild.graph.model import Distribution, GraphData, Module, ModuleGraph, ModuleKind, Party
from pybuild.interpreter.model import Interpreter
from pybuild.link.model import Executable
from pybuild.package import package
from pybuild.package.model import Result
from pybuild.progress import Silent
from pybuild.resolve.model import (
    CompilerOptions,
    DataFile,
    EntryKind,
    EntryPoint,
    Mode,
    ModuleSelection,
    Plan,
    Product,
    PythonFlags,
)


def interpreter(prefix: Path) -> Interpreter:
    """An interpreter installed in `prefix`; only what the packager looks at is real."""
    return Interpreter(
        executable=prefix / "bin/python3",
        base_executable=prefix / "bin/python3",
        chosen_by="--python",
        version=sys.version_info[:3],
        cache_tag=sys.implementation.cache_tag or "",
        magic="",
        soabi="",
        extension_suffixes=(".so",),
        multiarch=sysconfig.get_config_var("MULTIARCH") or "",
        prefix=prefix,
        base_prefix=prefix,
        stdlib=prefix / "lib/python3",
        platstdlib=prefix / "lib/python3",
        dynload=prefix / "lib/python3/lib-dynload",
        site_packages=(prefix / "lib/python3/site-packages",),
        sys_path=(str(prefix / "lib/python3"), str(prefix / "lib/python3/site-packages")),
        builtin_modules=(),
        frozen_modules=(),
        stdlib_modules=(),
        config={},
        markers={},
        identity="sample",
    )


@dataclass
class Sample:
    """A project of one script in `folder`, with the launcher `launcher`; the lists are what a test adds."""

    folder: Path
    launcher: Path
    mode: Mode = Mode.STANDALONE
    aliases: tuple[str, ...] = ()
    extensions: list[tuple[str, Path, str]] = field(default_factory=list)  # module, file, target
    modules: list[Module] = field(default_factory=list)
    data: list[tuple[Path, str]] = field(default_factory=list)
    libraries: list[tuple[Path, str]] = field(default_factory=list)
    graph_data: list[GraphData] = field(default_factory=list)
    distributions: list[Distribution] = field(default_factory=list)
    changes: dict[str, object] = field(default_factory=dict)  # of the plan
    progress: Silent = field(default_factory=Silent)
    libpython: Path | None = None
    text: str = "print('hello')\n"

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def prefix(self) -> Path:
        return self.folder / "installation/python"

    def plan(self) -> Plan:
        """The plan of all this."""
        entry = EntryPoint(
            "hello", self.aliases, True, EntryKind.SCRIPT, "@hello.py", script=self.project / "hello.py", script_target="hello.py"
        )
        plan = Plan(
            product=Product("Hello", "1.0"),
            mode=self.mode,
            name="hello",
            executable_name="hello",
            output_dir=self.output,
            project_dir=self.project,
            manifest_path=self.project / "pybuild.toml",
            source_roots=(self.project,),
            script_dirs=(self.project,),
            entry_points=(entry,),
            interpreter=interpreter(self.prefix),
            libpython="auto",
            python_flags=PythonFlags(),
            keep_source=False,
            modules=ModuleSelection(),
            data=_files(self.data),
            libraries=_files(self.libraries),
            compiler=CompilerOptions(),
        )
        return replace(plan, **self.changes)  # type: ignore[arg-type]

    def graph(self) -> ModuleGraph:
        """The script, the extension modules and whatever a test has added."""
        script = Module("@hello.py", ModuleKind.SOURCE, Party.FIRST, False, self.project / "hello.py", "hello.py")
        extensions = [Module(name, ModuleKind.EXTENSION, Party.THIRD, False, path, target) for name, path, target in self.extensions]
        modules = sorted((script, *extensions, *self.modules), key=lambda module: module.name)
        return ModuleGraph(
            modules={module.name: module for module in modules},
            edges=(),
            missing=(),
            excluded={},
            distributions=tuple(self.distributions),
            data=tuple(self.graph_data),
        )

    def compiled(self) -> CompiledProgram:
        """Bytecode of every module with a source, in a cache file with something before it."""
        modules = {}
        self.project.mkdir(parents=True, exist_ok=True)
        (self.project / "hello.py").write_text(self.text)
        for module in self.graph().modules.values():
            if module.kind is ModuleKind.SOURCE and module.path is not None:
                code = marshal.dumps(compile(module.path.read_bytes(), module.target, "exec"))
                path = self.folder / "bytecode" / module.name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(b"scan" + code)
                modules[module.name] = CompiledModule(module.name, path, 4, len(code))
        return CompiledProgram(modules)

    def cache(self) -> Cache:
        return Cache(self.folder / "cache")

    def package(self) -> Result:
        """Run the stage."""
        executable = Executable(self.launcher, "key", self.libpython is None, self.libpython, "cc")
        compiled = self.compiled()
        return package(self.plan(), self.graph(), compiled, executable, self.cache(), self.progress)


def _files(pairs: Iterable[tuple[Path, str]]) -> tuple[DataFile, ...]:
    return tuple(DataFile(source, PurePosixPath(target), f"pybuild.toml:{line}") for line, (source, target) in enumerate(pairs, 1))


def tree(folder: Path) -> dict[str, tuple[str, object]]:
    """Everything below `folder`: path → mode and content (or the link's text), for comparing."""
    found: dict[str, tuple[str, object]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = path.readlink() if path.is_symlink() else path.read_bytes() if path.is_file() else None
        found[path.relative_to(folder).as_posix()] = (f"{status.st_mode:o} {status.st_mtime_ns}", content)
    return found

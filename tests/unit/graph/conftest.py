"""Projects of a few files and the graphs of their programs.

Scans of the standard library are shared by all tests of a session; most tests build in accelerated mode, where only the
project's own modules are looked into.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest

from pybuild.cache import Cache
from pybuild.errors import Diagnostic, Place
from pybuild.graph import build_graph
from pybuild.graph.model import Edge, ModuleGraph
from pybuild.interpreter import WorkerPool, describe
from pybuild.interpreter.model import Interpreter
from pybuild.progress import Silent
from pybuild.resolve.model import (
    CompilerOptions,
    EntryKind,
    EntryPoint,
    Mode,
    ModuleRule,
    ModuleSelection,
    Plan,
    Product,
    PythonFlags,
)

DEFAULT_FLAGS = PythonFlags()


class Recorded(Silent):
    """A progress that keeps details as well."""

    def __init__(self) -> None:
        super().__init__()
        self.details: list[str] = []

    def detail(self, text: str) -> None:
        self.details.append(text)


@dataclass
class Project:
    """A project in a folder, and what its last graph said."""

    folder: Path
    cache: Cache
    interpreter: Interpreter
    progress: Recorded = field(default_factory=Recorded)
    modules_asked: int = 0

    def write(self, **files: str) -> Project:
        """Write files: the keyword `acme__cli` is acme/cli.py; `pkg__` is pkg/__init__.py."""
        for name, text in files.items():
            path = name.replace("__", "/")
            self.file(f"{path}__init__.py" if path.endswith("/") else f"{path}.py", text)
        return self

    def file(self, path: str, text: str | bytes) -> Path:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(dedent(text).encode() if isinstance(text, str) else text)
        return target

    def plan(
        self,
        *runs: str,
        mode: Mode = Mode.ACCELERATED,
        roots: tuple[str, ...] = (".",),
        flags: PythonFlags = DEFAULT_FLAGS,
        rules: tuple[ModuleRule, ...] = (),
        include: tuple[str, ...] = (),
        exclude: tuple[str, ...] = (),
    ) -> Plan:
        """The plan of the entry points `runs` ("main.py", "acme.cli:main", "acme.cli")."""
        entries = tuple(entry_point(self.folder, run, number) for number, run in enumerate(runs or ("main.py",)))
        script_dirs = tuple(dict.fromkeys(entry.script.parent for entry in entries if entry.script))
        return Plan(
            product=Product("test"),
            mode=mode,
            name="test",
            executable_name="test",
            output_dir=self.folder / "dist",
            project_dir=self.folder,
            manifest_path=self.folder / "pybuild.toml",
            source_roots=tuple(self.folder / root if root != "." else self.folder for root in roots),
            script_dirs=script_dirs,
            entry_points=entries,
            interpreter=self.interpreter,
            libpython="auto",
            python_flags=flags,
            keep_source=False,
            modules=ModuleSelection(
                include,
                exclude,
                rules=rules,
                places=tuple((text, "pybuild.toml:7") for text in (*include, *exclude)),
                include_places=tuple((text, include_place(self.folder, text)) for text in include),
            ),
            data=(),
            libraries=(),
            compiler=CompilerOptions(),
        )

    def graph(self, *runs: str, **options: object) -> ModuleGraph:
        """The graph of `plan(...)`."""
        self.progress = Recorded()
        plan = self.plan(*runs, **options)  # type: ignore[arg-type]
        with Counting(self.interpreter, 2) as pool:
            graph = build_graph(plan, pool, self.cache, self.progress)
            self.modules_asked = pool.asked.get("module", 0)
        assert list(graph.modules) == sorted(graph.modules)
        return graph

    @property
    def warnings(self) -> list[Diagnostic]:
        return self.progress.warnings


class Counting(WorkerPool):
    """Counts the requests of each operation."""

    def __init__(self, interpreter: Interpreter, jobs: int) -> None:
        super().__init__(interpreter, jobs)
        self.asked: dict[str, int] = {}

    def map(self, op, requests):
        def counted():
            for request in requests:
                self.asked[op] = self.asked.get(op, 0) + 1
                yield request

        return super().map(op, counted())


def include_place(folder: Path, text: str) -> Place:
    return Place(folder / "pybuild.toml", 7, 12, f'include = ["{text}"]', len(text) + 2)


def entry_point(folder: Path, run: str, number: int) -> EntryPoint:
    place = f"pybuild.toml:{number + 1}"
    written = Place(folder / "pybuild.toml", number + 1, 7, f'run = "{run}"', len(run) + 2)
    if run.endswith(".py"):
        script = folder / run
        return EntryPoint(
            script.stem,
            (),
            number == 0,
            EntryKind.SCRIPT,
            f"@{script.name}",
            script=script,
            script_target=script.name,
            place=place,
            run_place=written,
        )
    module, _, function = run.partition(":")
    kind = EntryKind.FUNCTION if function else EntryKind.MODULE
    return EntryPoint(module.rpartition(".")[2], (), number == 0, kind, module, function, place=place, run_place=written)


def edges(graph: ModuleGraph, importer: str | None = None) -> list[str]:
    """Edges as text: "main.py:3 acme.cli [optional]"."""
    return [text(edge) for edge in graph.edges if importer is None or edge.importer == importer]


def text(edge: Edge) -> str:
    kind = "" if edge.kind == "static" else f" [{edge.kind}]"
    return f"{edge.importer}:{edge.line} {edge.imported}{kind}{' in a function' if edge.in_function else ''}"


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def base(shared_cache: Cache) -> Interpreter:
    """A Python without any third-party package: a fresh virtual environment of this one."""
    return describe(Path(sys.executable).parent / "python", "test", shared_cache)


@pytest.fixture(scope="session")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder


@pytest.fixture(scope="session")
def empty_interpreter(empty_environment: Path, shared_cache: Cache) -> Interpreter:
    return describe(empty_environment / "bin/python", "test", shared_cache)


@pytest.fixture
def project(tmp_path: Path, shared_cache: Cache, empty_interpreter: Interpreter) -> Project:
    """A project whose Python has no third-party packages."""
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project", shared_cache, empty_interpreter)


@dataclass
class Environment:
    """A virtual environment of a test's own."""

    folder: Path
    cache: Cache

    @property
    def packages(self) -> Path:
        return next(self.folder.glob("lib/python3*/site-packages"))

    def interpreter(self) -> Interpreter:
        return describe(self.folder / "bin/python", "test", self.cache)

    def install(self, name: str, version: str = "1.0", metadata: dict[str, str] | None = None, **files: str) -> None:
        """Install a distribution of files, named as in `Project.write`."""
        listed = []
        for key, content in files.items():
            path = key.replace("__", "/")
            path = f"{path}__init__.py" if path.endswith("/") else f"{path}.py"
            target = self.packages / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(dedent(content))
            listed.append(path)
        folder = self.packages / f"{name.replace('-', '_')}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (folder / "RECORD").write_text("".join(f"{path},,\n" for path in listed) + f"{folder.name}/METADATA,,\n")
        for file, content in (metadata or {}).items():
            (folder / file).write_text(content)


@pytest.fixture
def environment(tmp_path: Path, shared_cache: Cache) -> Environment:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    return Environment(tmp_path / "venv", shared_cache)


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not in the checkout: a relative path must not be found there by chance."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    os.environ.pop("PYTHONPATH", None)

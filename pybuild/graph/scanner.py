"""Scans of modules: from memory, from the cache, or from a worker that compiles the module at the same time.

Goes in: modules with a file.  Comes out: for each its cache key and its scan, or what is wrong with the file.  Nothing is kept
in memory but the scans.
"""

# ruff: noqa: PTH123
# (plain strings: this runs for every module)

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pybuild.cache import Cache, digest
from pybuild.errors import BuildFailure
from pybuild.graph.amend import amend
from pybuild.graph.memory import Memory
from pybuild.graph.model import ModuleKind
from pybuild.interpreter import WorkerPool
from pybuild.interpreter.model import Interpreter
from pybuild.resolve.model import PythonFlags

KIND = "module"
INSTALL = b"/install"  # stands for the building machine's Python in what is compiled


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be scanned: `target` is its name in tracebacks."""

    name: str
    kind: ModuleKind
    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file cannot be compiled: `message` as Python says it, with the place where there is one."""

    message: str
    line: int = 0
    column: int = 0
    width: int = 1
    text: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A file's cache key and scan; its problem, if it does not compile.  No key: nothing is stored that could stand in its place."""

    key: str
    scan: dict[str, Any]
    problem: Problem | None = None

    @staticmethod
    def of(key: str, scan: dict[str, Any]) -> Scanned:
        """What a scan says."""
        return Scanned(key, scan, problem_in(scan))


class Compilation:
    """How a module is compiled: everything besides its file that its bytecode depends on."""

    def __init__(self, interpreter: Interpreter, flags: PythonFlags, cache: Cache) -> None:
        both = flags.no_asserts and flags.no_docstrings
        self.optimize = 2 if both else 1 if flags.no_asserts else 0
        self.strip_docstrings = flags.no_docstrings and not flags.no_asserts
        self._cache = cache
        self._interpreter = interpreter
        version = ".".join(map(str, interpreter.version))
        platform = interpreter.markers.get("sys_platform", "")
        self.identity = digest(version, interpreter.magic, platform, str(self.optimize), str(self.strip_docstrings), worker_code())

    def prepare(self, source: Source, content: bytes) -> bytes:
        """What is compiled in place of `content`: sysconfig's data without the building machine's paths, and what `amend` does."""
        if not source.name.startswith("_sysconfigdata_"):
            return amend(source.name, source.path, content)
        config = self._interpreter.config
        built = (config.get(name, "") for name in ("abs_builddir", "abs_srcdir"))
        paths = {str(self._interpreter.base_prefix), str(self._interpreter.prefix), *built} - {"", "/", "/usr", "/usr/local"}
        for path in sorted(paths, key=len, reverse=True):
            content = content.replace(path.encode(), INSTALL)
        return content

    def key(self, source: Source, content: bytes) -> str:
        """The cache key of the prepared content."""
        return digest(content, source.kind, source.target, self.identity)

    def request(self, source: Source, content: bytes, key: str) -> tuple[str, dict[str, Any]]:
        """Operation and request that make the cache file of `key`."""
        store = str(self._cache.path(KIND, key).absolute())
        if source.kind is ModuleKind.BYTECODE:
            return "bytecode", {"store": store, "blobs": (content,)}
        request = {"target": source.target, "optimize": self.optimize, "strip_docstrings": self.strip_docstrings}
        return "module", {**request, "store": store, "blobs": (content,)}


def worker_code() -> str:
    """Digest of the worker's own code: another scanner gives other scans."""
    folder = Path(__file__).resolve().parent.parent / "worker"
    return digest(*(file.read_bytes() for file in sorted(folder.glob("*.py"))))


class Scanner:
    """Scans for one build."""

    def __init__(self, compilation: Compilation, pool: WorkerPool, cache: Cache, memory: Memory) -> None:
        self._compilation = compilation
        self._pool = pool
        self._cache = cache
        self._memory = memory

    def scan(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Scanned]]:
        """The scan of each source, those that are known first.  Raises BuildFailure."""
        unknown = []
        for source in sources:
            remembered = self._memory.scan(source.path)
            if remembered is not None:
                yield source, Scanned.of(*remembered)
            else:
                unknown.append(source)
        asked: list[tuple[Source, str, os.stat_result]] = []
        unreadable: list[tuple[Source, Scanned]] = []
        hits: list[tuple[Source, Scanned]] = []
        for op in ("module", "bytecode"):
            wanted = [source for source in unknown if (source.kind is ModuleKind.BYTECODE) == (op == "bytecode")]
            if not wanted:
                continue
            asked.clear()
            for number, answer in enumerate(self._pool.map(op, self._requests(wanted, asked, hits, unreadable))):
                source, key, status = asked[number]
                yield source, self._answered(source, key, status, answer)
                while hits:
                    yield hits.pop()
        yield from hits
        yield from unreadable

    def _requests(
        self,
        sources: list[Source],
        asked: list[tuple[Source, str, os.stat_result]],
        hits: list[tuple[Source, Scanned]],
        unreadable: list[tuple[Source, Scanned]],
    ) -> Iterator[dict[str, Any]]:
        """Requests for what is not in the cache, made one at a time so that few sources are in memory; fills the three lists."""
        for source in sources:
            try:
                with open(source.path, "rb") as stream:
                    status = os.fstat(stream.fileno())
                    content = stream.read()
            except OSError as error:
                unreadable.append((source, Scanned("", {}, Problem(f"it cannot be read: {error.strerror}"))))
                continue
            content = self._compilation.prepare(source, content)
            key = self._compilation.key(source, content)
            scan = self._cached(key)
            if scan is not None:
                self._memory.learn_scan(source.path, status, key, scan)
                hits.append((source, Scanned.of(key, scan)))
                continue
            asked.append((source, key, status))
            yield self._compilation.request(source, content, key)[1]

    def _cached(self, key: str) -> dict[str, Any] | None:
        """The scan in the cache file of `key`."""
        try:
            with open(self._cache.path(KIND, key), "rb") as stream:
                size = int.from_bytes(stream.read(8), "little")
                scan: dict[str, Any] = json.loads(stream.read(size))
                return scan
        except (OSError, ValueError):
            return None

    def _answered(self, source: Source, key: str, status: os.stat_result, answer: dict[str, Any]) -> Scanned:
        problem = problem_of(answer)
        if problem is not None:
            return Scanned("", {}, problem)
        self._memory.learn_scan(source.path, status, key, answer["scan"])
        return Scanned.of(key, answer["scan"])


def problem_of(answer: dict[str, Any]) -> Problem | None:
    """Why a worker has stored nothing for a file.  Raises BuildFailure when that is the disk's fault."""
    if "disk" in answer:
        raise BuildFailure.of(
            f"{answer['path']}: {answer['disk']}", hint="make room, or set PYBUILD_CACHE_DIR to a folder that can be written"
        )
    if "died" in answer:
        return Problem(f"Python itself {answer['died']} while compiling it")
    return problem_in(answer)


def problem_in(scan: dict[str, Any]) -> Problem | None:
    """Why a file does not compile, as its scan says."""
    if "syntax" in scan:
        error = scan["syntax"]
        return Problem(f"{error['kind']}: {error['message']}", error["line"], error["column"], error["width"], error["text"])
    return Problem(scan["refused"]) if "refused" in scan else None

"""Bytecode of the whole program, a table of places in the cache, and native code of what is to be native.

Goes in: the graph, whose modules were compiled when they were scanned.  Comes out: `CompiledProgram`.  Only what has gone from
the cache since (and the runtime's own Python modules, which no import shows) is compiled here.
"""

from __future__ import annotations

import os
from pathlib import Path

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledModule, CompiledProgram
from pybuild.compiler.native import native_code
from pybuild.errors import BuildFailure
from pybuild.graph.model import ModuleGraph, ModuleKind
from pybuild.graph.scanner import KIND, Compilation, Source, problem_of
from pybuild.interpreter import WorkerPool
from pybuild.package.payload import SUPPORT_MODULES
from pybuild.progress import Progress
from pybuild.resolve.model import Plan
from pybuild.resources import folder


def compile_program(plan: Plan, graph: ModuleGraph, pool: WorkerPool, cache: Cache, progress: Progress) -> CompiledProgram:
    """Bytecode of every SOURCE and BYTECODE module that was scanned.  Raises BuildFailure when a file has changed or gone meanwhile."""
    compilation = Compilation(plan.interpreter, plan.python_flags, cache)
    modules: dict[str, CompiledModule] = {}
    with progress.stage("bytecode") as stage:
        missing: list[tuple[Source, str]] = []
        wanted = [module for module in graph.modules.values() if module.key]
        stage.total(len(wanted) + len(SUPPORT_MODULES))
        for module in wanted:
            compiled = _in_cache(module.name, cache.path(KIND, module.key))
            if compiled is not None:
                modules[module.name] = compiled
                stage.advance()
            else:
                missing.append((Source(module.name, module.kind, str(module.path), module.target), module.key))
        support = folder("runtime_py")
        for name in SUPPORT_MODULES:
            missing.append((Source(name, ModuleKind.SOURCE, str(support / f"{name}.py"), f"{name}.py"), ""))
        for source, key in missing:
            modules[source.name] = _compile(source, key, compilation, pool, cache)
            stage.advance(1, source.name)
    native = native_code(plan, graph, modules, pool, cache, progress)
    return CompiledProgram(dict(sorted(modules.items())), native.sources, native.modules, native.lifted)


def _in_cache(name: str, path: Path) -> CompiledModule | None:
    """The place of the marshalled code behind the scan in the cache file `path`; None when there is no whole file."""
    try:
        with path.open("rb") as stream:
            offset = 8 + int.from_bytes(stream.read(8), "little")
            size = os.fstat(stream.fileno()).st_size - offset
    except OSError:
        return None
    return CompiledModule(name, path, offset, size) if size > 0 else None


def _compile(source: Source, key: str, compilation: Compilation, pool: WorkerPool, cache: Cache) -> CompiledModule:
    """Compile a module whose cache file is not there; `key` is what it had when it was scanned, "" when it was not."""
    try:
        content = compilation.prepare(source, Path(source.path).read_bytes())
    except OSError as error:
        raise BuildFailure.of(f"{source.path}: {error.strerror}", hint="it was there when the build began: build again") from error
    now = compilation.key(source, content)
    if key and now != key:
        raise BuildFailure.of(f"{source.path} has changed during the build", hint="build again")
    path = cache.path(KIND, now)
    found = _in_cache(source.name, path)
    if found is None:
        op, request = compilation.request(source, content, now)
        problem = problem_of(pool.call(op, **request))
        found = _in_cache(source.name, path)
        if problem is not None or found is None:
            raise BuildFailure.of(
                f"{source.path}: {problem.message if problem else 'its bytecode could not be stored'}", hint="build again"
            )
    return found

"""Native code of the program's own modules: which are translated, and their C files in the cache.

Goes in: the plan, the graph, the bytecode.  Comes out: the C files to be compiled and linked, and what became native.  The key of a
module's C says everything that it was made from: its bytecode, its name, its records, the compiler itself; what is in the cache is neither
described nor lifted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pybuild.cache import Cache, digest
from pybuild.compiler.lift.description import OPTIMIZED
from pybuild.compiler.model import CompiledModule, CompiledProgram, NativeModule
from pybuild.compiler.selection import foreign_records, hot_modules, idle_patterns, is_embedded, wanted_modules
from pybuild.errors import BuildFailure
from pybuild.graph.model import ModuleGraph, Party
from pybuild.hints.model import Hints
from pybuild.interpreter import WorkerPool
from pybuild.progress import Progress
from pybuild.resolve.model import Plan

KIND = "native"
VERSIONS = ((3, 11),)  # of CPython, that code is translated for
_WORTH_A_PROCESS = 4  # modules

Translated = tuple[str, dict[str, Any], tuple[bytes, ...]]  # a module, the facts about it, its C files
Counted = tuple[str, tuple[str, ...], bool]  # a module, the content hashes of its code objects, whether it is the program's own


@dataclass(frozen=True)
class NativeCode:
    """The C files, the table of modules first, and what they hold."""

    sources: tuple[Path, ...] = ()
    modules: tuple[NativeModule, ...] = ()
    lifted: int = 0  # modules that were not in the cache


def native_code(
    plan: Plan, graph: ModuleGraph, compiled: Mapping[str, CompiledModule], pool: WorkerPool, cache: Cache, progress: Progress
) -> NativeCode:
    """Translate the modules that are to be native.  Raises BuildFailure."""
    ours = {name for name in compiled if name in graph.modules and is_embedded(plan, graph.modules[name])}
    whole = {module.name for module in wanted_modules(plan, graph)} & ours
    hot = ({module.name for module in hot_modules(plan, graph)} & ours) - whole
    # what no recorded run reached stays bytecode, unless it is named
    partly = hot | (whole if plan.hints and plan.modules.native is None else set())
    wanted = [graph.modules[name] for name in sorted(whole | hot)]
    foreign = foreign_records(plan, graph)
    for diagnostic in (*idle_patterns(plan, graph), *((foreign,) if foreign is not None else ())):
        progress.warn(diagnostic)
    if not wanted and not plan.compiler.count:
        return NativeCode()
    if plan.interpreter.version[:2] not in VERSIONS:
        progress.detail(f"{len(wanted)} modules stay bytecode: native code is made for Python 3.11 only in this version")
        return NativeCode()
    with progress.stage("native") as stage:
        stage.total(len(wanted))
        code = compiler_code()
        keys: dict[str, str] = {}
        missing: list[Task] = []
        for module in wanted:
            bytecode, everything = compiled[module.name].read(), module.name not in partly
            key = digest("native 4", module.name, bytecode, code, plan.hints.digest(module.name), str(everything))
            keys[module.name] = key
            if _known(cache, module.name, key) is None:
                missing.append(Task(module.name, bytecode, everything, plan.hints.only(module.name)))
        stage.advance(len(wanted) - len(missing))
        for name, facts, files in _translate(missing, plan, pool):
            for file in files:
                cache.put(KIND, _part_key(file), file)
            cache.put(KIND, keys[name], json.dumps([facts, [_part_key(file) for file in files]], separators=(",", ":")).encode())
            stage.advance(1, name)
        modules = tuple(_read(cache, module.name, keys[module.name]) for module in wanted)
        tell(modules, plan.hints, progress)
        native = tuple(module for module in modules if module.native)
        if not native and not plan.compiler.count:
            return NativeCode((), modules, len(missing))
        own = sorted(name for name in ours if graph.modules[name].party is Party.FIRST)
        table = _table(tuple(module.name for module in native), _counted(plan, own, modules), cache)
    return NativeCode((table, *(source for module in native for source in module.sources)), modules, len(missing))


def _counted(plan: Plan, own: Iterable[str], modules: Iterable[NativeModule]) -> tuple[Counted, ...] | None:
    """What a counting build has to know: the program's `own` modules and all native ones, with content hashes where they were described."""
    if not plan.compiler.count:
        return None
    hashes = {module.name: tuple(content for _, content in module.known) for module in modules}
    own = set(own)
    return tuple((name, hashes.get(name, ()), name in own) for name in sorted(own | set(hashes)))


def tell(modules: Iterable[NativeModule], hints: Hints, progress: Progress) -> None:
    """Why functions stay bytecode, and that records are of other sources."""
    for module in modules:
        for qualname, line, why in module.bytecode:
            progress.detail(f"{module.name}: {qualname}, line {line}, stays bytecode: {why}")
    stale = hints.stale({module.name: module.known for module in modules})
    if stale is not None:
        progress.warn(stale)


@dataclass(frozen=True)
class Task:
    """A module to be translated: its marshalled code; `everything`, or only what a recorded run reached."""

    name: str
    code: bytes
    everything: bool
    hints: Hints  # of this module
    codes: tuple[dict[str, Any], ...] = ()  # the descriptions of its code objects


def compiler_code() -> str:
    """Digest of the compiler's own code."""
    folder = Path(__file__).resolve().parent
    describing = folder.parent / "worker" / "describing.py"
    return digest(*(file.read_bytes() for file in (*sorted(folder.rglob("*.py")), describing)))


def _translate(tasks: list[Task], plan: Plan, pool: WorkerPool) -> Iterable[Translated]:
    """Each module, as they get ready."""
    requests = [{"blobs": (task.code,)} for task in tasks]
    described: list[Task] = []
    for task, answer in zip(tasks, pool.map("codes", requests), strict=True):
        if "codes" not in answer:
            raise BuildFailure.of(f"the bytecode of {task.name} cannot be read", hint="empty the cache: pybuild cache prune --all")
        described.append(replace(task, code=b"", codes=tuple(answer["codes"])))
    jobs = min(plan.compiler.jobs or 2, len(described))
    if jobs > 1 and len(described) >= _WORTH_A_PROCESS:
        with ProcessPoolExecutor(jobs) as processes:
            yield from processes.map(_one, described, chunksize=4)
    else:
        yield from map(_one, described)


def _one(task: Task) -> Translated:
    """A module's C."""
    from pybuild.compiler.translate import translate_module

    translation = translate_module(task.name, task.codes, task.hints, everything=task.everything)
    bodies = {(code["qualname"], code["line"]) for code in task.codes if not code["flags"] & OPTIMIZED}
    found = {
        "native": translation.native,
        "bytecode": [refused for refused in translation.bytecode if refused[:2] not in bodies],
        "known": [(code["qualname"], code["digest"]) for code in task.codes],
    }
    return task.name, found, tuple(file.encode() for file in translation.c)


def _part_key(text: bytes) -> str:
    """A C file goes by its content: what is the same after a change is not compiled again."""
    return digest("native part", text)


def _known(cache: Cache, name: str, key: str) -> NativeModule | None:
    """What the cache has of the module `name`; None unless it has all."""
    path = cache.find(KIND, key)
    if path is None:
        return None
    facts, parts = json.loads(path.read_bytes())
    sources = tuple(source for part in parts if (source := cache.find(KIND, part)) is not None)
    if len(sources) != len(parts):
        return None
    return NativeModule(
        name,
        sources,
        tuple(facts["native"]),
        tuple((q, line, why) for q, line, why in facts["bytecode"]),
        tuple(map(tuple, facts["known"])),
    )


def _read(cache: Cache, name: str, key: str) -> NativeModule:
    known = _known(cache, name, key)
    if known is None:
        raise BuildFailure.of(f"the C of {name} has gone from the cache during the build", hint="build again")
    return known


def expected_program(plan: Plan, cache: Cache) -> CompiledProgram:
    """What can be compiled before a module was looked at: with an empty table of modules, what native code calls, if there will be any."""
    if not _has_functions(plan) and not plan.compiler.count:
        return CompiledProgram({})
    return CompiledProgram({}, (_table((), () if plan.compiler.count else None, cache),))


def _has_functions(plan: Plan) -> bool:
    """Whether the program will have native code, as far as that can be told from its entry points."""
    if plan.interpreter.version[:2] not in VERSIONS or plan.modules.native == ():
        return False
    scripts = [entry.script for entry in plan.entry_points]
    return any(script is None or _defines(script) for script in scripts)


def _defines(script: Path) -> bool:
    try:
        text = script.read_bytes()
    except OSError:
        return False
    return b"def " in text or b"import " in text


def _table(names: tuple[str, ...], counted: tuple[Counted, ...] | None, cache: Cache) -> Path:
    """The C file that lists the modules, in the cache."""
    from pybuild.compiler.emit.module import emit_table

    text = emit_table(names, counted).encode()
    return cache.put(KIND, digest("native table", text), text)

"""The link stage: C → objects → one executable, each taken from the cache where it is there.

Goes in: the plan, and the compiler's C files (none while programs are bytecode only).  Comes out: the launcher, linked and stripped, in
the cache; its programs differ only in the payload that the next stage appends, so that one link serves all of them.
With everything cached neither SCons nor a compiler is started, and nothing but keys is computed.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pybuild import resources
from pybuild.cache import Cache, digest
from pybuild.compiler.model import CompiledProgram
from pybuild.errors import BuildFailure, Diagnostic
from pybuild.link import flags, objects, probe, scons
from pybuild.link.dynamic_section import finish_zig
from pybuild.link.failures import Failed, compile_failure, disk_full_hint, first_error, link_failure, machines_fault
from pybuild.link.launchers import launcher_prefix
from pybuild.link.model import Executable
from pybuild.link.private_paths import forget_folders, private_prefixes
from pybuild.link.profile import Profile, place, unit_key
from pybuild.link.python_library import Headers, PythonLibrary, find_headers, library_candidates
from pybuild.link.toolchain import Toolchain, find_toolchain
from pybuild.link.zstd import Zstd, find_zstd
from pybuild.progress import Progress, Stage
from pybuild.resolve.model import Mode, Plan

KIND = "executable"
LINK = "link"  # the name of the last command
# of generated C, which is in the cache under a name without suffix; it declares what it may not need
NATIVE_FLAGS = ("-fno-strict-aliasing", "-fno-asynchronous-unwind-tables", "-w", "-Werror=implicit-function-declaration")
_STALE = 86400.0  # seconds after which a left-over working folder is nobody's
_LAYOUT = "executable 2"  # changes when the meaning of a key, or what is done after the link, does


@dataclass(frozen=True)
class Job:
    """What is to be made with one libpython: the units, and the key of the executable."""

    plan: Plan
    toolchain: Toolchain
    headers: Headers
    runtime: Path
    library: PythonLibrary
    zstd: Zstd
    flags: tuple[str, ...]
    units: tuple[objects.Unit, ...]
    key: str
    profile: Profile | None


@dataclass(frozen=True)
class Attempt:
    """How a build of one Job ended: the executable's path, or the commands that failed."""

    path: Path | None
    compiled: int = 0
    failed: tuple[Failed, ...] = ()


def link_executable(
    plan: Plan,
    compiled: CompiledProgram,
    cache: Cache,
    progress: Progress,
    started: Callable[[int], None] = lambda process: None,
    *,
    profile: Profile | None = None,
) -> Executable:
    """The launcher of `plan`, from the cache or built, by `profile`; `started` is told the process group of each SCons.

    Raises UserError when something has to be installed or the options name what does not exist, BuildFailure when compiling or
    linking fails or the disk is full.
    """
    try:
        runtime = resources.folder("runtime_c")
    except FileNotFoundError as error:
        raise BuildFailure.of(str(error), hint="pip install --force-reinstall pybuild") from error
    return link_with(runtime, plan, compiled, cache, progress, started, profile=profile)


def link_with(
    runtime: Path,
    plan: Plan,
    compiled: CompiledProgram,
    cache: Cache,
    progress: Progress,
    started: Callable[[int], None] = lambda process: None,
    *,
    profile: Profile | None = None,
) -> Executable:
    """`link_executable` with the runtime's C files in `runtime`."""
    runtime = runtime.absolute()
    toolchain = find_toolchain(plan.compiler.cc, cache, plan.compiler.ldflags, plan.interpreter.site_packages)
    headers = find_headers(plan.interpreter)
    launcher_prefix(plan.compiler.launcher, toolchain)
    libraries = library_candidates(plan.interpreter, plan.libpython)
    zstd = find_zstd(toolchain, cache)
    if zstd.archive is None and plan.mode is Mode.STANDALONE:
        why = f"{zstd.problem}; {zstd.hint}" if zstd.hint else zstd.problem
        progress.detail(f"the program is larger than it need be, its bytecode is not compressed: {why}")
    failures: list[tuple[Job, Failed]] = []
    made = 0
    with cache.in_use(), progress.stage("link") as stage, _disk_errors(cache):
        for library in _in_order(libraries, toolchain, cache):
            job = _job(runtime, plan, compiled, toolchain, headers, library, zstd, profile)
            attempt = _build(job, cache, stage, started)
            made += attempt.compiled
            if attempt.path is not None:
                if len(libraries) > 1:
                    probe.store(cache, _question(toolchain), [library.path for library in libraries], [str(library.path), library.pie])
                if failures and not library.static:
                    progress.warn(_shared_after_all(failures[0][0].library, failures[0][1]))
                return _executable(job, attempt.path, made)
            for failed in attempt.failed:
                progress.detail(failed.log)
            if attempt.failed[0].finished.name != LINK:
                raise compile_failure(str(toolchain), attempt.failed, plan.compiler.cflags, cache, job.key)
            failures.append((job, attempt.failed[0]))
            if machines_fault(attempt.failed[0].text):
                break  # another library would fare no better, or, worse, would
    first, failure = failures[0]
    raise link_failure(str(toolchain), str(first.library), failure, plan.compiler.ldflags, cache, first.key)


def _question(toolchain: Toolchain) -> str:
    return f"libpython that can be linked 1 {toolchain.identity} {toolchain.linker.identity}"


def _in_order(libraries: tuple[PythonLibrary, ...], toolchain: Toolchain, cache: Cache) -> tuple[PythonLibrary, ...]:
    """The libraries to try: the one that worked before first."""
    known = probe.recall(cache, _question(toolchain), [library.path for library in libraries])
    return tuple(sorted(libraries, key=lambda library: [str(library.path), library.pie] != known))


def _job(
    runtime: Path,
    plan: Plan,
    compiled: CompiledProgram,
    toolchain: Toolchain,
    headers: Headers,
    library: PythonLibrary,
    zstd: Zstd,
    profile: Profile | None,
) -> Job:
    compile_flags = flags.compile_flags(plan, toolchain, library.static, zstd.archive is not None)
    units = objects.units(runtime, compiled.c_sources, toolchain, headers, compile_flags, NATIVE_FLAGS)
    if profile is not None:
        units = tuple(replace(unit, key=unit_key(unit.key, profile, unit.name)) for unit in units)
    link_flags = flags.link_flags(plan, toolchain, library, bool(compiled.c_sources))
    key = digest(
        _LAYOUT,
        toolchain.identity,
        toolchain.linker.identity,
        probe.stamp(library.path),
        probe.stamp(zstd.archive) if zstd.archive else "",
        *link_flags,
        *library.libraries,
        *plan.compiler.ldflags,
        *(unit.key for unit in units),
        *(str(prefix) for prefix in _folders_to_forget(plan, library)),
    )
    return Job(plan, toolchain, headers, runtime, library, zstd, compile_flags, units, key, profile)


def _executable(job: Job, path: Path, compiled: int) -> Executable:
    return Executable(
        path=path,
        key=job.key,
        static_libpython=job.library.static,
        libpython=None if job.library.static else job.library.path,
        compiler=str(job.toolchain),
        compiled=compiled,
        reused=max(0, len(job.units) - compiled),
        zstd=job.zstd.archive is not None,
        inputs=(job.zstd.place,),
        units=tuple((unit.name, unit.key) for unit in job.units),
    )


def _build(job: Job, cache: Cache, stage: Stage, started: Callable[[int], None]) -> Attempt:
    """Take the executable from the cache, or make it."""
    target = cache.find(KIND, job.key)
    if target is not None:
        return Attempt(target)
    # one build at a time compiles for a toolchain and Python: whoever waits here then finds most of it done
    with cache.lock(KIND, digest(job.toolchain.identity, job.headers.identity)):
        target = cache.find(KIND, job.key)
        if target is not None:
            return Attempt(target)
        with _work_folder(cache) as folder:
            return _run(job, cache, stage, folder, started)


def _run(job: Job, cache: Cache, stage: Stage, folder: Path, started: Callable[[int], None]) -> Attempt:
    """Give SCons what is missing; what it made goes into the cache, also when a later step fails."""
    made: dict[str, tuple[objects.Unit, Path]] = {}
    nodes: list[scons.Node] = []
    files: list[Path] = []
    for unit in job.units:
        output = folder / f"{unit.key}.o"
        known = cache.find(objects.KIND, unit.key)
        if known is None:
            nodes.append(scons.Node(unit.name, _compile_command(job, unit, output), output))
            made[unit.name] = (unit, output)
        else:
            output.symlink_to(known)  # zig goes by the end of a file's name
        files.append(output)
    linked = folder / "linked"
    command = flags.link_command(
        job.plan,
        job.toolchain,
        job.library,
        files,
        linked,
        job.zstd.link_words,
        native=any(unit.source.suffix != ".c" for unit in job.units),
    )
    nodes.append(scons.Node(LINK, command, linked, tuple(output for _, output in made.values())))
    stage.total(len(nodes))

    def done(finished: scons.Finished) -> None:
        if finished.status == 0 and finished.name in made:
            unit, output = made[finished.name]
            shutil.copyfile(output, output.with_suffix(".tmp"))
            cache.adopt(objects.KIND, unit.key, output.with_suffix(".tmp"))
        stage.advance(detail=finished.name)

    jobs = job.plan.compiler.jobs or len(os.sched_getaffinity(0))
    finished = scons.run_nodes(nodes, jobs, folder, job.plan.project_dir, done, started)
    commands = {node.name: node.command for node in nodes}
    failed = tuple(Failed(commands[f.name], f) for f in finished if f.status != 0)
    if failed:  # files that do not compile, or the link, which comes after all of them
        return Attempt(None, len(made), failed)
    data = forget_folders(linked.read_bytes(), _folders_to_forget(job.plan, job.library))
    if job.toolchain.family == "zig":
        run_path = flags.run_path_of(job.plan, job.library)
        data = finish_zig(data, run_path, job.library.soname if job.library.static else "")
    return Attempt(cache.put(KIND, job.key, data, 0o755), len(made))


def _compile_command(job: Job, unit: objects.Unit, output: Path) -> tuple[str, ...]:
    profile = place(job.toolchain, job.profile, unit.name, output) if job.profile is not None else ()
    # a profile lies beside the object, where no other machine and no other cache would find it
    launcher = launcher_prefix(job.plan.compiler.launcher, job.toolchain) if job.profile is None else ()
    return (
        *launcher,
        *job.toolchain.command,
        *flags.limit_errors(job.toolchain),
        *flags.path_flags(unit.source, job.runtime, job.headers.folders, job.plan.project_dir),
        *job.flags,
        *profile,
        *(() if unit.source.suffix == ".c" else ("-x", "c", *NATIVE_FLAGS)),
        "-c",
        str(unit.source),
        "-o",
        str(output),
    )


def _folders_to_forget(plan: Plan, library: PythonLibrary) -> tuple[Path, ...]:
    """Folders that the executable must not name; one that the user's own ldflags name (a run path) stays."""
    if not library.static:
        return ()  # the shared library has them, and the executable's run path may need them
    return tuple(prefix for prefix in private_prefixes(plan.interpreter) if not any(str(prefix) in flag for flag in plan.compiler.ldflags))


def _shared_after_all(library: PythonLibrary, failure: Failed) -> Diagnostic:
    return Diagnostic(
        f"{library} cannot be linked, the shared library is used instead: {first_error(failure.finished.text)}",
        hint='[build] libpython = "shared" asks for that, "static" makes it an error',
        severity="warning",
    )


@contextmanager
def _disk_errors(cache: Cache) -> Iterator[None]:
    """Turn what the operating system says of the cache's files into a BuildFailure."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        hint = disk_full_hint(cache) if full else f"the cache is {cache.root}; PYBUILD_CACHE_DIR sets another folder"
        raise BuildFailure.of(f"cannot link the program: {error.filename or cache.root}: {error.strerror or error}", hint=hint) from error


@contextmanager
def _work_folder(cache: Cache) -> Iterator[Path]:
    """A private folder beside the cache's files (so that results are renamed, not copied), removed in every case."""
    base = cache.root / "work"
    base.mkdir(parents=True, exist_ok=True)
    _sweep(base)
    folder = Path(tempfile.mkdtemp(prefix="link-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(base: Path) -> None:
    """Remove the folders of builds that were killed more than a day ago."""
    for folder in base.iterdir():
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)

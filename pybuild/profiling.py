"""Profile-guided optimisation: built instrumented, run by the manifest's command, linked again.

Goes in: the plan with a `[compiler] pgo` command, the graph, the bytecode and C.  Comes out: the executable that is compiled by the profile
of that run.  It stands beside the pipeline, because a program has to be packaged to be run.  The profile is kept in the cache: the command
runs again when the C of the program, the command, or a file that it names has changed.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pybuild.cache import Cache, digest
from pybuild.compiler.model import CompiledProgram
from pybuild.errors import BuildFailure, UserError
from pybuild.graph.model import ModuleGraph
from pybuild.link import find_toolchain, link_executable, profile
from pybuild.link.model import Executable
from pybuild.link.profile import GENERATE, USE, Profile
from pybuild.package import package
from pybuild.package.model import Result
from pybuild.progress import Progress
from pybuild.resolve.model import Plan

KIND = "profile"
PROGRAM = "PYBUILD_PROGRAM"  # in the command's environment: the instrumented program
_SHOWN = 12  # lines of what a command said that failed


def link_profiled(plan: Plan, graph: ModuleGraph, compiled: CompiledProgram, cache: Cache, progress: Progress) -> Executable:
    """The executable of `plan`, compiled by a profile.  Raises UserError, or BuildFailure when the command fails."""
    toolchain = find_toolchain(plan.compiler.cc, cache, plan.compiler.ldflags, plan.interpreter.site_packages)
    joiner = profile.check(toolchain)
    instrumented = link_executable(in_phase(plan, GENERATE), compiled, cache, progress)
    key = digest("profile 1", instrumented.key, *plan.compiler.pgo, *_files_named(plan))
    data = cache.get(KIND, key)
    if data is None:
        with progress.stage("profile"):
            data = _run(plan, graph, compiled, instrumented, joiner, cache, progress).pack()
        cache.put(KIND, key, data)
    else:
        progress.detail("the profile is that of an earlier run: neither the program's C nor the command has changed")
    try:
        found = Profile.unpack(data)
    except ValueError as error:
        raise BuildFailure.of("the profile in the cache is damaged", hint="empty the cache: pybuild cache prune --all") from error
    return link_executable(in_phase(plan, USE), compiled, cache, progress, profile=found)


def in_phase(plan: Plan, phase: str) -> Plan:
    """`plan`, to be compiled instrumented or by a profile."""
    return replace(plan, compiler=replace(plan.compiler, profile=phase))


def _files_named(plan: Plan) -> Iterator[str]:
    """Digests of the files that the command names, except what the build makes."""
    for word in plan.compiler.pgo:
        path = Path(os.path.normpath(plan.project_dir / word))
        if path.is_file() and not path.is_relative_to(plan.output_dir):
            yield digest(path.read_bytes())


def _run(
    plan: Plan,
    graph: ModuleGraph,
    compiled: CompiledProgram,
    instrumented: Executable,
    joiner: Path | None,
    cache: Cache,
    progress: Progress,
) -> Profile:
    """Package the instrumented program where nobody sees it, let the command run it, take up its profile."""
    work = cache.root / "work"
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="profile-", dir=work) as name:
        folder = Path(name)
        counts = folder / "counts"
        counts.mkdir()
        result = package(replace(in_phase(plan, GENERATE), output_dir=folder / "out"), graph, compiled, instrumented, cache, progress)
        programs = _programs(plan, result, folder / "out")
        command = [_word(plan, word, programs) for word in plan.compiler.pgo]
        _run_command(plan, command, {**os.environ, PROGRAM: str(result.executable), **profile.environment(counts)})
        found = profile.collect(joiner, counts, instrumented.units)
    if found is None:
        raise BuildFailure.of(
            f"[compiler] pgo: the command left no profile: {shlex.join(plan.compiler.pgo)}",
            hint=f"it has to start {_shown(plan, programs)}, or what the environment variable {PROGRAM} names, "
            "and the program has to end in order, not by os._exit or a signal",
            code="pgo",
        )
    return found


def _programs(plan: Plan, result: Result, folder: Path) -> Mapping[Path, Path]:
    """Where the build's programs will be → where the instrumented ones are."""
    made = (result.executable, *result.links)
    return {plan.output_dir / path.relative_to(folder): path for path in made}


def _word(plan: Plan, word: str, programs: Mapping[Path, Path]) -> str:
    """A word of the command: one that is the program's path means the instrumented one."""
    return str(programs.get(Path(os.path.normpath(plan.project_dir / word)), word))


def _shown(plan: Plan, programs: Mapping[Path, Path]) -> str:
    return " or ".join(os.path.relpath(path, plan.project_dir) for path in programs)


def _run_command(plan: Plan, command: list[str], environment: Mapping[str, str]) -> None:
    """Run it in the manifest's folder.  Raises UserError when there is no such program, BuildFailure when it fails."""
    shown = shlex.join(plan.compiler.pgo)
    try:
        done = subprocess.run(
            command, cwd=plan.project_dir, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        raise UserError.of(
            f"[compiler] pgo: the command cannot be started: {shown}: {error.strerror}",
            hint=f"its first word is a program in PATH, or a path relative to {plan.project_dir}",
            code="pgo",
        ) from error
    if done.returncode:
        how = f"ended with status {done.returncode}" if done.returncode > 0 else f"was killed by {signal.Signals(-done.returncode).name}"
        said = "\n".join(done.stdout.decode(errors="replace").strip().splitlines()[-_SHOWN:])
        raise BuildFailure.of(
            f"[compiler] pgo: the command {how}: {shown}" + (f"\n{said}" if said else ""),
            hint="a profile is made of a run that succeeds; the previous result is untouched",
            code="pgo",
        )

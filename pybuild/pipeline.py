"""The stages in order: the page to read first.

Request → Manifest → Interpreter → Plan → ModuleGraph → CompiledProgram → Executable → Result.  Each stage is a folder with one public
function that takes the previous values and returns its own, frozen; no stage reaches back, and nothing is passed by a global.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import Cache
from pybuild.compiler import compile_program, expected_program
from pybuild.compiler.model import CompiledProgram
from pybuild.graph import build_graph
from pybuild.graph.model import ModuleGraph
from pybuild.interpreter import WorkerPool
from pybuild.interpreter.model import Interpreter
from pybuild.link import link_ahead
from pybuild.link.model import Executable
from pybuild.package import package
from pybuild.package.model import Result
from pybuild.planning import make_plan
from pybuild.progress import Progress
from pybuild.request import BuildRequest
from pybuild.resolve.model import Plan


@dataclass(frozen=True)
class Outcome:
    """A finished build, with every stage's value that somebody may still ask for."""

    plan: Plan
    graph: ModuleGraph
    compiled: CompiledProgram
    executable: Executable
    result: Result


def look(request: BuildRequest, cache: Cache, progress: Progress) -> tuple[Plan, ModuleGraph]:
    """The plan and its module graph, for the commands that only look."""
    with cache.in_use():
        plan = make_plan(request, cache, progress)
        with WorkerPool(plan.interpreter, plan.compiler.jobs) as pool:
            return plan, build_graph(plan, pool, cache, progress)


def build(plan: Plan, pool: WorkerPool, cache: Cache, progress: Progress) -> Outcome:
    """Build `plan`.  Raises UserError or BuildFailure; the previous result stays whole then."""
    if plan.compiler.pgo:
        return _build_profiled(plan, pool, cache, progress)
    with link_ahead(plan, expected_program(plan, cache), cache) as linking:
        graph = build_graph(plan, pool, cache, progress)
        compiled = compile_program(plan, graph, pool, cache, progress)
        executable = linking.result(compiled, progress)
    result = package(plan, graph, compiled, executable, cache, progress)
    return Outcome(plan, graph, compiled, executable, result)


def _build_profiled(plan: Plan, pool: WorkerPool, cache: Cache, progress: Progress) -> Outcome:
    """The same with `[compiler] pgo`: nothing is linked ahead, since all of it is linked twice."""
    from pybuild.profiling import link_profiled

    graph = build_graph(plan, pool, cache, progress)
    compiled = compile_program(plan, graph, pool, cache, progress)
    executable = link_profiled(plan, graph, compiled, cache, progress)
    return Outcome(plan, graph, compiled, executable, package(plan, graph, compiled, executable, cache, progress))


def run(request: BuildRequest, cache: Cache, progress: Progress) -> Outcome:
    """All stages, from the request to the result on disk.  Raises UserError or BuildFailure."""
    with cache.in_use():
        plan = make_plan(request, cache, progress)
        with WorkerPool(plan.interpreter, plan.compiler.jobs) as pool:
            return build(plan, pool, cache, progress)


def inputs(outcome: Outcome) -> Iterator[Path]:
    """Every file and folder that decided the outcome: if none of them changes, nor does the outcome."""
    yield from outcome.plan.inputs
    yield from outcome.graph.inputs
    yield from (file.source for file in (*outcome.plan.data, *outcome.plan.libraries))
    yield from (file.source for file in outcome.graph.data)
    yield from _interpreter_files(outcome.plan.interpreter)
    yield outcome.plan.project_dir / ".venv" / "pyvenv.cfg"  # one that appears may be chosen
    yield from outcome.executable.inputs
    yield from outcome.result.inputs
    if outcome.executable.libpython is not None:
        yield outcome.executable.libpython


def _interpreter_files(interpreter: Interpreter) -> Iterator[Path]:
    """What decides the interpreter's answers: the program, its configuration, its site-packages and their `.pth` files."""
    yield interpreter.executable
    yield interpreter.base_executable
    yield interpreter.executable.parent.parent / "pyvenv.cfg"
    for folder in interpreter.site_packages:
        yield folder
        yield from folder.glob("*.pth")

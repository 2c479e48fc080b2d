"""The stages in order: the page to read first.

Manifest → Plan → ModuleGraph → CompiledProgram → Executable → Result.  Each stage is a folder with one public function that takes
the previous values and returns its own, frozen; no stage reaches back, and nothing is passed by a global.
"""

from __future__ import annotations

from pybuild.cache import Cache
from pybuild.compiler import compile_program
from pybuild.graph import build_graph
from pybuild.graph.model import ModuleGraph
from pybuild.interpreter import WorkerPool
from pybuild.link import link_executable
from pybuild.package import package
from pybuild.package.model import Result
from pybuild.progress import Progress
from pybuild.resolve.model import Plan


def make_graph(plan: Plan, pool: WorkerPool, cache: Cache, progress: Progress) -> ModuleGraph:
    """The module graph of `plan`, for the commands that only look at it."""
    return build_graph(plan, pool, cache, progress)


def build(plan: Plan, pool: WorkerPool, cache: Cache, progress: Progress) -> Result:
    """Build `plan`.  Raises UserError or BuildFailure; the previous result stays whole then."""
    graph = build_graph(plan, pool, cache, progress)
    compiled = compile_program(plan, graph, pool, cache, progress)
    executable = link_executable(plan, compiled, cache, progress)
    return package(plan, graph, compiled, executable, cache, progress)

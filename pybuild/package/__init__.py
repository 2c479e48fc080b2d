"""The last stage: launcher, payload, libraries and data become what is shipped.

Goes in: the plan, the graph, the bytecode and the linked launcher.  Comes out: `Result`, an executable (accelerated) or a
folder (standalone) that took the place of the previous one in a single rename.
"""

from __future__ import annotations

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledProgram
from pybuild.graph.model import ModuleGraph
from pybuild.link.model import Executable
from pybuild.package.contents import make_payload
from pybuild.package.model import Result
from pybuild.progress import Progress
from pybuild.resolve.model import Mode, Plan

__all__ = ["package"]


def package(plan: Plan, graph: ModuleGraph, compiled: CompiledProgram, executable: Executable, cache: Cache, progress: Progress) -> Result:
    """Package the program.  Raises UserError or BuildFailure; the previous result stays whole then."""
    payload = make_payload(plan, graph, compiled)
    if plan.mode is Mode.ACCELERATED:
        from pybuild.package.accelerated import package_accelerated

        return package_accelerated(plan, payload, executable, cache, progress)
    from pybuild.package.standalone import package_standalone

    return package_standalone(plan, graph, payload, executable, cache, progress)

"""Bringing a result up to date: what `build`, `run` and `link` share.

Goes in: a request.  Comes out: what is known of the finished build, after looking whether anything has changed at all
(no stage is imported before that is clear).
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pybuild import uptodate
from pybuild.cache import Cache
from pybuild.cli.progress import TerminalProgress
from pybuild.cli.session import Session
from pybuild.request import BuildRequest
from pybuild.uptodate import Built

if TYPE_CHECKING:
    from pybuild.pipeline import Outcome


@dataclass(frozen=True)
class Finished:
    """A result that is up to date."""

    built: Built
    fresh: bool  # something was done; False when nothing had changed
    seconds: float
    progress: TerminalProgress
    lifted: int = 0  # modules whose native code was made anew
    hot: tuple[str, ...] = ()  # native functions of other parties, with their modules


def bring_up_to_date(request: BuildRequest, session: Session) -> Finished:
    """Build what changed.  Raises UserError or BuildFailure."""
    started, started_ns = time.perf_counter(), time.time_ns()
    cache = Cache.default()
    output = session.output
    progress = TerminalProgress(sys.stderr, session.folder, quiet=output.quiet or output.json, verbose=output.verbose)
    stamp = uptodate.find(request, cache)
    if stamp is not None:
        for diagnostic in stamp.built.warnings:
            progress.warn(diagnostic)
        return Finished(stamp.built, False, time.perf_counter() - started, progress)

    from pybuild import pipeline, results

    outcome = pipeline.run(request, cache, progress)
    built = _describe(outcome, progress)
    results.record(outcome.plan.project_dir, outcome.result.path, outcome.result.files, cache)
    stamped = uptodate.save(request, cache, inputs=pipeline.inputs(outcome), files=outcome.result.files, built=built, started_ns=started_ns)
    if not stamped:
        progress.detail("an input changed while the build ran: the next build looks at everything again")
    seconds = time.perf_counter() - started
    return Finished(built, True, seconds, progress, outcome.compiled.lifted, _hot(outcome))


def _describe(outcome: Outcome, progress: TerminalProgress) -> Built:
    result = outcome.result
    links = {link.name: link for link in result.links}
    programs = []
    for entry in outcome.plan.entry_points:
        programs += [(name, str(links.get(name, result.executable))) for name in (entry.name, *entry.aliases)]
    return Built(
        str(result.path),
        str(result.executable),
        tuple(programs),
        result.size,
        result.glibc,
        result.glibc_file,
        result.glibc_symbol,
        tuple(progress.warnings),
        (
            sum(bool(module.native) for module in outcome.compiled.native),
            sum(len(module.native) for module in outcome.compiled.native),
            sum(len(module.bytecode) for module in outcome.compiled.native),
        ),
    )


def _hot(outcome: Outcome) -> tuple[str, ...]:
    """The native functions that are not the first party's: a record shows that they are hot, or `[modules] native` names them."""
    from pybuild.graph.model import Party

    return tuple(
        f"{module.name}: {qualname}"
        for module in outcome.compiled.native
        if outcome.graph.modules[module.name].party is not Party.FIRST
        for qualname in module.native
    )

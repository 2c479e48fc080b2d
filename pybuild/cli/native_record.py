"""`pybuild record --native`: where the guesses of native code are wrong, from a run of a counting build.

Goes in: the request and the target.  Comes out: the record, when the program has ended; its exit status is the command's.  The program is
built accelerated, into a folder that is gone afterwards: what stays is in the cache.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pybuild.cache import Cache, write_atomically
from pybuild.cli.children import end_as, run_child
from pybuild.cli.progress import TerminalProgress
from pybuild.cli.session import Session
from pybuild.errors import BuildFailure, UserError
from pybuild.request import BuildRequest, Setting

if TYPE_CHECKING:
    from pybuild.pipeline import Outcome


def record_native(
    request: BuildRequest, has_manifest: bool, target: str, arguments: tuple[str, ...], output: Path, current: Session
) -> NoReturn:
    """Build `target` to count, run it, write its record, and end as it did.  Raises UserError or BuildFailure."""
    from pybuild.hints.counted import record_of_counts
    from pybuild.hints.recording import check_output
    from pybuild.hints.summary import left_summary
    from pybuild.worker.recorder_document import render

    check_output(output)
    cache = Cache.default()
    work = cache.root / "work"
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="native-", dir=work) as name:
        folder = Path(name)
        outcome = _build(_counting(request, folder), has_manifest, target, cache, current)
        report = folder / "counts.json"
        status = run_child((_program(outcome, target), *arguments), {**os.environ, "PYBUILD_COUNTS": str(report)})
        if not report.exists():
            print("nothing was recorded: the program did not start, or did not come to its end", file=sys.stderr, flush=True)
            end_as(status)
        try:
            counts = json.loads(report.read_bytes())
        except ValueError as error:
            raise BuildFailure.of(f"the program's counts cannot be read: {error}", hint="run it again") from error
    document = record_of_counts(counts, target, outcome.plan.interpreter)
    write_atomically(output, render(document).encode("utf-8", "backslashreplace"))
    if current.output.verbose:
        for line in left_summary(document):
            print(line, file=sys.stderr)
    end_as(status)


def _counting(request: BuildRequest, folder: Path) -> BuildRequest:
    """The request for a counting build in `folder`."""
    values = {"build.mode": "accelerated", "build.output-dir": str(folder / "out"), "compiler.count": "true"}
    return replace(request, settings=(*request.settings, *(Setting(key, value, "--native") for key, value in values.items())))


def _build(request: BuildRequest, has_manifest: bool, target: str, cache: Cache, current: Session) -> Outcome:
    """Build the manifest's program if `target` is one of its entry points, else the script.  Raises UserError or BuildFailure."""
    from pybuild import pipeline, planning
    from pybuild.hints.recording import check_interpreter

    progress = TerminalProgress(sys.stderr, current.folder, quiet=not current.output.verbose)
    if not (has_manifest and _is_entry_point(request, target, cache)):
        if request.manifest is not None or not (request.folder / target).is_file():
            raise UserError.of(
                f"there is neither an entry point nor a script {target!r}",
                hint="a native run is of an entry point of the manifest, or, without --manifest, of a script",
                code="record-target",
            )
        request = replace(request, scripts=(target,), profile=None)
    with cache.in_use():
        check_interpreter(planning.find_interpreter(planning.load(request), request, cache))
    outcome = pipeline.run(request, cache, progress)
    current.show(tuple(progress.warnings))
    return outcome


def _is_entry_point(request: BuildRequest, target: str, cache: Cache) -> bool:
    """Whether the manifest has `target`.  Raises UserError for what is wrong with it."""
    from pybuild import planning

    loaded = planning.load(request)
    merged = planning.merge(loaded, planning.find_interpreter(loaded, request, cache), request)
    return any(target == entry.name or target in entry.aliases for entry in merged.model.entry_point)


def _program(outcome: Outcome, target: str) -> str:
    """What starts `target`: the link of its name, else the executable (of the one script)."""
    entry = next((one for one in outcome.plan.entry_points if target == one.name or target in one.aliases), None)
    links = {link.name: str(link) for link in outcome.result.links}
    return links.get(entry.name if entry is not None and target == entry.name else target, str(outcome.result.executable))

"""`pybuild doctor`: what a build needs of this machine: found, in which version, or what to install.

The interpreter and the compiler that are looked at are those that `build` with the same options would take.  A manifest that
is not there or not right is no obstacle: then pybuild's defaults are looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from pybuild import __version__
from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.session import Session, session
from pybuild.errors import PybuildError, UserError
from pybuild.progress import Silent
from pybuild.request import BuildRequest

if TYPE_CHECKING:
    from pybuild.interpreter.model import Interpreter
    from pybuild.link.doctor import Finding
    from pybuild.resolve.model import Plan

_MARKS = {"ok": "ok", "missing": "MISSING", "warning": "-"}


def doctor(
    context: typer.Context,
    manifest: o.Manifest = None,
    profile: o.Profile = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Look at compiler, headers, libpython, linker and launchers, and say what is missing."""
    with session(o.Output(format=output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, profile=profile)
        from pybuild.link.doctor import Finding, diagnose

        cache = Cache.default()
        interpreter, plan, unplanned = _what_a_build_takes(request, cache)
        version = ".".join(map(str, interpreter.version))
        findings = [
            Finding("pybuild", "ok", cache.root, __version__, "the folder is that of the cache"),
            Finding("Python to build for", "ok", interpreter.executable, version, f"chosen by {interpreter.chosen_by}"),
            *diagnose(interpreter, plan, cache),
        ]
        if unplanned is not None:
            current.show(unplanned.diagnostics)
        _print(findings, current)
        if unplanned is not None or any(finding.status == "missing" for finding in findings):
            raise typer.Exit(1)


def _what_a_build_takes(request: BuildRequest, cache: Cache) -> tuple[Interpreter, Plan | None, PybuildError | None]:
    """The interpreter, the plan if one can be made, and the error of a manifest that is there but wrong."""
    from pybuild import planning

    try:
        plan = planning.make_plan(request, cache, Silent())
    except UserError as error:
        by_hand = planning.without_manifest(request)
        absent = request.manifest is None and error.diagnostics[0].code == "manifest-none"
        return planning.find_interpreter(by_hand, request, cache), None, None if absent else error
    return plan.interpreter, plan, None


def _print(findings: list[Finding], current: Session) -> None:
    if current.output.json:
        fields = ("name", "status", "path", "version", "note")
        current.data([{field: getattr(finding, field) or None for field in fields} for finding in findings])
        return
    names = max(len(finding.name) for finding in findings)
    marks = max(map(len, _MARKS.values()))
    for finding in findings:
        facts = ", ".join(filter(None, (finding.version, str(finding.path or ""), finding.note)))
        current.say(f"{_MARKS[finding.status]:<{marks}}  {finding.name:<{names}}  {facts}")

"""`pybuild record`: run a program under the recorder, or merge records.

The recorded program replaces pybuild in its process (with `--verbose`, it is a child whose end is told), so its arguments, its input,
its signals and its exit status are its own.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.progress import TerminalProgress
from pybuild.cli.session import Session, session
from pybuild.errors import UserError

if TYPE_CHECKING:
    from pybuild.hints.recording import Run
    from pybuild.request import BuildRequest

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TARGET [ARGUMENT]...",
        help="An entry point, a script, or `-m MODULE`; what follows is the program's. With --merge: records.",
        show_default=False,
    ),
]
Module = Annotated[str | None, typer.Option("-m", metavar="MODULE", help="Record a module, as `python -m` runs it.", show_default=False)]
Result = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The record to write.", show_default=False)]
Native = Annotated[bool, typer.Option("--native", help="Run the native program, and record where its guesses are wrong.")]
Merge = Annotated[bool, typer.Option("--merge", help="Merge the given records into --output.")]


def record(
    context: typer.Context,
    words: Words = None,
    output: Result = None,
    module: Module = None,
    merge: Merge = False,
    native: Native = False,
    hints: o.HintFiles = None,
    manifest: o.Manifest = None,
    profile: o.Profile = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    verbose: o.Verbose = False,
    quiet: o.Quiet = False,
) -> None:
    """Run a program in its interpreter and write down what it did: calls, types, loops.

    With --native, run it as native code and write down where the compiler's guesses were wrong.
    """
    with session(o.Output(verbose, quiet)) as current:
        if output is None:
            raise UserError.of("--output is missing", hint="for example: pybuild record --output hints.json SCRIPT", code="record-output")
        output = output.absolute()
        if merge:
            _merge(words or [], output, current)
            return
        targets = words or []
        if module is None and not targets:
            raise UserError.of(
                "there is nothing to record", hint="name an entry point, a script, or `-m MODULE`, after the options", code="record-target"
            )
        request = o.make_request(context.obj.arguments, manifest=manifest, profile=profile)
        if native:
            _record_native(request, module, targets, context.obj.program_arguments, output, current)
        if hints:
            raise UserError.of(
                "--hints is for the native program",
                hint="add --native, or leave it out: the interpreter needs no record",
                code="record-hints",
            )
        prepared = _prepare(request, module, targets, context.obj.program_arguments, output, current)
        if verbose:
            _run_and_tell(prepared, output, current)
        sys.stdout.flush()
        sys.stderr.flush()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.execve(prepared.command[0], prepared.command, prepared.environment)


def _prepare(
    request: BuildRequest, module: str | None, targets: list[str], arguments: tuple[str, ...], output: Path, current: Session
) -> Run:
    from dataclasses import replace

    from pybuild import planning
    from pybuild.hints.recording import Target, check_interpreter, choose_target, prepare_run

    cache = Cache.default()
    progress = TerminalProgress(sys.stderr, current.folder, quiet=True)
    if not _has_manifest(request):
        request = replace(request, scripts=("__main__",))  # a plan has an entry point; which, does not matter here
    plan = planning.make_plan(request, cache, progress)
    check_interpreter(plan.interpreter)
    current.show(tuple(progress.warnings))
    target = Target("module", module, f"-m {module}") if module is not None else choose_target(plan, targets[0], request.folder)
    folders = [*plan.source_roots, *plan.script_dirs] if plan.manifest_path is not None or module is not None else []
    if target.kind == "script":
        folders.append(Path(os.path.realpath(request.folder / target.run)).parent)
    return prepare_run(target, arguments, output, plan.interpreter, plan.compiler.cc, folders, plan.python_flags, cache)


def _record_native(
    request: BuildRequest, module: str | None, targets: list[str], arguments: tuple[str, ...], output: Path, current: Session
) -> NoReturn:
    from pybuild.cli.native_record import record_native

    if module is not None:
        raise UserError.of(
            f"a native run is of an entry point or a script, not of `-m {module}`",
            hint=f"write an [[entry-point]] with `run = {module!r}` into the manifest, and name that",
            code="record-target",
        )
    record_native(request, _has_manifest(request), targets[0], arguments, output, current)


def _has_manifest(request: BuildRequest) -> bool:
    """Whether there is one: a script or module is recorded without as well.  Raises UserError for two, or one that is not TOML."""
    from pybuild.manifest import find_manifest

    if request.manifest is not None or request.profile is not None:
        return True
    try:
        find_manifest(request.folder)
    except UserError as error:
        if error.diagnostics[0].code == "manifest-none":
            return False
        raise
    return True


def _merge(words: list[str], output: Path, current: Session) -> None:
    from pybuild.hints import merge_files
    from pybuild.hints.recording import check_output
    from pybuild.hints.summary import summary

    if not words:
        raise UserError.of("there is nothing to merge", hint="pybuild record --merge A.json B.json --output C.json", code="record-merge")
    check_output(output)
    document = merge_files([current.folder / word for word in words], output)
    current.say(f"merged {len(words)} record{'s' if len(words) != 1 else ''} into {output.name}")
    if current.output.verbose:
        for line in summary(document):
            current.say(line)


def _run_and_tell(run: Run, output: Path, current: Session) -> NoReturn:
    """Run as a child, tell what was recorded, and end as it did."""
    from pybuild.cli.children import end_as, run_child
    from pybuild.hints.reading import read_documents
    from pybuild.hints.summary import summary

    before = output.stat().st_mtime_ns if output.exists() else 0
    status = run_child(run.command, run.environment)
    if output.exists() and output.stat().st_mtime_ns != before:
        for line in summary(read_documents([output])[0]):
            print(line, file=sys.stderr)
    else:
        print("nothing was recorded: the program did not start, or did not come to its end", file=sys.stderr, flush=True)
    end_as(status)

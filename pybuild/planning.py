"""From the request to the plan: manifest, interpreter, merging, resolving.

Goes in: a `BuildRequest`.  Comes out: a `Plan`, or on the way what the commands want that stop earlier (`show`, `check`,
`doctor`).  It is apart from the pipeline because the manifest and the interpreter need each other: the manifest chooses the
interpreter, whose markers then decide which of its sections apply.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from pybuild.cache import Cache
from pybuild.errors import Diagnostic, UserError
from pybuild.interpreter import choose_interpreter, describe
from pybuild.interpreter.model import Interpreter
from pybuild.manifest import (
    LoadedManifest,
    MergedManifest,
    find_manifest,
    host_markers,
    load_manifest,
    looked_at,
    manifest_for_scripts,
)
from pybuild.progress import Progress
from pybuild.request import BuildRequest
from pybuild.resolve import resolve
from pybuild.resolve.model import Plan


def load(request: BuildRequest) -> LoadedManifest:
    """The manifest that `request` means, read and checked in all its sections.  Raises UserError with everything that is wrong."""
    if request.scripts:
        return manifest_for_scripts(request.scripts, request.folder)
    if request.manifest is not None:
        return load_manifest(request.folder / request.manifest)
    path = find_manifest(request.folder)
    loaded = load_manifest(path)
    return replace(loaded, inputs=tuple(dict.fromkeys([*loaded.inputs, *looked_at(request.folder, path)])))


def without_manifest(request: BuildRequest) -> LoadedManifest:
    """A manifest that says nothing, for what can be asked without one."""
    return manifest_for_scripts((), request.folder)


def find_interpreter(loaded: LoadedManifest, request: BuildRequest, cache: Cache) -> Interpreter:
    """The Python that is built for, described.  Raises UserError when there is none that works, at the line that asks for it."""
    setting = loaded.python_setting(host_markers(), request.profile, request.settings)
    by_option = setting is not None and setting.origin.section == "--python"
    asked = setting.value if setting and by_option else None
    written = setting.value if setting and not by_option else None
    try:
        executable, chosen_by = choose_interpreter(asked, written, loaded.project_dir, os.environ)
        return describe(executable, chosen_by, cache)
    except UserError as error:
        place = setting.origin.place if setting else None
        raise UserError(tuple(replace(d, place=d.place or place) for d in error.diagnostics)) from error


def merge(loaded: LoadedManifest, interpreter: Interpreter, request: BuildRequest) -> MergedManifest:
    """The manifest of this build: base, what applies to the target, the profile, the command line.  Raises UserError."""
    return loaded.merge(interpreter.markers, request.profile, request.settings)


def make_plan(request: BuildRequest, cache: Cache, progress: Progress) -> Plan:
    """From the request to the plan.  Raises UserError, with what is wrong in all of the manifest, in its order."""
    try:
        with progress.stage("manifest"):
            loaded = load(request)
            interpreter = find_interpreter(loaded, request, cache)
            merged = merge(loaded, interpreter, request)
    except UserError as error:
        raise _in_order((*error.diagnostics, *_wrong_besides(request, cache))) from error
    for diagnostic in merged.warnings:
        progress.warn(diagnostic)
    try:
        with progress.stage("resolve"):
            plan = resolve(merged, interpreter)
    except UserError as error:
        raise _in_order(error.diagnostics) from error
    progress.detail(f"building for Python {'.'.join(map(str, interpreter.version))}, {interpreter.executable} ({interpreter.chosen_by})")
    return plan


def _wrong_besides(request: BuildRequest, cache: Cache) -> tuple[Diagnostic, ...]:
    """What else is wrong with a request whose manifest or Python is: the files that the rest of it names are looked for all the same."""
    from pybuild.manifest import merge_rest

    rest = _rest(request)
    if rest is None:
        return ()
    found: tuple[Diagnostic, ...] = ()
    python_known = True
    try:
        interpreter = find_interpreter(rest, request, cache)
    except UserError as error:
        python_known, found = False, error.diagnostics
        try:
            interpreter = replace(describe(Path(sys.executable), "pybuild's own", cache), sys_path=())
        except UserError:
            return found
    try:
        resolve(merge_rest(rest, interpreter.markers, request.profile, request.settings, python_known=python_known), interpreter)
    except UserError as error:
        found += tuple(d for d in error.diagnostics if d.place is not None and d.place.line)  # the others may come of what was left out
    return found


def _rest(request: BuildRequest) -> LoadedManifest | None:
    """The manifest without what is wrong in it."""
    from pybuild.manifest import load_rest

    try:
        if request.scripts:
            return manifest_for_scripts(request.scripts, request.folder)
        return load_rest(request.folder / request.manifest if request.manifest is not None else find_manifest(request.folder))
    except UserError:
        return None


def _in_order(diagnostics: tuple[Diagnostic, ...]) -> UserError:
    """Each once, in the order of the file; what has no place in one, first."""

    def position(diagnostic: Diagnostic) -> tuple[int, int]:
        return (diagnostic.place.line, diagnostic.place.column) if diagnostic.place else (0, 0)

    unique = list(dict.fromkeys(diagnostics))
    files = list(dict.fromkeys(diagnostic.place.path if diagnostic.place else None for diagnostic in unique))
    return UserError(
        tuple(sorted(unique, key=lambda d: (d.place is not None, files.index(d.place.path if d.place else None), *position(d))))
    )

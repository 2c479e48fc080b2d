"""From the request to the plan: manifest, interpreter, merging, resolving.

Goes in: a `BuildRequest`.  Comes out: a `Plan`, or on the way what the commands want that stop earlier (`show`, `check`,
`doctor`).  It is apart from the pipeline because the manifest and the interpreter need each other: the manifest chooses the
interpreter, whose markers then decide which of its sections apply.
"""

from __future__ import annotations

import os
from dataclasses import replace

from pybuild.cache import Cache
from pybuild.interpreter import choose_interpreter, describe
from pybuild.interpreter.model import Interpreter
from pybuild.manifest import LoadedManifest, MergedManifest, find_manifest, host_markers, load_manifest, looked_at, manifest_for_scripts
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
    """The Python that is built for, described.  Raises UserError when there is none that works."""
    setting = loaded.python_setting(host_markers(), request.profile, request.settings)
    by_option = setting is not None and setting.origin.section == "--python"
    asked = setting.value if setting and by_option else None
    written = setting.value if setting and not by_option else None
    executable, chosen_by = choose_interpreter(asked, written, loaded.project_dir, os.environ)
    return describe(executable, chosen_by, cache)


def merge(loaded: LoadedManifest, interpreter: Interpreter, request: BuildRequest) -> MergedManifest:
    """The manifest of this build: base, what applies to the target, the profile, the command line.  Raises UserError."""
    return loaded.merge(interpreter.markers, request.profile, request.settings)


def make_plan(request: BuildRequest, cache: Cache, progress: Progress) -> Plan:
    """From the request to the plan.  Raises UserError."""
    with progress.stage("manifest"):
        loaded = load(request)
        interpreter = find_interpreter(loaded, request, cache)
        merged = merge(loaded, interpreter, request)
    for diagnostic in merged.warnings:
        progress.warn(diagnostic)
    with progress.stage("resolve"):
        plan = resolve(merged, interpreter)
    progress.detail(f"building for Python {'.'.join(map(str, interpreter.version))}, {interpreter.executable} ({interpreter.chosen_by})")
    return plan

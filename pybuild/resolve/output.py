"""Where the result will lie, checked against everything else that lies there.

Goes in: a plan.  Comes out: what would go wrong at the end of a build, said before it begins: a result that would overwrite its own
sources, programs and data files of one name, an output folder that is none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pybuild.errors import Diagnostic, Place
from pybuild.resolve.model import Mode, Plan


def check_output(plan: Plan, place: Place | None) -> list[Diagnostic]:
    """What is wrong with the places of the result; `place` is that of `output-dir`."""
    return [*_folder(plan, place), *_sources(plan, place), *_names(plan)]


def program_names(plan: Plan) -> dict[str, str]:
    """Every name that a program or a link of the result has, and where it was asked for."""
    return {name: entry.place for entry in plan.entry_points for name in (entry.name, *entry.aliases)}


def _folder(plan: Plan, place: Place | None) -> Iterator[Diagnostic]:
    for folder in (plan.program_dir, *plan.program_dir.parents):
        if folder.is_dir():
            return
        if os.path.lexists(folder):
            message = f"the output folder cannot be made: {str(folder)!r} is a file"
            yield Diagnostic(
                message, place, "choose another with --output-dir or [build] output-dir, or remove the file", code="resolve-output"
            )
            return


def _sources(plan: Plan, place: Place | None) -> Iterator[Diagnostic]:
    """Sources that the result would replace."""
    hint = "choose another 'output-dir'"
    if plan.mode is Mode.STANDALONE:
        replaced = _real(plan.program_dir)
        for source in (plan.project_dir, *plan.source_roots, *plan.script_dirs):
            if _real(source).is_relative_to(replaced):
                message = f"the result would replace the folder {str(plan.program_dir)!r}, in which the sources lie"
                yield Diagnostic(message, place, hint, code="resolve-output")
                return
        return
    scripts = {_real(entry.script) for entry in plan.entry_points if entry.script is not None}
    for name in program_names(plan):
        path = plan.output_dir / name
        if path.is_dir() and not path.is_symlink():
            yield Diagnostic(f"the program {str(path)!r} cannot be written: it is a folder", place, hint, code="resolve-output")
        elif _real(path) in scripts:
            yield Diagnostic(f"the program {str(path)!r} would replace its own source", place, hint, code="resolve-output")


def _names(plan: Plan) -> Iterator[Diagnostic]:
    """Data files and libraries at the place of a program, or of each other."""
    names = program_names(plan)
    for file in (*plan.data, *plan.libraries):
        if str(file.target) in names:
            message = f"{file.source} ({file.reason}) would lie where the program {str(file.target)!r} ({names[str(file.target)]}) will be"
            yield Diagnostic(message, None, "give the file another 'to', or the program another name", code="resolve-data")
            return
    data = {file.target: file for file in plan.data}
    for library in plan.libraries:
        other = data.get(library.target)
        if other is not None and _real(other.source) != _real(library.source):
            message = f"two files would be placed at {str(library.target)!r}: {other.reason} and {library.reason}"
            yield Diagnostic(message, None, "give the data file another 'to'", code="resolve-data")
            return


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))

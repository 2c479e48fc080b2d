"""`[hints] files`: the records that the build goes by, read and merged.

Goes in: the files' names and their places in the manifest.  Comes out: `Hints`, and what is wrong with a file: that it is
missing, damaged, or of another Python.  They are read here, so that `check` tells, too.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.hints.model import Hints
from pybuild.interpreter.model import Interpreter


@dataclass(frozen=True)
class HintFiles:
    """The outcome; `inputs` are the files."""

    hints: Hints
    inputs: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def collect_hints(files: Sequence[tuple[str, Place | None]], project: Path, interpreter: Interpreter) -> HintFiles:
    """The records of `files`: paths relative to `project`, each with its place.  Nothing is raised."""
    paths: list[Path] = []
    problems: list[Diagnostic] = []
    for text, place in files:
        path = Path(os.path.normpath(project / text))
        if path.is_file():
            paths.append(path)
        else:
            what = "is a folder, not a file" if path.is_dir() else "does not exist"
            problems.append(Diagnostic(f"the record {text!r} {what}", place, _next_step(text, path), code="resolve-hints"))
    if problems or not paths:
        return HintFiles(Hints(), tuple(paths), tuple(problems))
    from pybuild.hints.reading import load_hints

    unique = tuple(dict.fromkeys(paths))
    try:
        hints = load_hints(unique, ".".join(map(str, interpreter.version)), interpreter.magic)
    except UserError as error:
        return HintFiles(Hints(), unique, tuple(replace(d, code="resolve-hints") for d in error.diagnostics))
    return HintFiles(hints, unique, ())


def _next_step(text: str, path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        names = []
    near = difflib.get_close_matches(path.name, names, n=1)
    if near:
        return f"did you mean {text.rpartition('/')[0] + '/' + near[0] if '/' in text else near[0]!r}?"
    return f"write it with `pybuild record --output {text} TARGET`"

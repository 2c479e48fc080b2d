"""Reading and merging record files.

Goes in: the files of `[hints] files` or `--hints`.  Comes out: `Hints`, or their merged JSON; a file that is none, is of another format, or
was recorded with another Python is refused.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pybuild.errors import Diagnostic, Place, PybuildError, UserError
from pybuild.hints.model import Hints
from pybuild.worker.recorder_document import FORMAT, Document, merge, render

_AGAIN = "record it again with `pybuild record`"


def load_hints(files: Sequence[Path], python: str = "", magic: str = "") -> Hints:
    """The records of `files`, merged; with `magic`, those of a Python with another magic number are refused, `python` being its version.

    Raises UserError with everything that is wrong with any of the files.
    """
    documents = read_documents(files)
    problems = [
        _other_python(file, document, python) for file, document in zip(files, documents, strict=True) if magic != document["magic"]
    ]
    if magic and problems:
        raise UserError(tuple(problems))
    return Hints(merge_documents(files, documents)) if documents else Hints()


def merge_files(files: Sequence[Path], output: Path) -> Document:
    """Merge `files` into `output`.  Raises UserError, and OSError when it cannot be written."""
    from pybuild.cache import write_atomically

    document = merge_documents(files, read_documents(files))
    write_atomically(output, render(document).encode("utf-8", "backslashreplace"))
    return document


def read_documents(files: Sequence[Path]) -> list[Document]:
    """The JSON of each file.  Raises UserError."""
    documents: list[Document] = []
    problems: list[Diagnostic] = []
    for file in files:
        try:
            documents.append(_read(file))
        except PybuildError as error:
            problems += error.diagnostics
    if problems:
        raise UserError(tuple(problems))
    return documents


def merge_documents(files: Sequence[Path], documents: Sequence[Document]) -> Document:
    """One of all.  Raises UserError when they are of different Pythons."""
    first = documents[0]
    others = [
        _problem(
            files[index],
            f"it was recorded with Python {document['python']}, {files[0]} with {first['python']}",
            "records of different Pythons cannot be merged",
            "python",
        )
        for index, document in enumerate(documents)
        if document["magic"] != first["magic"]
    ]
    if others:
        raise UserError(tuple(others))
    return merge(list(documents))


def _read(file: Path) -> Document:
    try:
        document = json.loads(file.read_bytes())
    except OSError as error:
        raise UserError.of(f"{file}: {error.strerror}", hint="`pybuild record --output FILE TARGET` writes one", code="hints") from error
    except json.JSONDecodeError as error:
        place = Place(file, error.lineno, error.colno, _line(file, error.lineno))
        raise UserError((Diagnostic(f"this is not a record: {error.msg}", place, _AGAIN, code="hints"),)) from error
    except ValueError as error:
        raise UserError((Diagnostic(f"this is not a record: {error}", Place(file), _AGAIN, code="hints"),)) from error
    if not isinstance(document, dict) or "format" not in document:
        raise UserError((_problem(file, "this is not a record: it has no `format`", _AGAIN),))
    if document["format"] != FORMAT:
        message = f"the record's format is {document['format']!r}, this version of pybuild reads {FORMAT}"
        raise UserError((_problem(file, message, _AGAIN, "format"),))
    _check(file, document)
    return document


_SHAPE: dict[str, type] = {"python": str, "magic": str, "runs": list, "modules": dict, "functions": list}
_FUNCTION: dict[str, type] = {
    **dict.fromkeys(("module", "qualname", "hash"), str),
    **dict.fromkeys(("line", "calls", "resumptions", "watched", "ticks"), int),
    "first-party": bool,
}


_NATIVE = ("calls", "iterations", "interpreted")


def _check(file: Path, document: Document) -> None:
    """Whether it has the parts that are read without further thought.  Raises UserError."""
    wrong = [key for key, kind in _SHAPE.items() if not isinstance(document.get(key), kind)]
    if not wrong and not all(_is_function(entry) for entry in document["functions"]):
        wrong = ["functions"]
    if wrong:
        raise UserError((_problem(file, f"the record is damaged: `{wrong[0]}` is not what it has to be", _AGAIN, wrong[0]),))


def _is_function(entry: Any) -> bool:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), kind) for key, kind in _FUNCTION.items()):
        return False
    counts = [entry.get("returns", {}), entry.get("yields", {}), entry.get("left", {})]
    try:
        if "native" in entry:
            counts.append({key: entry["native"][key] for key in _NATIVE})
            if set(entry["native"]) != set(_NATIVE) or not all(offset.isdigit() for offset in entry.get("left", {})):
                return False
        counts += entry.get("arguments", {}).values()
        for offset, loop in entry.get("loops", {}).items():
            counts.append({offset: int(offset), **{key: loop[key] for key in ("entries", "iterations")}})
        for offset, site in entry.get("sites", {}).items():
            numbers = {offset: int(offset), "count": site["count"], "taken": site.get("taken", 0)}
            tables = [site.get(key, {}) for key in ("result", "callees", "specialised")]
            counts += [numbers, *tables, *site.get("operands", ())]
            if not isinstance(site["opcode"], str):
                return False
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return all(isinstance(table, dict) and all(type(count) is int for count in table.values()) for table in counts)


def _other_python(file: Path, document: Document, python: str) -> Diagnostic:
    return _problem(
        file,
        f"it was recorded with Python {document['python']}, the program is built for {python}",
        "record with the Python that is built for: bytecode differs between versions",
        "python",
    )


def _problem(file: Path, message: str, hint: str, key: str = "") -> Diagnostic:
    """A diagnostic at the line of `key` at the top of the file."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    number = next((n for n, line in enumerate(lines, 1) if key and line.lstrip().startswith(f'"{key}"')), 0)
    text = lines[number - 1] if number else ""
    column = text.find('"') + 1
    return Diagnostic(message, Place(file, number, column, text, len(key) + 2 if number else 1), hint, code="hints")


def _line(file: Path, number: int) -> str:
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    return lines[number - 1][:200] if 0 < number <= len(lines) else ""

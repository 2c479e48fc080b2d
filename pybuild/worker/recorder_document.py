"""A record as plain data: merging records, and their text.

Goes in: the JSON values of records.  Comes out: one of them, or its text, in which a function is a few lines and an instruction is one.
Standard library only: the recorder uses it in the target interpreter, `pybuild.hints` in pybuild's own.
"""

from __future__ import annotations

import json
from typing import Any

FORMAT = 1

Document = dict[str, Any]


def merge(documents: list[Document]) -> Document:
    """One record of several runs: counts are added, sets joined.  The records must be of one format and one Python."""
    first = documents[0]
    modules: dict[str, set[str]] = {}
    functions: dict[tuple[Any, ...], Document] = {}
    for document in documents:
        for name, importers in document["modules"].items():
            modules.setdefault(name, set()).update(importers)
        for function in document["functions"]:
            key = (function["module"], function["qualname"], function["line"], function["hash"])
            functions[key] = add(functions[key], function) if key in functions else function
    return {
        **{key: first[key] for key in ("format", "python", "magic")},
        "runs": [run for document in documents for run in document["runs"]],
        "modules": {name: sorted(modules[name]) for name in sorted(modules)},
        "functions": [functions[key] for key in sorted(functions)],
    }


_NEVER_ADDED = frozenset(("line",))


def add(one: Any, other: Any) -> Any:
    """The sum of two values of the same shape: numbers are added, tables merged by key, lists place by place, words are the first's."""
    if isinstance(one, dict):
        merged = {key: value if key in _NEVER_ADDED or key not in other else add(value, other[key]) for key, value in one.items()}
        return {**merged, **{key: value for key, value in other.items() if key not in one}}
    if isinstance(one, list):
        longer = one if len(one) > len(other) else other
        return [add(a, b) for a, b in zip(one, other)] + longer[min(len(one), len(other)) :]  # noqa: B905 - the rest follows
    if isinstance(one, bool):
        return one or other
    if isinstance(one, int):
        return one + other
    return one


def render(document: Document) -> str:
    """The record's text: valid JSON, in an order that does not depend on the run."""
    lines = ["{"]
    for key in ("format", "python", "magic"):
        lines.append(f'  "{key}": {_compact(document[key])},')
    lines += ['  "runs": [', *_separated(f"    {_compact(run)}" for run in document["runs"]), "  ],"]
    modules = document["modules"].items()
    lines += ['  "modules": {', *_separated(f"    {_compact(name)}: {_compact(importers)}" for name, importers in modules), "  },"]
    lines += ['  "functions": [', *_separated(_function(function) for function in document["functions"]), "  ]", "}"]
    return "\n".join(lines) + "\n"


_TABLES = ("loops", "sites")  # one line an entry


def _function(function: Document) -> str:
    head = ", ".join(f'"{key}": {_compact(value)}' for key, value in function.items() if not isinstance(value, (dict, list)))
    parts = []
    for key, value in function.items():
        if key in _TABLES:
            entries = sorted(value.items(), key=lambda entry: int(entry[0]))
            rows = _separated(f'        "{offset}": {_compact(entry)}' for offset, entry in entries)
            parts.append("\n".join([f'      "{key}": {{', *rows, "      }"]))
        elif isinstance(value, (dict, list)):
            parts.append(f'      "{key}": {_compact(value)}')
    return ",\n".join([f"    {{ {head}", *parts]) + "\n    }"


def _separated(entries: Any) -> list[str]:
    """The entries with a comma behind each but the last."""
    lines = list(entries)
    return [f"{line}," for line in lines[:-1]] + lines[-1:]


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

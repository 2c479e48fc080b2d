"""The reference page of the manifest, for the documentation.

Goes in: the models.  Comes out: Markdown with a section for every table: each key with what it takes, its default and its
description, and at the end what is known but not available yet.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pybuild.manifest.fields import Expected, NotYet, Table
from pybuild.manifest.models import Manifest, Profile
from pybuild.manifest.origin import quote
from pybuild.manifest.structure import alternatives, available_words, fields_of, item_type, mark, tables_in, value_type

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_HEAD = """# Manifest reference

<!-- Generated from pybuild/manifest/models.py by `python -m pybuild.manifest`; a test keeps it equal. -->

Every table and key of `pybuild.toml`, which are also those of `[tool.pybuild]` in `pyproject.toml`. What the tables are for, how
sections merge and how conditions work is told in [The manifest](../manifest.md).
"""


def reference_markdown() -> str:
    """The page, ending in a newline."""
    blocks = [_HEAD]
    for header, table in _tables(Manifest, ""):
        blocks.append("\n".join([f"## `{header}`", "", inspect.cleandoc(table.__doc__ or ""), "", *_rows(table)]) + "\n")
    sections = [f"- `{key}`: {field.description}" for key, field in fields_of(Profile).items() if key not in fields_of(Manifest)]
    blocks.append("\n".join(["## `[profile.NAME]`", "", "Any table above, and:", "", *sections]) + "\n")
    blocks.append(
        "## `[target.CONDITION]`\n\nAny table above, for one system (`windows`, `linux`, `macos`, `freebsd`) or PEP 508 marker.\n"
    )
    later = [f"| {name} | {_cell(description)} |" for name, description in _later(Manifest, "")]
    intro = "Known, and refused with an error until a later version brings them."
    blocks.append("\n".join(["## Not available in this version", "", intro, "", "| key | description |", "| --- | --- |", *later]) + "\n")
    return "\n".join(blocks)


def _available(table: type[Table]) -> Iterator[tuple[str, FieldInfo]]:
    for key, field in fields_of(table).items():
        later = mark(field, NotYet)
        if later is None or not later.whole:
            yield key, field


def _item_tables(field: FieldInfo) -> tuple[type[Table], ...]:
    item = item_type(field.annotation)
    return tables_in(item) if item is not None else ()


def _tables(table: type[Table], prefix: str) -> Iterator[tuple[str, type[Table]]]:
    """The tables inside `table`, each followed by the arrays of tables inside it."""
    for key, field in _available(table):
        name = f"{prefix}{key}"
        for inner in _item_tables(field):
            yield f"[[{name}]]", inner
        if not prefix:
            for inner in tables_in(field.annotation):
                yield f"[{name}]", inner
                yield from _tables(inner, f"{name}.")


def _rows(table: type[Table]) -> list[str]:
    rows = ["| key | takes | default | description |", "| --- | --- | --- | --- |"]
    for key, field in _available(table):
        if not _item_tables(field):
            rows.append(f"| `{key}` | {_cell(_takes(field))} | {_default(field)} | {_cell(field.description or '')} |")
    return rows


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _takes(field: FieldInfo) -> str:
    expected = mark(field, Expected)
    if expected is not None:
        return expected.text
    words = [f"`{quote(word)}`" for word in available_words(field)]
    if item_type(field.annotation) is not None:
        return f"array of {', '.join(words)}" if words else "array of strings"
    if words:
        return ", ".join(words)
    return {str: "string", bool: "`true`, `false`", int: "whole number"}[
        next(t for t in alternatives(field.annotation) if t is not type(None))
    ]


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if field.is_required():
        return "required"
    if value is None or (value == () and "Default:" in (field.description or "")):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return "`[]`" if value == () else f"`{quote(value)}`"


def _later(table: type[Table], prefix: str) -> Iterator[tuple[str, str]]:
    """What carries the mark, with everything inside it: (a cell that names it, its description)."""
    for key, field in fields_of(table).items():
        later = mark(field, NotYet)
        name = f"{prefix}{key}"
        if later is not None and later.whole:
            yield from _whole(name, field)
        elif later is not None and later.values:
            yield f"`{name}` = {', '.join(f'`{quote(word)}`' for word in later.values)}", later.note
        elif later is not None:
            yield f"`{name}` with anything in it", later.note
        elif value_type(field.annotation) is None:
            for inner in tables_in(field.annotation):
                yield from _later(inner, f"{name}.")


def _whole(name: str, field: FieldInfo) -> Iterator[tuple[str, str]]:
    yield f"`{name}`", field.description or ""
    for inner in tables_in(field.annotation):
        for key, inside in fields_of(inner).items():
            yield from _whole(f"{name}.{key}", inside)

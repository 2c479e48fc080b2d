"""The merged manifest as a person or a tool reads it: TOML again, defaults included.

Goes in: a `MergedManifest`.  Comes out: text that is itself a manifest and means the same; with origins as comments if asked.
What is not available in this version, and what has no value, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pybuild.manifest.fields import NotYet, Table, key_of
from pybuild.manifest.origin import header, quote, quote_key
from pybuild.manifest.structure import fields_of, mark

if TYPE_CHECKING:
    from pybuild.manifest.merged import MergedManifest
    from pybuild.manifest.positions import KeyPath


def as_toml(merged: MergedManifest, *, origin: bool) -> str:
    """The text; every value on a line of its own, so that each has its origin."""
    blocks = ["\n".join(block) for block in _tables(merged, merged.model, (), origin)]
    return "\n\n".join(blocks) + "\n"


def _tables(merged: MergedManifest, table: Table, path: KeyPath, origin: bool) -> Iterator[list[str]]:
    """The table at `path` as a block of lines, then the tables in it."""
    own: list[tuple[str, Any]] = []
    inner: list[tuple[KeyPath, Table]] = []
    for key, value in _entries(table):
        if isinstance(value, Table) and not path:
            inner.append(((*path, key), value))
        elif isinstance(value, tuple) and value and all(isinstance(item, Table) for item in value):
            inner += [((*path, key, index), item) for index, item in enumerate(value)]
        elif not (isinstance(value, tuple) and not value and _holds_tables(table, key)):
            own.append((key, value))
    if own:
        lines = [f"{quote_key(key)} = {_value(value)}" for key, value in own]
        notes = [_origin(merged, (*path, key), value) for key, value in own] if origin else []
        yield [header(path), *(_annotated(lines, notes) if origin else lines)]
    for where, value in inner:
        yield from _tables(merged, value, where, origin)


def _entries(table: Table) -> Iterator[tuple[str, Any]]:
    for key, field in fields_of(type(table)).items():
        later = mark(field, NotYet)
        value = getattr(table, _attribute(type(table), key))
        if value is not None and not (later and later.whole):
            yield key, value


def _attribute(table: type[Table], key: str) -> str:
    return next(name for name in table.model_fields if key_of(name) == key)


def _holds_tables(table: Table, key: str) -> bool:
    from pybuild.manifest.structure import item_type, tables_in

    item = item_type(fields_of(type(table))[key].annotation)
    return item is not None and bool(tables_in(item))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, Table):
        return f"{{ {', '.join(f'{quote_key(key)} = {_value(inner)}' for key, inner in _entries(value))} }}"
    return str(value)


def _origin(merged: MergedManifest, path: KeyPath, value: Any) -> str:
    """The value's origin; for an array those of its items, where they differ."""
    items = value if isinstance(value, tuple) else ()
    origins = [str(merged.origin((*path, index))) for index in range(len(items))]
    return ", ".join(dict.fromkeys(origins or [str(merged.origin(path))]))


def _annotated(lines: list[str], notes: list[str]) -> list[str]:
    """`lines` with `notes` as comments in one column."""
    width = max(min(len(line), 60) for line in lines)
    return [f"{line:<{width}}  # {note}" for line, note in zip(lines, notes, strict=True)]

"""What the manifest knows but this version cannot do: refused wherever it is written, never passed over in silence.

Goes in: raw values and the table that describes them.  Comes out: a diagnostic for every use of a key or word that carries
`NotYet`.  Removing the mark from the field is all that makes it available.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pybuild.errors import Diagnostic, Place
from pybuild.manifest.fields import NotYet, Table
from pybuild.manifest.origin import Where, name_of, quote
from pybuild.manifest.structure import available_words, fields_of, is_replacement, item_type, mark, tables_in, value_type

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from pybuild.manifest.positions import KeyPath


def not_available(table: type[Table], values: Any, where: Where, path: KeyPath = ()) -> Iterator[Diagnostic]:
    """Every use in `values`, a `table` at `path`, of what is known but has no stage yet."""
    if not isinstance(values, Mapping):
        return
    for key, value in values.items():
        field = fields_of(table).get(key)
        if field is None:
            continue
        here = (*path, key)
        later = mark(field, NotYet)
        if later is not None and later.whole:
            name = where.header(here) if isinstance(value, Mapping) and tables_in(field.annotation) else f"`{key}`"
            yield _unavailable(name, where.place(here, True), "remove it; a later version will have it")
            continue
        if later is not None:
            yield from _unavailable_values(field, later, value, here, where)
        yield from _inside(field, value, here, where)


def _inside(field: FieldInfo, value: Any, path: KeyPath, where: Where) -> Iterator[Diagnostic]:
    inner, item = value_type(field.annotation), item_type(field.annotation)
    if is_replacement(value, field):
        value, path = value["replace"], (*path, "replace")
    if isinstance(value, Mapping):
        tables = (
            [(inner, (*path, k), v) for k, v in value.items()] if inner else [(t, path, value) for t in tables_in(field.annotation)[:1]]
        )
    elif isinstance(value, list) and item is not None:
        tables = [(t, (*path, i), v) for i, v in enumerate(value) for t in tables_in(item)]
    else:
        return
    for table, where_it_is, content in tables:
        yield from not_available(table, content, where, where_it_is)


def _unavailable_values(field: FieldInfo, later: NotYet, value: Any, path: KeyPath, where: Where) -> Iterator[Diagnostic]:
    key = name_of(path)
    if isinstance(value, str) and value in later.values:
        words = ", ".join(quote(word) for word in available_words(field))
        yield _unavailable(f"`{key} = {quote(value)}`", where.place(path, False), f"available: {words}")


def _unavailable(what: str, place: Place | None, hint: str) -> Diagnostic:
    return Diagnostic(f"{what} is not available in this version", place, hint, code="manifest-not-available")

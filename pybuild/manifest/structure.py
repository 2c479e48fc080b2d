"""Walking the models: which field a key names, and what kind of value it takes.

Goes in: a table class of `models.py` and keys as they are written.  Comes out: fields, the tables and items inside their
types, and the marks on them.  Merging, checking, showing and the documentation all walk here, so that none of them knows a
single field.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from pybuild.manifest.fields import NotYet, Table, key_of

M = TypeVar("M")


@cache
def fields_of(table: type[Table]) -> Mapping[str, FieldInfo]:
    """The fields of `table` by their keys in TOML."""
    return {key_of(name): field for name, field in table.model_fields.items()}


def mark(field: FieldInfo | None, kind: type[M]) -> M | None:
    """The mark of class `kind` on `field`, if there is one."""
    return next((m for m in field.metadata if isinstance(m, kind)), None) if field else None


def alternatives(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, without `Annotated` around them; a single type alone."""
    if get_origin(annotation) is Annotated:
        return alternatives(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        return tuple(member for arg in get_args(annotation) for member in alternatives(arg))
    return (annotation,)


def tables_in(annotation: Any) -> tuple[type[Table], ...]:
    """The tables that a value of this type may be."""
    return tuple(t for t in alternatives(annotation) if isinstance(t, type) and issubclass(t, Table))


def item_type(annotation: Any) -> Any | None:
    """The type of an array's items, None when no array is allowed."""
    return next((get_args(t)[0] for t in alternatives(annotation) if get_origin(t) is tuple), None)


def value_type(annotation: Any) -> type[Table] | None:
    """For a table with free keys (`[target.*]`): the table that each key holds."""
    return next((get_args(t)[1] for t in alternatives(annotation) if get_origin(t) is dict), None)


def literals(annotation: Any) -> tuple[str, ...]:
    """The words that a value of this type may be, in order."""
    return tuple(v for t in alternatives(annotation) if get_origin(t) is Literal for v in get_args(t) if isinstance(v, str))


def known_words(field: FieldInfo) -> tuple[str, ...]:
    """The words that `field`, or an item of it, may be in this version or a later one."""
    item = item_type(field.annotation)
    return literals(field.annotation) or (literals(item) if item is not None else ())


def available_words(field: FieldInfo) -> tuple[str, ...]:
    """The words that `field`, or an item of it, may be in this version."""
    later = mark(field, NotYet)
    return tuple(word for word in known_words(field) if later is None or word not in later.values)


def is_replacement(value: Any, field: FieldInfo | None) -> bool:
    """Whether `value` is `{ replace = [...] }` for a field that holds an array."""
    return (
        isinstance(value, Mapping)
        and set(value) == {"replace"}
        and isinstance(value["replace"], list)
        and field is not None
        and item_type(field.annotation) is not None
    )


def table_for(field: FieldInfo | None, value: Mapping[str, Any]) -> type[Table] | None:
    """The table class that describes `value`: where a field takes several, the one with the most of its keys."""
    tables = tables_in(field.annotation) if field else ()
    return max(tables, key=lambda table: len(set(fields_of(table)) & set(value)), default=None)

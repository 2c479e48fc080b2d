"""From what a validation finds to what a user reads: every error of a file, each with its place and the next step.

Goes in: raw values, the table that describes them, and where they stand.  Comes out: diagnostics.  pydantic says what does not
fit; this file says it in the manifest's words, adds what is known but not available yet, and finds the nearest known name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pybuild.errors import Diagnostic, Place
from pybuild.manifest.availability import not_available
from pybuild.manifest.fields import REFUSED, AlsoCalled, Expected, MergedBy, NotYet, Table
from pybuild.manifest.models import Manifest
from pybuild.manifest.origin import Where, header, name_of, quote
from pybuild.manifest.structure import (
    available_words,
    fields_of,
    is_replacement,
    item_type,
    known_words,
    mark,
    table_for,
    tables_in,
    value_type,
)

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from pybuild.manifest.positions import KeyPath


def check(table: type[Table], values: Mapping[str, Any], where: Where) -> list[Diagnostic]:
    """Everything that is wrong with `values` as a `table`, in the order of the file.

    `run` may be missing in an `[[entry-point]]`: another section may give it; the merged manifest is checked for that.
    """
    found = [*not_available(table, values, where), *_misfits(table, values, where)]
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda d: (d.place.line, d.place.column) if d.place else (0, 0))


# --- what pydantic finds


def unwrap(table: type[Table] | None, values: Any) -> Any:
    """`values` with every `{ replace = [...] }` of an array's field replaced by the array."""
    if table is None or not isinstance(values, Mapping):
        return values
    known = fields_of(table)
    return {key: _unwrap_field(known.get(key), value) for key, value in values.items()}


def _unwrap_field(field: FieldInfo | None, value: Any) -> Any:
    if field is None:
        return value
    if is_replacement(value, field):
        value = value["replace"]
    inner = value_type(field.annotation)
    if isinstance(value, Mapping):
        return {k: unwrap(inner, v) for k, v in value.items()} if inner else unwrap(table_for(field, value), value)
    merges = isinstance(value, list) and mark(field, MergedBy) is not None  # in items that never merge there is nothing to replace
    tables = tables_in(item_type(field.annotation)) if merges else ()
    return [unwrap(tables[0], item) for item in value] if tables else value


def _misfits(table: type[Table], values: Mapping[str, Any], where: Where) -> Iterator[Diagnostic]:
    try:
        table.model_validate(unwrap(table, values))
    except ValidationError as problem:
        errors = problem.errors(include_url=False)
    else:
        return
    groups: dict[KeyPath, list[ErrorDetails]] = {}
    for error in errors:
        if error["type"] == "missing" and error["loc"][-1] == "run" and "entry-point" in error["loc"]:
            continue
        loc = error["loc"]
        if any((later := mark(field_at(table, loc[:end]), NotYet)) and later.whole for end in range(1, len(loc) + 1)):
            continue  # that it is not available is all there is to say
        groups.setdefault(_choice_of(table, loc) or loc, []).append(error)
    for loc, group in groups.items():
        expected = mark(field_at(table, loc), Expected)
        specific = [e for e in group if e["type"] == REFUSED] or [e for e in group if any(isinstance(s, int) for s in e["loc"][len(loc) :])]
        if expected and not specific:
            path = document_path(values, loc)
            value = at(values, path)
            hint = (
                "write it in quotes" if _is_number(value) and expected.text.startswith("a string") else _meant(field_at(table, loc), value)
            )
            yield Diagnostic(_misfit(path, value, expected.text), where.place(path, False), hint, code="manifest-type")
        for error in specific if expected else group:
            yield _describe(table, values, error, where)


def _choice_of(table: type[Table], loc: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """The part of `loc` up to the field that takes values of several shapes: pydantic reports each shape's failure by itself."""
    return next((loc[:end] for end in range(1, len(loc) + 1) if mark(field_at(table, loc[:end]), Expected)), None)


def field_at(table: type[Table], loc: Sequence[str | int]) -> FieldInfo | None:
    """The field that the last key of `loc` names, None for an item, a free key or an unknown one."""
    return _walk(table, loc)[0]


def _walk(table: type[Table], loc: Sequence[str | int]) -> tuple[FieldInfo | None, type[Table] | None]:
    """The field that `loc` ends at, and the table that is there or in it."""
    current: type[Table] | None = table
    field: FieldInfo | None = None
    for step in loc:
        item = item_type(field.annotation) if field else None
        free = value_type(field.annotation) if field else None
        kinds = {t.__name__: t for t in tables_in(field.annotation)} if field else {}
        if step in kinds:  # pydantic's name of one of several tables
            current = kinds[str(step)]
        elif isinstance(step, int):
            tables = tables_in(item)
            field, current = None, tables[0] if tables else None
        elif free is not None:
            field, current = None, free
        else:
            field = fields_of(current).get(step) if current else None
            tables = tables_in(field.annotation) if field else ()
            current = tables[0] if tables else None
    return field, current


def document_path(document: Mapping[str, Any], loc: Sequence[str | int]) -> KeyPath:
    """`loc` as a path of the document: without pydantic's names of alternatives, with `replace` where it is written."""
    path: KeyPath = ()
    for step in loc:
        around = at(document, path)
        if isinstance(step, int) and isinstance(around, Mapping) and set(around) == {"replace"}:
            path = (*path, "replace")
            around = around["replace"]
        if (isinstance(around, Mapping) and step in around) or (isinstance(around, list) and isinstance(step, int)):
            path = (*path, step)
    return path


def at(values: Any, path: KeyPath) -> Any:
    """The value at `path`."""
    for step in path:
        values = values[step]
    return values


def _describe(table: type[Table], values: Mapping[str, Any], error: ErrorDetails, where: Where) -> Diagnostic:
    """One error of pydantic in the manifest's words."""
    kind, loc = error["type"], error["loc"]
    path = document_path(values, loc)
    place = where.place(path, kind == "extra_forbidden")
    if kind == "extra_forbidden":
        return _unknown_key(table, loc, values, place, where)
    if kind == "missing":
        return Diagnostic(
            f"{where.header(path)} needs `{loc[-1]}`", where.place(path, True), f"add `{loc[-1]} = ...`", code="manifest-missing"
        )
    value = at(values, path)
    if kind == REFUSED:
        context = error["ctx"]
        message = context["message"] if isinstance(value, Mapping) else f"`{name_of(path)}`: {context['message']}"
        return Diagnostic(message, place, context["hint"], code="manifest-value")
    if kind == "literal_error":
        return _unknown_word(field_at(table, _field_loc(loc)), path, value, place)
    expected = _expected(table, error)
    return Diagnostic(_misfit(path, value, expected), place, _shape_hint(kind, value, path, table, loc), code="manifest-type")


def _field_loc(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return loc[:-1] if isinstance(loc[-1], int) else loc


def _misfit(path: KeyPath, value: Any, expected: str) -> str:
    item = f"item {path[-1] + 1} of " if path and isinstance(path[-1], int) else ""
    return f"{item}`{name_of(path)}` is {describe(value)}; expected {expected}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def describe(value: Any) -> str:
    """The kind of `value` in TOML's words; short plain values as they are."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the string {quote(value)}" if len(value) <= 40 else "a string"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, Mapping):
        return "a table"
    return "an array" if isinstance(value, list) else "a date or time"


_EXPECTED = {
    "string_type": "a string",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "model_type": "a table",
    "dict_type": "a table",
}


def _expected(table: type[Table], error: ErrorDetails) -> str:
    kind = error["type"]
    if kind == "tuple_type":
        field = field_at(table, error["loc"])
        item = item_type(field.annotation) if field else None
        return "an array of tables" if item is not None and tables_in(item) else "an array of strings"
    if kind in {"greater_than_equal", "less_than_equal"}:
        bound = error["ctx"].get("ge", error["ctx"].get("le"))
        return f"{'at least' if kind.startswith('greater') else 'at most'} {bound}"
    return _EXPECTED.get(kind) or f"something else ({error['msg']})"


def _shape_hint(kind: str, value: Any, path: KeyPath, table: type[Table], loc: tuple[str | int, ...]) -> str:
    """How to write what was meant, where that is plain."""
    name = name_of(path)
    if kind == "tuple_type" and isinstance(value, str):
        return f"write `{name} = [{quote(value)}]`"
    if kind == "tuple_type" and isinstance(value, Mapping) and (field := field_at(table, loc)) and tables_in(item_type(field.annotation)):
        return f"write the header in double brackets: `{header((*(s for s in path if isinstance(s, str)), 0))}`"
    if kind == "model_type" and isinstance(value, list):
        return "write the header in single brackets"
    if kind == "string_type" and _is_number(value):
        return "write it in quotes"
    if kind == "bool_type" and isinstance(value, str) and value.lower() in {"true", "false"}:
        return f"write `{name} = {value.lower()}`, without quotes"
    return ""


def _unknown_word(field: FieldInfo | None, path: KeyPath, value: Any, place: Place | None) -> Diagnostic:
    words = available_words(field) if field else ()
    choice = " or ".join(filter(None, (", ".join(quote(w) for w in words[:-1]), quote(words[-1])))) if words else "something else"
    return Diagnostic(_misfit(path, value, choice), place, _meant(field, value), code="manifest-value")


def _meant(field: FieldInfo | None, value: Any) -> str:
    """The word of `field` that `value` is nearest to, as a hint; nothing when none is near."""
    words = known_words(field) if field else ()
    also = mark(field, AlsoCalled)
    near = ((also and also.words.get(value.strip())) or nearest_word(value, words)) if isinstance(value, str) else None
    if field is None or near is None:
        return ""
    return f"did you mean {quote(near)}?" + ("" if near in available_words(field) else " It is not available in this version")


def nearest_word(text: str, words: Sequence[str]) -> str | None:
    """The one of `words` that `text` was probably meant to be: written a little differently, or a part of it, or with more around it."""
    written = text.strip().lower().replace("_", "-")
    if len(written) < 2:
        return None
    near = difflib.get_close_matches(written, words, n=1)
    if near:
        return near[0]
    flat = written.replace("-", "")
    parts = [word for word in words if word.replace("-", "") in flat or (len(flat) > 2 and flat in word.replace("-", ""))]
    return parts[0] if len(parts) == 1 else None


# --- unknown keys


def _unknown_key(
    table: type[Table], loc: tuple[str | int, ...], values: Mapping[str, Any], place: Place | None, where: Where
) -> Diagnostic:
    key = str(loc[-1])
    path = document_path(values, loc)
    around = path[:-1]
    inside = _walk(table, loc[:-1])[1]
    known = fields_of(inside) if inside else {}
    if isinstance(at(values, path), Mapping | list) and not around:
        what = f"unknown table {where.header(path)}"
    else:
        what = f"unknown key `{key}` in {where.header(around)}" if around else f"unknown key `{key}`"
    near = difflib.get_close_matches(key.replace("_", "-").lower(), list(known), n=1)
    homes = _homes(key)
    if near and (around or not homes):
        hint = f"did you mean `{near[0]}`?"
    elif homes:
        hint = f"`{key}` belongs in {' or '.join(homes)}"
    else:
        hint = f"known keys: {', '.join(sorted(k for k, f in known.items() if not (m := mark(f, NotYet)) or not m.whole))}"
    return Diagnostic(what, place, hint, code="manifest-unknown-key")


def _homes(key: str) -> list[str]:
    """The tables of the manifest that have a key of this name."""
    homes = []
    for name, field in fields_of(Manifest).items():
        item = item_type(field.annotation)
        for table in tables_in(field.annotation) or (tables_in(item) if item is not None else ()):
            if key in fields_of(table):
                homes.append(f"[[{name}]]" if item is not None else f"[{name}]")
    return homes

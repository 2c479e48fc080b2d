"""The JSON schema of a manifest, for editors.

Goes in: the models.  Comes out: the schema as text.  It describes what this version takes: keys and words without a stage are
left out, so that an editor marks what pybuild would refuse.
"""

from __future__ import annotations

import json
from typing import Any

from pybuild.manifest.fields import MergedBy, NotYet, Table
from pybuild.manifest.models import Document
from pybuild.manifest.structure import available_words, fields_of, item_type, mark, tables_in, value_type

SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"


def schema_json() -> str:
    """The schema, ending in a newline."""
    for table in Table.__subclasses__():  # building is deferred, and the defaults of tables cannot be written before it is done
        table.model_rebuild()
    schema = Document.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})
    seen: set[str] = set()
    _narrow(Document, schema, definitions, seen)
    schema["$defs"] = {name: definitions[name] for name in sorted(seen)}
    schema = {"$schema": SCHEMA_ID, **schema, "title": "pybuild manifest"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _narrow(table: type[Table], schema: dict[str, Any], definitions: dict[str, Any], seen: set[str]) -> None:
    """Make `schema`, that of `table`, say what is available; go into the tables that it refers to."""
    schema.pop("title", None)
    for key, field in fields_of(table).items():
        later = mark(field, NotYet)
        if later is not None and later.whole:
            del schema["properties"][key]
            continue
        own = schema["properties"][key]
        _tidy(own)
        if later is not None and later.values:
            own["enum"] = list(available_words(field))
        item = item_type(field.annotation)
        if item is not None and table.__name__ in _MERGED:
            _allow_replacement(own)
        by = mark(field, MergedBy)
        if by is not None:  # the rest of such a table may stand in another section
            for inner in tables_in(item):
                definitions[inner.__name__]["required"] = [by.key]
        free = value_type(field.annotation)
        for inner in (*tables_in(field.annotation), *(tables_in(item) if item is not None else ()), *((free,) if free else ())):
            if inner.__name__ not in seen:
                seen.add(inner.__name__)
                _narrow(inner, definitions[inner.__name__], definitions, seen)


def _tidy(schema: dict[str, Any]) -> None:
    """Remove what TOML cannot say (null), and the defaults of tables and arrays: those of their keys, and none, say it."""
    schema.pop("title", None)
    if isinstance(schema.get("default"), dict | list | None):
        schema.pop("default", None)
    choices = [choice for choice in schema.pop("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        schema.update(choices[0])
    elif choices:
        schema["anyOf"] = choices


# Tables that merge key by key; in the items of other arrays there is nothing to replace.
_MERGED = frozenset({"Product", "Build", "EntryPoint", "Modules", "Compiler", "Hints", "Linux", "Manifest", "Profile", "Document"})


def _arrays(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in (schema, *schema.get("anyOf", ())) if s.get("type") == "array"]


def _allow_replacement(schema: dict[str, Any]) -> None:
    """Let `{ replace = [...] }` stand for the array."""
    (array,) = _arrays(schema)
    plain = {key: value for key, value in array.items() if key in {"type", "items"}}
    replacement = {"type": "object", "properties": {"replace": plain}, "required": ["replace"], "additionalProperties": False}
    if array is schema:
        for key in plain:
            del schema[key]
        schema["anyOf"] = [plain, replacement]
    else:
        schema["anyOf"].append(replacement)

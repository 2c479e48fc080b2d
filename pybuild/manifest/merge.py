"""One table over another.

Goes in: the tree so far and the tree of a later section.  Comes out: the tree of both, every value with the origin that it
had.  Tables merge; scalars replace; arrays append, except those that merge by a key; `{ replace = [...] }` replaces an
array; a value of another shape or kind replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pybuild.manifest.fields import MergedBy, Table, Tagged
from pybuild.manifest.origin import Node
from pybuild.manifest.structure import fields_of, item_type, mark, table_for, tables_in

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


def merge_tables(base: Node, over: Node, table: type[Table] | None, *, replace_arrays: bool = False) -> Node:
    """`over` onto `base`, both described by `table`; with `replace_arrays` (the command line's way) no array appends."""
    known = fields_of(table) if table else {}
    merged = dict(base.value)
    for key, node in over.value.items():
        merged[key] = _merge(merged.get(key), node, known.get(key), replace_arrays)
    return Node(merged, over.origin)


def merge_by(base: Node, over: Node, field: FieldInfo, key: str) -> Node:
    """Arrays of tables: a table merges into the one with the same value of `key`, else it is appended."""
    (table,) = tables_in(item_type(field.annotation))
    items: list[Node] = list(base.value)
    for node in over.value:
        same = next((i for i, item in enumerate(items) if _key(item, key) == _key(node, key)), None)
        if same is None:
            items.append(merge_tables(Node({}, node.origin), node, table))
        else:
            items[same] = merge_tables(items[same], node, table)
    return Node(items, over.origin)


def _merge(base: Node | None, over: Node, field: FieldInfo | None, replace_arrays: bool) -> Node:
    replacement = _replacement(over, field)
    if replacement is not None:
        base, over = None, replacement
    if isinstance(over.value, dict):
        mixes = base is not None and isinstance(base.value, dict) and not (mark(field, Tagged) and set(base.value) != set(over.value))
        under = base if mixes and base else Node({}, over.origin)
        return merge_tables(under, over, table_for(field, under.value | over.value), replace_arrays=replace_arrays)
    if isinstance(over.value, list):
        appends = base is not None and isinstance(base.value, list) and not replace_arrays
        under = base if appends and base else Node([], over.origin)
        by = mark(field, MergedBy)
        return merge_by(under, over, field, by.key) if by and field else Node([*under.value, *over.value], over.origin)
    return over


def _replacement(node: Node, field: FieldInfo | None) -> Node | None:
    """The array in `{ replace = [...] }`, where `field` holds an array; else None."""
    if not isinstance(node.value, dict) or set(node.value) != {"replace"} or field is None or item_type(field.annotation) is None:
        return None
    inner: Node = node.value["replace"]
    return inner if isinstance(inner.value, list) else None


def _key(item: Node, key: str) -> object:
    node = item.value.get(key)
    return node.value if node else None

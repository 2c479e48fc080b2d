"""What pyproject.toml says of the project: the identity and the programs that a manifest falls back on.

Goes in: the pyproject.toml beside the manifest, if there is one.  Comes out: trees with origins, shaped like the manifest's own
tables, so that they are merged below them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pybuild.errors import Diagnostic, UserError
from pybuild.manifest.origin import Node, Origin

if TYPE_CHECKING:
    from pybuild.manifest.document import Source
    from pybuild.manifest.positions import KeyPath

_SCRIPT_TABLES = ("scripts", "gui-scripts")


@dataclass(frozen=True)
class Project:
    """`[project]`: `product` is a table like `[product]`, `scripts` has an `[[entry-point]]` for every script, by name."""

    product: Node
    scripts: Mapping[str, Node]


EMPTY = Project(Node({}, Origin()), {})


def read_project(source: Source) -> Project:
    """What `source`, a pyproject.toml, says.  Raises UserError when the fields that are used have the wrong type."""
    table = source.values.get("project")
    if not isinstance(table, Mapping):
        return EMPTY
    problems: list[Diagnostic] = []
    product = {key: _text(table[key], source, ("project", key), problems) for key in ("name", "version", "description") if key in table}
    if "license" in table:
        product["license"] = _license(table["license"], source, problems)
    scripts = {name: node for key in _SCRIPT_TABLES for name, node in _scripts(table.get(key, {}), source, ("project", key), problems)}
    if problems:
        raise UserError(tuple(problems))
    return Project(Node({key: node for key, node in product.items() if node.value}, Origin("[project]", source, ("project",))), scripts)


def _text(value: Any, source: Source, path: KeyPath, problems: list[Diagnostic]) -> Node:
    if not isinstance(value, str):
        message = f"`{path[-1]}` in [{'.'.join(map(str, path[:-1]))}] has to be a string"
        problems.append(Diagnostic(message, source.value_place(path), code="manifest-project"))
        value = ""
    # Descriptions may be of several lines; the manifest's is one.
    return Node(" ".join(value.split()), Origin(f"[{'.'.join(map(str, path[:-1]))}]", source, path))


def _license(value: Any, source: Source, problems: list[Diagnostic]) -> Node:
    """An SPDX expression, or the older table with `text`; one with `file` says nothing that could be shown."""
    if isinstance(value, Mapping):
        if "text" not in value:
            return Node("", Origin())
        return _text(value["text"], source, ("project", "license", "text"), problems)
    return _text(value, source, ("project", "license"), problems)


def _scripts(table: Any, source: Source, path: KeyPath, problems: list[Diagnostic]) -> list[tuple[str, Node]]:
    if not isinstance(table, Mapping):
        message = f"[{'.'.join(map(str, path))}] has to be a table"
        problems.append(Diagnostic(message, source.value_place(path), code="manifest-project"))
        return []
    entries = []
    for name, target in table.items():
        run = _text(target, source, (*path, name), problems)
        plain = Node(run.value.partition("[")[0].strip(), run.origin)  # extras, an old form: "module:function [extra]"
        entries.append((name, Node({"name": Node(name, run.origin), "run": plain}, run.origin)))
    return entries

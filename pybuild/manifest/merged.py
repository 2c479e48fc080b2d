"""The manifest of one build: typed values, and where each came from.

Goes in: the merged tree and what the project says.  Comes out: a `MergedManifest`: defaults that depend on the project are filled
in, what only the whole can show is checked, and every value can be asked for its origin.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.manifest.checking import check
from pybuild.manifest.fields import is_file_name
from pybuild.manifest.merge import merge_by, merge_tables
from pybuild.manifest.models import Manifest
from pybuild.manifest.origin import Node, Origin, Where
from pybuild.manifest.sections import nothing_to_run
from pybuild.manifest.structure import fields_of

if TYPE_CHECKING:
    from pybuild.manifest.positions import KeyPath
    from pybuild.manifest.project import Project


@dataclass(frozen=True)
class MergedManifest:
    """`model` holds the values; paths of the other methods are keys as in TOML: `"build.mode"`, or `("entry-point", 0, "name")`."""

    model: Manifest
    tree: Node
    path: Path | None  # None when there is no file
    project_dir: Path
    warnings: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()  # files read and paths looked at
    distribution: str = ""  # `[project] name`

    def origin(self, path: str | KeyPath) -> Origin:
        """Where the value came from; for a default `Origin.section` is "default"."""
        node = self.tree.at(_parse(path))
        return node.origin if node else Origin()

    def place(self, path: str | KeyPath) -> Place | None:
        """Where the value stands in a file; None for defaults and values of the command line."""
        return self.origin(path).place

    def show(self, *, origin: bool = False) -> str:
        """The manifest as TOML, with `origin` each value's origin as a comment."""
        from pybuild.manifest.show import as_toml

        return as_toml(self, origin=origin)

    def as_toml(self) -> str:
        """The manifest as TOML, without comments."""
        return self.show()


def _parse(path: str | KeyPath) -> KeyPath:
    if not isinstance(path, str):
        return path
    return tuple(int(step) if step.isdecimal() else step for step in path.split("."))


def finish(
    tree: Node, project: Project, *, path: Path | None, project_dir: Path, warnings: tuple[Diagnostic, ...], inputs: tuple[Path, ...]
) -> MergedManifest:
    """The typed manifest of `tree` over what `project` says.  Raises UserError for what only the whole can show."""
    problems: list[Diagnostic] = []
    tree = completed(tree, project, path, project_dir, problems)
    problems += _incomplete_entries(tree)
    problems += _contradictions(tree)
    if problems:
        raise UserError(tuple(problems))
    plain = tree.plain
    problems += check(Manifest, plain, Where(lambda where, key: _place(tree, where)))
    if problems:
        raise UserError(tuple(problems))
    looked_at = tuple(dict.fromkeys([*inputs, project_dir / "src"]))
    name = project.product.at(("name",))
    distribution = str(name.value) if name else ""
    return MergedManifest(Manifest.model_validate(plain), tree, path, project_dir, warnings, looked_at, distribution)


def completed(tree: Node, project: Project, path: Path | None, project_dir: Path, problems: list[Diagnostic]) -> Node:
    """`tree` over what `project` says, with the defaults that depend on the project; what is wrong is added to `problems`."""
    tree = merge_tables(Node({"product": project.product}, Origin()), tree, Manifest)
    return _with_defaults(_with_entry_points(tree, project, path, problems), project_dir)


def _place(tree: Node, path: KeyPath) -> Place | None:
    node = tree.at(path)
    return node.origin.place if node else None


def _with_entry_points(tree: Node, project: Project, path: Path | None, problems: list[Diagnostic]) -> Node:
    """The entry points, those of [project.scripts] below the manifest's own as far as it takes them."""
    own = tree.value.get("entry-point") or Node([], Origin())
    chosen = tree.at(("build", "entry-points"))
    names: list[str] = []
    if chosen is None:
        names = [] if own.value else list(project.scripts)
    elif chosen.value == "project.scripts":
        names = list(project.scripts)
        if not names:
            message = "`entry-points` asks for [project.scripts], but pyproject.toml has none"
            problems.append(
                Diagnostic(message, chosen.origin.place, "add the table, or write [[entry-point]]", code="manifest-entry-point")
            )
    else:
        for node in chosen.value:
            if node.value in project.scripts:
                names.append(node.value)
            else:
                problems.append(_unknown_script(node, project))
    scripts = Node([project.scripts[name] for name in dict.fromkeys(names)], Origin())
    entries = merge_by(scripts, own, fields_of(Manifest)["entry-point"], "name")
    if not entries.value and not problems:
        hint = "write [[entry-point]] with `name` and `run`, or give pyproject.toml [project.scripts]"
        problems.append(
            Diagnostic("no entry point: the manifest says nothing to run", Place(path) if path else None, hint, code="manifest-entry-point")
        )
    return Node({**tree.value, "entry-point": entries}, tree.origin)


def _unknown_script(node: Node, project: Project) -> Diagnostic:
    near = difflib.get_close_matches(node.value, list(project.scripts), n=1)
    known = f"its scripts: {', '.join(project.scripts)}" if project.scripts else "it has no [project.scripts]"
    message = f"pyproject.toml has no script `{node.value}`"
    return Diagnostic(message, node.origin.place, f"did you mean `{near[0]}`?" if near else known, code="manifest-entry-point")


def _with_defaults(tree: Node, project_dir: Path) -> Node:
    """The defaults that depend on the project: the product's name and the source roots."""
    defaults: dict[str, Node] = {}
    entries = tree.value["entry-point"].value
    first = next((e for e in entries if (d := e.at(("default",))) and d.value), entries[0] if entries else None)
    if first is not None and (name := first.at(("name",))) is not None and is_file_name(name.value):  # another is refused where it stands
        defaults["product"] = Node({"name": Node(name.value, Origin())}, Origin())
    root = "src" if (project_dir / "src").is_dir() else "."
    written = tree.at(("build", "source-roots"))
    if written is None or not written.value:
        defaults["build"] = Node({"source-roots": Node([Node(root, Origin())], Origin())}, Origin())
        tree = Node({**tree.value, "build": _drop(tree.value.get("build"), "source-roots")}, tree.origin)
    return merge_tables(Node(defaults, Origin()), tree, Manifest)


def _drop(table: Node | None, key: str) -> Node:
    return Node({k: v for k, v in table.value.items() if k != key}, table.origin) if table else Node({}, Origin())


def _incomplete_entries(tree: Node) -> Iterator[Diagnostic]:
    for entry in tree.value["entry-point"].value:
        name = entry.at(("name",))
        if name is not None and entry.at(("run",)) is None:
            yield nothing_to_run(name)


def _contradictions(tree: Node) -> Iterator[Diagnostic]:
    flags = tree.at(("build", "python-flags"))
    by_name = {node.value: node for node in flags.value} if flags else {}
    if "isolated" in by_name and "use-environment" in by_name:
        other, later = sorted((by_name["isolated"], by_name["use-environment"]), key=flags.value.index if flags else None)
        hint = 'a later section replaces the flags of an earlier one with `python-flags = { replace = ["..."] }`'
        yield Diagnostic(
            f"`{later.value}` contradicts `{other.value}` ({other.origin.short})", later.origin.place, hint, code="manifest-value"
        )

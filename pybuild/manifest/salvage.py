"""What a faulty manifest says all the same: the parts that are right, so that one run can also tell which files they name in vain.

Goes in: the path of a manifest in which something was found to be wrong, or whose Python could not be found.  Comes out: the sections
without every key, item and table that is at fault, and their merged manifest.  Nothing is reported here: that has been done; what is
built from it is never shipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pybuild.errors import UserError
from pybuild.manifest.checking import check
from pybuild.manifest.load import LoadedManifest, open_manifest, project_of
from pybuild.manifest.markers import SYSTEM_VARIABLES, VARIABLES
from pybuild.manifest.merged import MergedManifest, completed
from pybuild.manifest.models import Document, Manifest
from pybuild.manifest.origin import Node, Where, from_file
from pybuild.manifest.sections import Conditional, Sections, split

if TYPE_CHECKING:
    from pybuild.manifest.fields import Table
    from pybuild.manifest.positions import KeyPath
    from pybuild.request import Setting


def load_rest(path: Path) -> LoadedManifest | None:
    """The sections of the manifest `path` without what is wrong in them; None when it cannot be read or is not TOML."""
    path = path.absolute()
    try:
        source, prefix, values = open_manifest(path)
    except UserError:
        return None
    project, _ = project_of(source, path)
    sections, found = split(_without_faults(from_file(values, source, prefix), Document), project.scripts)
    if any(problem.code == "manifest-profile" for problem in found):  # it inherits from nowhere, or from itself
        sections = Sections(sections.base, sections.targets)
    return LoadedManifest(path, path.parent, sections, project)


def merge_rest(
    rest: LoadedManifest, markers: Mapping[str, str], profile: str | None, settings: Sequence[Setting], *, python_known: bool
) -> MergedManifest:
    """What is right of the manifest of this build.

    Without the Python that is built for (`python_known`), what depends on it is left out; so is, always, a version that a module says:
    where modules lie may be what is wrong.
    """
    variables = VARIABLES if python_known else SYSTEM_VARIABLES
    environment = {name: markers[name] for name in variables}

    def holds(section: Conditional) -> bool:
        return (python_known or not section.condition.asks_python) and section.condition.holds(environment)

    try:
        tree = rest.tree(holds, profile, settings)
    except UserError:  # an unknown profile, a setting that fits no key
        tree = rest.tree(holds, None, ())
    tree = completed(_without_faults(tree, Manifest), rest.project, rest.path, rest.project_dir, [])
    tree = _without_faults(_without_questions(tree, python_known), Manifest)
    return MergedManifest(Manifest.model_validate(tree.plain), tree, rest.path, rest.project_dir)


def _without_faults(tree: Node, table: type[Table]) -> Node:
    """`tree` with every key, item and table removed that `table` does not take."""
    while True:
        faults: list[KeyPath] = []

        def note(path: KeyPath, key: bool, faults: list[KeyPath] = faults) -> None:
            faults.append(path)

        check(table, tree.plain, Where(note))  # it asks for the place of all that it finds
        if not faults:
            return tree
        tree = _without(tree, set(faults), ())


def _without(node: Node, paths: set[KeyPath], here: KeyPath) -> Node:
    """`node`, which is at `here`, without what is at `paths`."""
    if isinstance(node.value, dict):
        kept: Any = {key: _without(inner, paths, (*here, key)) for key, inner in node.value.items() if (*here, key) not in paths}
    elif isinstance(node.value, list):
        kept = [_without(inner, paths, (*here, i)) for i, inner in enumerate(node.value) if (*here, i) not in paths]
    else:
        return node
    return replace(node, value=kept)


def _without_questions(tree: Node, python_known: bool) -> Node:
    """`tree` without entry points that say nothing to run, and without what only modules or an interpreter could answer."""
    faults: set[KeyPath] = set()
    for index, entry in enumerate(tree.value["entry-point"].value):
        if entry.at(("run",)) is None or entry.at(("name",)) is None:
            faults.add(("entry-point", index))
    if tree.at(("product", "version", "attr")) is not None:
        faults.add(("product", "version"))
    data = tree.value.get("data")
    for index, item in enumerate(data.value if data else ()):
        if item.at(("package",)) is not None and not python_known:
            faults.add(("data", index))
    return _without(tree, faults, ())

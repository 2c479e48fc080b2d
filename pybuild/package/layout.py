"""What lies where below the program's folder, before anything is copied.

Goes in: plan and graph.  Comes out: one `Item` per file, keyed by target.  A target that leaves the folder, two different
sources for one target, and a file where another needs a folder are refused here, with the manifest line that asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.graph.model import ModuleGraph, ModuleKind
from pybuild.package.links import link_names
from pybuild.resolve.model import Plan

MARKER = ".pybuild"  # the file that says that a folder was made by pybuild, and lists what is in it


class ItemKind(StrEnum):
    """How a file is treated on its way."""

    EXTENSION = "extension"  # an extension module
    LIBRARY = "library"  # a shared library, or a program that was asked for by [[library]]
    DATA = "data"  # anything else: copied as it is


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the result: `source` is where it comes from, `target` a POSIX path below the program's folder."""

    source: Path
    target: str
    kind: ItemKind
    reason: str
    mirrors: str = ""  # the target in the tree that `source` lies in, where `Plan.placed` has made it another


def lay_out(plan: Plan, graph: ModuleGraph) -> dict[str, Item]:
    """Every file but the executable, the links and the libraries that only ELF headers show.  Raises UserError."""
    items: dict[str, Item] = {}
    findings: list[Diagnostic] = []
    taken = {name: f"the program {name}" for name in (plan.executable_name, *link_names(plan), MARKER)}
    for item in _all_items(plan, graph):
        problem = _leaves(item) or _collides(item, items, taken)
        if problem:
            findings.append(Diagnostic(problem[0], place_of(item.reason, plan), problem[1]))
        else:
            items.setdefault(item.target, item)
    findings.extend(_folder_conflicts(items.values(), taken, plan))
    if findings:
        raise UserError(tuple(findings))
    return items


def placed_item(plan: Plan, source: Path, target: str, kind: ItemKind, reason: str) -> Item:
    """The item for `target`, where a program of the same name may need the place of the target's folder."""
    placed = plan.placed(target)
    return Item(source, placed, kind, reason, target if placed != target else "")


def _all_items(plan: Plan, graph: ModuleGraph) -> Iterator[Item]:
    for name, module in sorted(graph.modules.items()):
        if module.kind is ModuleKind.EXTENSION and module.path is not None:
            yield placed_item(plan, module.path, module.target, ItemKind.EXTENSION, f"module {name}")
    for library in plan.libraries:
        yield placed_item(plan, library.source, str(library.target), ItemKind.LIBRARY, library.reason)
    for data in plan.data:
        yield placed_item(plan, data.source, str(data.target), ItemKind.DATA, data.reason)
    for extra in graph.data:
        yield placed_item(plan, extra.source, extra.target, ItemKind.LIBRARY if extra.library else ItemKind.DATA, extra.reason)


def _leaves(item: Item) -> tuple[str, str] | None:
    target = PurePosixPath(item.target)
    if target.is_absolute() or ".." in target.parts or not target.parts or "\0" in item.target:
        return f"the target {item.target!r} of {item.source} is not inside the program's folder", "give a path below it, without `..`"
    return None


def _collides(item: Item, items: dict[str, Item], taken: dict[str, str]) -> tuple[str, str] | None:
    if item.target in taken:
        return f"{item.source} would replace {taken[item.target]}", "give it another target"
    other = items.get(item.target)
    if other is None or other.source == item.source or _same_file(other.source, item.source):
        return None
    return (
        f"two files for the target {item.target!r}: {other.source} ({other.reason}) and {item.source}",
        "give one of them another target",
    )


def _same_file(a: Path, b: Path) -> bool:
    try:
        return a.samefile(b)
    except OSError:
        return False


def _folder_conflicts(items: Iterable[Item], taken: dict[str, str], plan: Plan) -> Iterator[Diagnostic]:
    """A file whose target is also a folder of another file's target."""
    files = {item.target: str(item.source) for item in items} | taken
    for item in items:
        for parent in PurePosixPath(item.target).parents:
            if str(parent) in files:
                yield Diagnostic(
                    f"{item.source} needs the folder {str(parent)!r}, but {files[str(parent)]} is a file of that name",
                    place_of(item.reason, plan),
                    "give one of them another target",
                )


def place_of(reason: str, plan: Plan) -> Place | None:
    """The place that a reason like "pybuild.toml:31" names, None for any other reason."""
    found = re.fullmatch(r"(.+):(\d+)", reason)
    if not found:
        return None
    path = plan.manifest_path if plan.manifest_path is not None and plan.manifest_path.name == found[1] else Path(found[1])
    line = int(found[2])
    return Place(path, line, text=_line(path, line))


def _line(path: Path, line: int) -> str:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):
        return ""
    return lines[line - 1] if 0 < line <= len(lines) else ""

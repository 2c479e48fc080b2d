"""The sections of a manifest: which of them apply, and in which order.

Goes in: a file's values.  Comes out: the base, the target sections with their conditions, and the profiles with theirs; and
everything that is wrong with conditions and with the way profiles inherit.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.manifest.markers import Condition, ConditionError, parse_condition
from pybuild.manifest.origin import Node

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT = "default"


@dataclass(frozen=True)
class Conditional:
    """Tables under a condition."""

    condition: Condition
    tables: Node


@dataclass(frozen=True)
class Profile:
    """Tables that a profile adds; `parent` is the profile before it, empty for the first."""

    name: str
    tables: Node
    parent: str
    targets: tuple[Conditional, ...] = ()


@dataclass(frozen=True)
class Sections:
    """All of a manifest, split; targets and profiles in the order of the file."""

    base: Node
    targets: tuple[Conditional, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)

    def chain(self, profile: str) -> list[Profile]:
        """`profile` and all that it inherits from, the root first.  Raises UserError for an unknown one."""
        if profile not in self.profiles:
            if profile == DEFAULT:
                return []
            raise UserError((Diagnostic(f"there is no profile `{profile}`", None, _near(profile, self.names), code="manifest-profile"),))
        found = self.profiles[profile]
        return [*(self.chain(found.parent) if found.parent else []), found]

    @property
    def names(self) -> list[str]:
        """All profiles that can be named."""
        return list(dict.fromkeys([DEFAULT, *self.profiles]))

    def applicable(self, profile: str, holds: Callable[[Conditional], bool]) -> Iterator[Node]:
        """The tables that apply, in the order in which they are merged."""
        yield self.base
        yield from (target.tables for target in self.targets if holds(target))
        for link in self.chain(profile):
            yield link.tables
            yield from (target.tables for target in link.targets if holds(target))


def split(document: Node, scripts: Container[str] = ()) -> tuple[Sections, list[Diagnostic]]:
    """The sections of `document`, and what is wrong or doubtful with them.

    `scripts` are the names in [project.scripts], whose entry points need not say what they run.  What has not even the shape of a
    section is passed over: the check against the models speaks of it.
    """
    found: list[Diagnostic] = []
    targets = _targets(document.value.get("target"), found)
    written = document.value.get("profile")
    profiles = {name: _profile(name, node, found) for name, node in _tables(written)}
    found += _inheritance(profiles, written)
    base = _without(document, "target", "profile")
    every = [t for p in profiles.values() for t in (p.tables, *(c.tables for c in p.targets))]
    found += _entry_points([base, *(c.tables for c in targets), *every], scripts)
    return Sections(base, targets, profiles), found


def _tables(node: Node | None) -> list[tuple[str, Node]]:
    """The tables in `node`; none where something else is written (the check of the shape says so)."""
    if node is None or not isinstance(node.value, dict):
        return []
    return [(key, inner) for key, inner in node.value.items() if isinstance(inner.value, dict)]


def _entry_points(sections: list[Node], scripts: Container[str]) -> Iterator[Diagnostic]:
    """Names that stand twice in one array, where they could not merge; entry points that no section gives anything to run."""
    named = [
        [(name, item) for item in _entries(section) if (name := item.at(("name",))) and isinstance(name.value, str)] for section in sections
    ]
    running = {name.value for entries in named for name, item in entries if item.at(("run",)) is not None}
    for entries in named:
        seen: dict[str, Node] = {}
        for name, _ in entries:
            if name.value in seen:
                message = f"two entry points are called `{name.value}`: the other is at {seen[name.value].origin.short}"
                yield Diagnostic(message, name.origin.place, "give one of them another name", code="manifest-entry-point")
            elif name.value not in running and name.value not in scripts:
                yield nothing_to_run(name)
            seen.setdefault(name.value, name)


def _entries(section: Node) -> list[Node]:
    array = section.value.get("entry-point")
    array = array.value.get("replace") if array and isinstance(array.value, dict) else array
    return list(array.value) if array and isinstance(array.value, list) else []


def nothing_to_run(name: Node) -> Diagnostic:
    """An entry point without `run`."""
    hint = 'add `run = "package.module:function"`, a module, or a script\'s path'
    return Diagnostic(f"entry point `{name.value}` says nothing to run", name.origin.place, hint, code="manifest-missing")


def _without(node: Node, *keys: str) -> Node:
    return Node({key: inner for key, inner in node.value.items() if key not in keys}, node.origin)


def _profile(name: str, node: Node, found: list[Diagnostic]) -> Profile:
    inherits = node.value.get("inherits")
    parent = inherits.value if inherits and isinstance(inherits.value, str) else "" if name == DEFAULT else DEFAULT
    return Profile(name, _without(node, "inherits", "target"), parent, _targets(node.value.get("target"), found))


def _targets(node: Node | None, found: list[Diagnostic]) -> tuple[Conditional, ...]:
    conditionals = []
    for text, tables in _tables(node):
        try:
            condition = parse_condition(text)
        except ConditionError as problem:
            found.append(Diagnostic(str(problem), tables.origin.key_place, problem.hint, code="manifest-condition"))
            continue
        python = tables.at(("build", "python"))
        if python is not None and condition.asks_python:
            message = "`python` may not depend on a condition on the Python that it chooses"
            hint = f"`{text}` asks {', '.join(sorted(condition.variables))}; use a condition on the system, or a profile"
            found.append(Diagnostic(message, python.origin.key_place, hint, code="manifest-condition"))
        if not condition.can_hold():
            message = f"`{text}` holds for no system, machine and Python that can be built for"
            hint = "the section is never used; compare the values with those that `pybuild doctor` shows"
            found.append(Diagnostic(message, tables.origin.key_place, hint, "warning", "manifest-condition-never"))
        conditionals.append(Conditional(condition, tables))
    return tuple(conditionals)


def _inheritance(profiles: Mapping[str, Profile], written: Node | None) -> Iterator[Diagnostic]:
    known = list(dict.fromkeys([DEFAULT, *profiles]))
    reported: set[str] = set()
    for name, profile in profiles.items():
        place = _inherits_place(written, name)
        if profile.parent and profile.parent not in known:
            yield Diagnostic(
                f"profile `{name}` inherits from an unknown profile `{profile.parent}`",
                place,
                _near(profile.parent, known),
                code="manifest-profile",
            )
            continue
        cycle = _cycle(profiles, name)
        if cycle and reported.isdisjoint(cycle):
            reported.update(cycle)
            shown = " → ".join([*cycle, cycle[0]])
            implicit = [n for n in cycle if _written_parent(written, n) is None]
            hint = f"`{implicit[0]}` inherits from `{DEFAULT}` because it says nothing else" if implicit else "remove one `inherits`"
            yield Diagnostic(f"profiles inherit from each other: {shown}", place, hint, code="manifest-profile")


def _cycle(profiles: Mapping[str, Profile], name: str) -> list[str]:
    """The cycle that `name` lies on, from `name` on; empty when there is none."""
    seen = [name]
    while (parent := profiles[seen[-1]].parent if seen[-1] in profiles else "") and parent not in seen:
        seen.append(parent)
    return seen if parent == name else []


def _written_parent(written: Node | None, name: str) -> Node | None:
    return written.at((name, "inherits")) if written else None


def _inherits_place(written: Node | None, name: str) -> Place | None:
    node = _written_parent(written, name)
    if node is not None:
        return node.origin.place
    table = written.at((name,)) if written else None
    return table.origin.key_place if table else None


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known profiles: {', '.join(known)}"

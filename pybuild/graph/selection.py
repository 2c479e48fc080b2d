"""What `[modules]` says of a module or of an import: exclude beats a rule beats include; of several rules that match, the last one counts.

Goes in: the plan's `ModuleSelection`.  Comes out: decisions by name, remembered, since the same names are asked for again and again.
"""

from __future__ import annotations

from pybuild.graph.patterns import Pattern, compile_pattern
from pybuild.resolve.model import ModuleRule, ModuleSelection


class Selection:
    """The compiled `[modules]` table."""

    def __init__(self, selection: ModuleSelection) -> None:
        self.places = dict(selection.places)
        self.include_places = dict(selection.include_places)
        self.include = tuple(compile_pattern(text) for text in selection.include)
        self._exclude = tuple(compile_pattern(text) for text in selection.exclude)
        self._rules = tuple(
            (compile_pattern(rule.module), compile_pattern(rule.from_) if rule.from_ else None, rule) for rule in reversed(selection.rules)
        )
        self._excluded: dict[str, str] = {}

    def place(self, pattern: Pattern) -> str:
        """Where the manifest has `pattern`, "[modules]" where that is not known."""
        return self.places.get(pattern.text, "[modules]")

    def exclusion(self, name: str) -> str:
        """Which pattern of `exclude` keeps module `name` out, with its place; "" when none does."""
        if not self._exclude:
            return ""
        reason = self._excluded.get(name)
        if reason is None:
            reason = next(
                (f"exclude {pattern.text!r} ({self.place(pattern)})" for pattern in self._exclude if self._covers(pattern, name)), ""
            )
            self._excluded[name] = reason
        return reason

    def rule(self, importer: str, name: str) -> ModuleRule | None:
        """The rule for `importer`'s import of `name`; none speaks of imports among the modules that it stands for."""
        for pattern, source, rule in self._rules:
            if (
                self._covers(pattern, name)
                and not self._covers(pattern, importer)
                and (source is None or matches_importer(source, importer))
            ):
                return rule
        return None

    def including_rules(self) -> list[tuple[Pattern, Pattern | None, ModuleRule]]:
        """The rules that include: what, for which importers (None: in any case), and the rule; in the order of the manifest."""
        return [item for item in reversed(self._rules) if item[2].action == "include"]

    @staticmethod
    def _covers(pattern: Pattern, name: str) -> bool:
        """Whether `pattern` stands for `name` or for a package that `name` lies in: without its package no module can be imported."""
        while name:
            if pattern.matches(name):
                return True
            name = name.rpartition(".")[0]
        return False


def matches_importer(pattern: Pattern, importer: str) -> bool:
    """Whether `pattern` stands for `importer`; a script is known by its file's name, with or without suffix."""
    if importer.startswith("@"):
        file = importer[1:].rpartition("/")[2]
        return pattern.matches(file.rpartition(".")[0] or file) or pattern.text in (file, importer)
    return pattern.matches(importer)

"""Module patterns of the manifest and of package knowledge.

`a` is a and its submodules, `a.*` one level below, `a.**` a and everything below, `**.tests` anywhere; `*` within a part stands
for any characters without a dot.  Knowledge writes exact names: there `a` is a alone and `a.**` what is below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern; `literal`: its leading parts without wildcards; `deep`: it reaches more than one level below them."""

    text: str
    regex: re.Pattern[str]
    literal: str
    wild: bool
    deep: bool

    def matches(self, name: str) -> bool:
        """Whether the pattern stands for module `name`."""
        return self.regex.fullmatch(name) is not None


def compile_pattern(text: str) -> Pattern:
    """The pattern that a user writes."""
    parts = text.split(".")
    wild = any("*" in part for part in parts)
    regex = _regex(parts)
    if not wild or "*" not in parts[-1]:
        regex += r"(?:\..*)?"
    return Pattern(
        text, re.compile(regex), _literal(parts), wild, not wild or "**" in parts or len(parts) - len(_literal(parts).split(".")) > 1
    )


def compile_exact(text: str) -> Pattern:
    """The pattern of package knowledge: a name without wildcards is that module alone, `a.**` leaves out `a`."""
    parts = text.split(".")
    wild = any("*" in part for part in parts)
    regex = _regex(parts[:-1]) + r"\..+" if parts[-1] == "**" and len(parts) > 1 else _regex(parts)
    return Pattern(text, re.compile(regex), _literal(parts), wild, "**" in parts)


def _literal(parts: list[str]) -> str:
    kept = []
    for part in parts:
        if "*" in part:
            break
        kept.append(part)
    return ".".join(kept)


def _regex(parts: list[str]) -> str:
    """The regular expression of `parts`; a trailing `**` also stands for nothing, a leading or inner one for any number of parts."""
    text = ""
    for position, part in enumerate(parts):
        last = position == len(parts) - 1
        if part == "**":
            if last:
                text += r"(?:\..*)?" if text else ".*"
            else:
                text += r"(?:\.[^.]+)*" if text else r"(?:[^.]+\.)*"
            continue
        if text and not text.endswith(r"(?:[^.]+\.)*"):
            text += r"\."
        text += re.escape(part).replace(r"\*", "[^.]*") if part != "*" else "[^.]+"
    return text

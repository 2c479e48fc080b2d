"""The glibc that the result needs: the highest version over all shipped files, checked against `[linux] max-glibc`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pybuild.errors import BuildFailure, Diagnostic
from pybuild.package.elf import ElfFacts, version_key
from pybuild.resolve.model import Plan


@dataclass(frozen=True)
class GlibcNeed:
    """The highest version, and a file (its target) and symbol that need it; empty for a result without ELF files."""

    version: str = ""
    file: str = ""
    symbol: str = ""


def highest(files: Iterable[tuple[str, ElfFacts]]) -> GlibcNeed:
    """The need of the most demanding of `files` (target, facts); the first by target among equals."""
    needs = [GlibcNeed(facts.glibc, target, facts.glibc_symbol) for target, facts in sorted(files, key=lambda f: f[0]) if facts.glibc]
    return max(needs, key=lambda need: version_key(need.version), default=GlibcNeed())


def check_max_glibc(plan: Plan, files: Iterable[tuple[str, ElfFacts]]) -> None:
    """Raise BuildFailure for every file that needs more than `[linux] max-glibc`."""
    if not plan.max_glibc:
        return
    limit = version_key(plan.max_glibc)
    findings = tuple(
        Diagnostic(
            f"{target} needs GLIBC_{facts.glibc} (symbol {facts.glibc_symbol}), more than [linux] max-glibc = {plan.max_glibc!r}",
            hint="build where glibc is older, use a wheel built for an older manylinux, or raise max-glibc",
            code="max-glibc",
        )
        for target, facts in sorted(files, key=lambda f: f[0])
        if facts.glibc and version_key(facts.glibc) > limit
    )
    if findings:
        raise BuildFailure(findings)

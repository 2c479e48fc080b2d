"""Conditions of sections: short names of systems and PEP 508 markers, evaluated against the target alone.

Goes in: the text after `target.`.  Comes out: a `Condition` that can be asked whether it holds in an environment, and whether
it ever could.  Every variable is given explicitly: nothing is taken from the Python that pybuild itself runs on.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.markers import Marker

SYSTEMS = {"windows": "win32", "linux": "linux", "macos": "darwin", "freebsd": "freebsd"}

SYSTEM_VARIABLES = ("os_name", "sys_platform", "platform_machine", "platform_system")
PYTHON_VARIABLES = (
    "python_version",
    "python_full_version",
    "implementation_name",
    "implementation_version",
    "platform_python_implementation",
)
VARIABLES = SYSTEM_VARIABLES + PYTHON_VARIABLES

_REFUSED = {
    "platform_release": "it is the version of one machine's kernel",
    "platform_version": "it is the build of one machine's system",
    "extra": "it belongs to a distribution that is being installed",
    "extras": "it belongs to a distribution that is being installed",
    "dependency_groups": "it belongs to a distribution that is being installed",
}
_OLD_NAMES = {
    "os.name": "os_name",
    "sys.platform": "sys_platform",
    "platform.machine": "platform_machine",
    "platform.version": "platform_version",
    "platform.python_implementation": "platform_python_implementation",
    "python_implementation": "platform_python_implementation",
}

# What can be built for, for the question whether a condition can ever hold.
_MACHINES = {
    "linux": ("x86_64", "aarch64", "i686", "armv7l", "ppc64le", "s390x", "riscv64", "loongarch64"),
    "windows": ("AMD64", "ARM64", "x86"),
    "macos": ("x86_64", "arm64"),
    "freebsd": ("amd64", "arm64"),
}
_OS_NAMES = {"windows": "nt"}
_SYSTEM_NAMES = {"linux": "Linux", "windows": "Windows", "macos": "Darwin", "freebsd": "FreeBSD"}
_PYTHONS = ("3.11", "3.12", "3.13")
_PATCHES = range(40)


class ConditionError(Exception):
    """The text is no condition; `hint` is the next step."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Condition:
    """`text` as written; `system` is set for a short name, `variables` names what a marker asks."""

    text: str
    system: str = ""
    variables: frozenset[str] = frozenset()

    @cached_property
    def _marker(self) -> Marker:
        from packaging.markers import Marker

        return Marker(self.text)

    @property
    def asks_python(self) -> bool:
        """Whether it depends on the interpreter, and so cannot help to choose it."""
        return not self.variables.isdisjoint(PYTHON_VARIABLES)

    def holds(self, environment: Mapping[str, str]) -> bool:
        """Whether it holds in `environment`, which must give all of `SYSTEM_VARIABLES`, and of `VARIABLES` if it asks Python's."""
        if self.system:
            platform = environment["sys_platform"]
            return platform.startswith("freebsd") if self.system == "freebsd" else platform == SYSTEMS[self.system]
        known = {name: environment[name] for name in self.variables}
        return self._marker.evaluate({**dict.fromkeys((*VARIABLES, *_REFUSED), ""), **known})

    def can_hold(self) -> bool:
        """Whether any system, machine and Python that can be built for fulfils it."""
        return bool(self.system) or any(self.holds(environment) for environment in _targets(self.variables))


def parse_condition(text: str) -> Condition:
    """The condition that `text` means.  Raises ConditionError."""
    if text in SYSTEMS:
        return Condition(text, system=text)
    from packaging.markers import InvalidMarker, Marker, UndefinedComparison

    try:
        Marker(text)
    except InvalidMarker as problem:
        raise _unknown(text, str(problem)) from None
    condition = Condition(text, variables=_variables(text))
    for name, reason in _REFUSED.items():
        if name in condition.variables:
            raise ConditionError(f"`{name}` cannot be a condition: {reason}", f"the variables are {', '.join(VARIABLES)}")
    try:
        condition.holds(next(_targets(condition.variables)))
    except UndefinedComparison as problem:
        raise ConditionError(
            f"not a condition: {problem}", "versions compare with <, <=, >, >=, ==, !=; other texts with ==, != and in"
        ) from None
    return condition


def host_markers() -> dict[str, str]:
    """The system variables of this machine, which is what is built for; the interpreter's come from the interpreter."""
    import os
    import platform
    import sys

    return {
        "os_name": os.name,
        "sys_platform": sys.platform,
        "platform_machine": platform.machine(),
        "platform_system": platform.system(),
    }


def _unknown(text: str, problem: str) -> ConditionError:
    near = difflib.get_close_matches(text.lower(), [*SYSTEMS, "win32", "darwin", "osx", "win", "mac"], n=1)
    if near:
        meant = {"win32": "windows", "win": "windows", "darwin": "macos", "osx": "macos", "mac": "macos"}.get(near[0], near[0])
        return ConditionError(f"`{text}` is neither a system nor a marker", f"did you mean `{meant}`?")
    hint = f"""a system ({", ".join(SYSTEMS)}) or a quoted PEP 508 marker: [target.'sys_platform == "linux"']"""
    unknown = [word for word in _words(text) if word not in (*VARIABLES, *_REFUSED, *_OLD_NAMES, "and", "or", "not", "in")]
    meant_variables = [close[0] for word in unknown[:1] for close in [difflib.get_close_matches(word, VARIABLES, n=1)] if close]
    if meant_variables:
        return ConditionError(f"`{unknown[0]}` is no variable of a PEP 508 marker", f"did you mean `{meant_variables[0]}`?")
    if re.fullmatch(r"[\w-]+", text):
        return ConditionError(f"`{text}` is neither a system nor a marker", hint)
    reason = problem.splitlines()[0]
    return ConditionError(f"not a PEP 508 marker: {reason[:1].lower()}{reason[1:]}", hint)


def _variables(text: str) -> frozenset[str]:
    """The variables that a valid marker asks: its words outside of strings that are not operators."""
    return frozenset(_OLD_NAMES.get(word, word) for word in _words(text)) - {"and", "or", "not", "in"}


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z_][\w.]*", re.sub(r"'[^']*'|\"[^\"]*\"", " ", text))


def _targets(variables: frozenset[str]) -> Iterator[dict[str, str]]:
    """Every environment that can be built for, as far as `variables` can tell them apart."""
    machines = "platform_machine" in variables
    patches = not variables.isdisjoint(("python_full_version", "implementation_version"))
    for system, python, patch in product(SYSTEMS, _PYTHONS, _PATCHES if patches else (0,)):
        for machine in _MACHINES[system] if machines else ("",):
            full = f"{python}.{patch}"
            yield {
                "os_name": _OS_NAMES.get(system, "posix"),
                "sys_platform": SYSTEMS[system],
                "platform_machine": machine,
                "platform_system": _SYSTEM_NAMES[system],
                "python_version": python,
                "python_full_version": full,
                "implementation_name": "cpython",
                "implementation_version": full,
                "platform_python_implementation": "CPython",
            }

"""Imports that hang on a constant of another module: `from ._compat import PY314`, then `if PY314: import annotationlib`.

They wait until the other module is scanned; then they are followed, or recorded as unreachable.  What nobody can tell is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pybuild.graph.model import ImportKind
from pybuild.graph.nodes import Growing, Node
from pybuild.graph.wants import Want, absolute

_HOPS = 8  # of a constant that is imported from module to module


class Guards:
    """Holds wants back until it is known what their constants hold."""

    def __init__(self, growing: Growing) -> None:
        self._growing = growing
        self._constants: dict[str, dict[str, Any]] = {}
        self._packages: dict[str, str] = {}  # module that was scanned → what its relative imports start from
        self._waiting: list[Want] = []

    def scanned(self, node: Node, scan: dict[str, Any]) -> None:
        """Take note of a module's constants."""
        self._packages[node.name] = "" if node.name.startswith("@") else node.name if node.is_package else node.name.rpartition(".")[0]
        if "constants" in scan:
            self._constants[node.name] = scan["constants"]

    def holds_back(self, want: Want) -> bool:
        """Whether `want` waits here."""
        if want.guard is None:
            return False
        self._waiting.append(want)
        return True

    def released(self, last: bool = False) -> Iterator[Want]:
        """Wants that can be decided about; with `last` all others too, since no more modules will come."""
        waiting, self._waiting = self._waiting, []
        for want in waiting:
            module, name, must = want.guard or ("", "", True)
            value = self._value(module, name)
            if value is None and not last:
                self._waiting.append(want)
            elif isinstance(value, bool) and value is not must:
                if not want.tentative:
                    self._growing.edge(want.edge(want.name, ImportKind.UNREACHABLE, f"{module}.{name} is {value}"))
            else:
                yield want

    def _value(self, module: str, name: str) -> bool | str | None:
        """What the constant holds; "" when it is none, None when that is not known yet."""
        for _ in range(_HOPS):
            if module not in self._packages:
                return None
            value = self._constants.get(module, {}).get(name, "")
            if not isinstance(value, list):
                return bool(value) if isinstance(value, bool) else ""
            level, origin, name = value
            base = absolute(self._packages[module], level, origin) if level else origin
            if base is None:
                return ""
            module = base
        return ""

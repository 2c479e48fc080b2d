"""What the interpreter needs to start, but the program itself never imports: its functions' imports wait until somebody does.

`io`, `codecs` and their like are in every program.  Their functions import `warnings`, and by it a hundred modules more, for
calls that only a program makes that has imported them.  So a module that is there for the interpreter's sake alone is dormant:
what it imports when it is loaded is followed (and dormant too), what its functions import is withheld.  An import by any other
module wakes it, and all that it imports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pybuild.graph.model import ImportKind
from pybuild.graph.wants import Want


class Dormant:
    """Which modules are dormant, and the imports they wait for.

    `calls`: modules whose functions the interpreter calls → what these need not import for it.
    """

    def __init__(self, calls: Mapping[str, tuple[str, ...]]) -> None:
        self._calls = calls
        self._asleep: dict[str, list[str]] = {}  # module → what it imports
        self._awake: set[str] = set()
        self._withheld: dict[str, list[Want]] = {}
        self._release: list[Want] = []

    def withholds(self, want: Want) -> bool:
        """Whether the import waits for its importer to be woken."""
        if not want.in_function or want.importer not in self._asleep:
            return False
        without = self._calls.get(want.importer)
        if without is not None and want.name not in without:
            return False
        self._withheld.setdefault(want.importer, []).append(want)
        return True

    def imported(self, want: Want, name: str) -> None:
        """Take note of an import that is followed."""
        asleep = want.kind is ImportKind.ESSENTIAL or want.importer in self._asleep
        if want.importer in self._asleep:
            self._asleep[want.importer].append(name)
        if not asleep:
            self._wake(name)
        elif name not in self._awake:
            self._asleep.setdefault(name, [])

    def _wake(self, name: str) -> None:
        waiting = [name]
        while waiting:
            name = waiting.pop()
            if name not in self._awake:
                self._awake.add(name)
                waiting.extend(self._asleep.pop(name, ()))
                self._release.extend(self._withheld.pop(name, ()))

    def released(self) -> Iterator[Want]:
        """Imports that need wait no longer."""
        released, self._release = self._release, []
        yield from released

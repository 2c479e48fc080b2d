"""What the compiler reads of a record: frozen values, made from the file's JSON when a function is asked for.

Goes in: the merged JSON of records (`docs/record.md` describes it).  Comes out: `Hints`, which finds the `FunctionRecord` of a function by
module, qualified name and content hash.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pybuild.cache import digest
from pybuild.errors import Diagnostic

INT_SIZES = ("small", "i64", "big")  # below 2**30, below 2**63 in magnitude, larger
OTHER = "*"  # the classes that were seen when too many were


@dataclass(frozen=True)
class TypeCounts:
    """How often each exact class was seen at one place.

    A class is its qualified name, with its module before a colon unless that is builtins: `int`, `acme.shapes:Point`.  `ints` are the
    sizes of the exact ints among them.
    """

    classes: Mapping[str, int] = field(default_factory=dict)
    ints: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All sightings."""
        return sum(self.classes.values())

    def dominant(self, share: float = 0.99) -> str | None:
        """The class that at least `share` of the sightings were of, or None."""
        name = max(self.classes, key=lambda one: self.classes[one], default=OTHER)
        return name if name != OTHER and self.classes[name] >= share * self.total else None

    @property
    def largest_int(self) -> str | None:
        """The size that all exact ints had at most, one of INT_SIZES; None when there were none."""
        return next((size for size in reversed(INT_SIZES) if self.ints.get(size)), None)


@dataclass(frozen=True)
class SiteRecord:
    """One instruction.  `operands` lie in the order of the stack, bottom first; those of CALL are the arguments (self first)."""

    opcode: str
    count: int  # how often it was watched; 0 when only its specialisation is known
    operands: tuple[TypeCounts, ...] = ()
    result: TypeCounts = TypeCounts()
    callees: Mapping[str, int] = field(default_factory=dict)  # "function acme.cli:main", "class acme:Point", "method list.append" ...
    specialised: Mapping[str, int] = field(default_factory=dict)  # opcode → how often it stood there when one looked
    taken: int = 0  # of conditional jumps

    @property
    def receivers(self) -> TypeCounts:
        """The classes of the object whose attribute, item or iterator the instruction uses."""
        position = _RECEIVERS.get(self.opcode)
        return self.operands[position] if position is not None and position < len(self.operands) else TypeCounts()


_RECEIVERS = {
    **dict.fromkeys(("LOAD_ATTR", "LOAD_METHOD", "DELETE_ATTR", "BINARY_SUBSCR", "DELETE_SUBSCR", "GET_ITER", "FOR_ITER", "CALL"), 0),
    **dict.fromkeys(("STORE_ATTR", "STORE_SUBSCR", "CONTAINS_OP"), 1),
}


@dataclass(frozen=True)
class LoopRecord:
    """A loop while it was watched: arrivals at its header from above, and by backward jumps."""

    entries: int
    iterations: int

    @property
    def trips(self) -> float:
        """Backward jumps an entry, on average."""
        return self.iterations / max(1, self.entries)


@dataclass(frozen=True)
class NativeRun:
    """A function in native runs: how often it was entered, and loop iterations natively and after it had gone on in the interpreter."""

    calls: int
    iterations: int
    interpreted: int


_MANY_WRONG = 8  # guesses at one place
_WRONG_SHARE = 0.01  # of the calls: leaving costs as much as some hundred operations on objects


@dataclass(frozen=True)
class FunctionRecord:
    """One function.  Calls, arguments, returns and yields are counted at every call, sites and loops in those that were watched."""

    module: str
    qualname: str
    line: int
    content_hash: str
    first_party: bool
    calls: int
    resumptions: int  # of a generator or coroutine
    watched: int
    ticks: int  # sightings by a clock of 1 kHz
    arguments: tuple[TypeCounts, ...]  # in the order of co_varnames
    returns: TypeCounts
    yields: TypeCounts
    sites: Mapping[int, SiteRecord]  # by offset in bytes
    loops: Mapping[int, LoopRecord]  # by the header's offset in bytes
    native: NativeRun | None = None  # what native runs of it did
    left: Mapping[int, int] = field(default_factory=dict)  # wrong guesses of native runs, by offset in bytes

    def left_often(self, offset: int) -> bool:
        """Whether guesses at an instruction were wrong so often that none is better."""
        wrong = self.left.get(offset, 0)
        if not wrong or self.native is None:
            return False
        many = wrong >= _MANY_WRONG and wrong >= _WRONG_SHARE * self.native.calls
        return many or self.native.interpreted > self.native.iterations


def type_counts(raw: Mapping[str, int]) -> TypeCounts:
    """From the file's table, in which `int small` is an int below 2**30."""
    classes: dict[str, int] = {}
    ints: dict[str, int] = {}
    for word, count in raw.items():
        name, _, size = word.partition(" ")
        classes[name] = classes.get(name, 0) + count
        if size:
            ints[size] = ints.get(size, 0) + count
    return TypeCounts(classes, ints)


def _site(raw: Mapping[str, Any]) -> SiteRecord:
    return SiteRecord(
        raw["opcode"],
        raw["count"],
        tuple(map(type_counts, raw.get("operands", ()))),
        type_counts(raw.get("result", {})),
        raw.get("callees", {}),
        raw.get("specialised", {}),
        raw.get("taken", 0),
    )


def function_record(raw: Mapping[str, Any]) -> FunctionRecord:
    """From the file's entry."""
    return FunctionRecord(
        module=raw["module"],
        qualname=raw["qualname"],
        line=raw["line"],
        content_hash=raw["hash"],
        first_party=raw["first-party"],
        calls=raw["calls"],
        resumptions=raw["resumptions"],
        watched=raw["watched"],
        ticks=raw["ticks"],
        arguments=tuple(map(type_counts, raw.get("arguments", {}).values())),
        returns=type_counts(raw.get("returns", {})),
        yields=type_counts(raw.get("yields", {})),
        sites={int(offset): _site(site) for offset, site in raw.get("sites", {}).items()},
        loops={int(offset): LoopRecord(loop["entries"], loop["iterations"]) for offset, loop in raw.get("loops", {}).items()},
        native=NativeRun(**raw["native"]) if "native" in raw else None,
        left={int(offset): count for offset, count in raw.get("left", {}).items()},
    )


@dataclass(frozen=True)
class Hints:
    """The merged records of a build; `document` is their JSON, None without any."""

    document: Mapping[str, Any] | None = None

    def __bool__(self) -> bool:
        return self.document is not None

    @cached_property
    def _entries(self) -> Mapping[str, Mapping[tuple[str, str], list[Mapping[str, Any]]]]:
        """Module → (qualified name, content hash) → entries, one a line of the source."""
        found: dict[str, dict[tuple[str, str], list[Mapping[str, Any]]]] = {}
        for entry in (self.document or {}).get("functions", ()):
            found.setdefault(entry["module"], {}).setdefault((entry["qualname"], entry["hash"]), []).append(entry)
        return found

    def function(self, module: str, qualname: str, content_hash: str, line: int = 0) -> FunctionRecord | None:
        """The record of a function, or None.

        Where several functions are alike in name and content (lambdas), the one on `line` is meant, else all of them together.
        """
        entries = self._entries.get(module, {}).get((qualname, content_hash), ())
        if not entries:
            return None
        there = next((entry for entry in entries if entry["line"] == line), None)
        if there is not None or len(entries) == 1:
            return function_record(there or entries[0])
        from functools import reduce

        from pybuild.worker.recorder_document import add

        return function_record(reduce(add, entries))

    def only(self, module: str) -> Hints:
        """The records of `module` alone; without any, none of a record that there is."""
        if self.document is None:
            return self
        return Hints({"functions": [entry for entries in self._entries.get(module, {}).values() for entry in entries]})

    def recorded(self, module: str) -> frozenset[tuple[str, str]]:
        """Qualified name and content hash of each recorded function of `module`."""
        return frozenset(self._entries.get(module, {}))

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules with recorded functions, sorted."""
        return tuple(sorted(self._entries))

    @property
    def own_modules(self) -> tuple[str, ...]:
        """Those of them that were the recorded program's own, sorted."""
        found = {name for name, functions in self._entries.items() for one in functions.values() if any(e["first-party"] for e in one)}
        return tuple(sorted(found))

    @property
    def imported(self) -> Mapping[str, tuple[str, ...]]:
        """Module → the modules that were seen to import it first."""
        return {name: tuple(importers) for name, importers in (self.document or {}).get("modules", {}).items()}

    def digest(self, module: str, functions: Iterable[tuple[str, str]] | None = None) -> str:
        """Of the records of `module` (or of those of its `functions`: qualified name, content hash), for cache keys; "" without any."""
        entries = self._entries.get(module, {})
        chosen = sorted(entries if functions is None else set(functions) & set(entries))
        if not chosen:
            return ""
        return digest(*(json.dumps(entry, sort_keys=True) for key in chosen for entry in entries[key]))

    def stale(self, functions: Mapping[str, Iterable[tuple[str, str]]]) -> Diagnostic | None:
        """One warning that counts the records of other sources: `functions` are those that the program has, by module."""
        lost = {module: self.recorded(module) - frozenset(present) for module, present in functions.items()}
        count = sum(map(len, lost.values()))
        if count == 0:
            return None
        total = sum(len(self.recorded(module)) for module in functions)
        names = [f"{module}: {qualname}" for module in sorted(lost) for qualname, _ in sorted(lost[module])]
        shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
        return Diagnostic(
            f"{count} of {total} recorded functions are not in the program as they were recorded, and their records are ignored: {shown}",
            hint="their source has changed since: record again with `pybuild record`",
            severity="warning",
            code="hints-stale",
        )

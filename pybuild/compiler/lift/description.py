"""The compiler's view of a code object: what a worker of the target interpreter wrote down (`pybuild/worker/describing.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OPTIMIZED, VARARGS, VARKEYWORDS, GENERATOR = 0x1, 0x4, 0x8, 0x20 | 0x80 | 0x100 | 0x200


@dataclass(frozen=True, slots=True)
class Unit:
    """One instruction: the number of its code unit, its name, its whole argument, and the unit where its EXTENDED_ARGs start."""

    at: int
    name: str
    arg: int
    start: int


@dataclass(frozen=True, slots=True)
class Protected:
    """An entry of the exception table: units [start, end) lead to `target` with `depth` values left on the stack."""

    start: int
    end: int
    target: int
    depth: int
    lasti: bool


@dataclass(frozen=True)
class Code:
    """A code object.  `constants` are pairs of kind and value, `index` its number among the module's code objects."""

    index: int
    name: str
    qualname: str
    line: int
    arguments: int
    positional: int
    keyword: int
    flags: int
    stack: int
    variables: tuple[str, ...]
    cells: tuple[str, ...]
    free: tuple[str, ...]
    names: tuple[str, ...]
    constants: tuple[tuple[str, Any], ...]
    units: tuple[Unit, ...]
    lines: tuple[tuple[int, int], ...]
    exceptions: tuple[Protected, ...]
    digest: str

    @property
    def slots(self) -> int:
        """How many slots the frame has for variables."""
        return len(self.variables)

    @property
    def parameters(self) -> int:
        """How many slots the arguments fill, `*args` and `**kwargs` included."""
        return self.arguments + self.keyword + bool(self.flags & VARARGS) + bool(self.flags & VARKEYWORDS)

    @property
    def is_function(self) -> bool:
        """A function's body, no module's or class's."""
        return bool(self.flags & OPTIMIZED)

    @property
    def is_generator(self) -> bool:
        """A generator, a coroutine or an asynchronous generator."""
        return bool(self.flags & GENERATOR)

    def line_of(self, at: int) -> int:
        """The source line of unit `at`."""
        line = self.line
        for start, number in self.lines:
            if start > at:
                break
            line = number
        return line


def read(index: int, data: Mapping[str, Any]) -> Code:
    """A `Code` from what the worker sent."""
    return Code(
        index=index,
        name=data["name"],
        qualname=data["qualname"],
        line=data["line"],
        arguments=data["arguments"],
        positional=data["positional"],
        keyword=data["keyword"],
        flags=data["flags"],
        stack=data["stack"],
        variables=tuple(data["variables"]),
        cells=tuple(data["cells"]),
        free=tuple(data["free"]),
        names=tuple(data["names"]),
        constants=tuple((kind, value) for kind, value in data["constants"]),
        units=_units(data["units"]),
        lines=tuple((at, line) for at, line in data["lines"]),
        exceptions=tuple(Protected(*entry) for entry in data["exceptions"]),
        digest=data["digest"],
    )


def _units(data: list[tuple[int, str, int]]) -> tuple[Unit, ...]:
    found: list[Unit] = []
    start = -1
    for at, name, arg in data:
        if name == "EXTENDED_ARG":
            start = at if start < 0 else start
        elif name != "CACHE":
            found.append(Unit(at, name, arg, at if start < 0 else start))
            start = -1
    return tuple(found)

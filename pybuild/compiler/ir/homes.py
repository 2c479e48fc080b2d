"""What each local's home, the frame's slot, holds: followed through a function, and compared with what states and blocks say.

A home is empty while its local is unbound, or a number.  Goes in: a function of sound form.  Comes out: what the homes hold at the start of
each block and as operations go by, and where the function says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, Value
from pybuild.compiler.ir.ops import declaration

_ALIASES = frozenset({"check_bound"})
EMPTY = Value(-1)  # a home that was cleared
Home = Value | None  # None: whatever it holds
HomesThere = list[Home]


def root(value: Value) -> Value:
    """The value that `value` is another name of."""
    while value.op is not None and value.op.name in _ALIASES and value in value.op.results:
        value = value.op.args[0]
    return value


class Homes:
    """The homes of one function."""

    def __init__(self, function: Function) -> None:
        self.function = function
        self.slots = function.code.slots

    def at_start(self, block: Block) -> HomesThere:
        """What the homes hold when `block` begins, as it says itself."""
        if block is self.function.entry:
            return [EMPTY] * self.slots
        return [None if value is None else value for value in block.entry_locals] or [None] * self.slots

    def step(self, homes: HomesThere, op: Op) -> None:
        """What `op` does to them."""
        if op.name in ("argument", "load_home", "add_to_local"):
            homes[op.attrs["i"]] = op.result
        elif op.name == "store_local":
            homes[op.attrs["i"]] = op.args[0]
        elif op.name == "clear_local":
            homes[op.attrs["i"]] = EMPTY
        elif op.name == "bring_home":
            homes[op.attrs["i"]] = None

    def faults(self) -> Iterator[str]:
        """Where states, stores or edges do not agree with what happens."""
        for block in self.function.blocks:
            if block.entry_locals and len(block.entry_locals) != self.slots:
                yield f"{block}: it begins with {len(block.entry_locals)} locals of {self.slots}"
                return
            homes = self.at_start(block)
            for op in block.ops:
                yield from (f"{block}: {op.name} {fault}" for fault in self._op(homes, op))
                self.step(homes, op)
            for edge in block.ops[-1].edges:
                yield from (f"{block}: on the way to {edge.block} {fault}" for fault in self._edge(homes, edge))

    def _name(self, i: int) -> str:
        return self.function.code.variables[i] if i < len(self.function.code.variables) else str(i)

    def _op(self, homes: HomesThere, op: Op) -> Iterator[str]:
        kind = declaration(op.name)
        if op.state is not None and op.state.locals and (kind.leaves or kind.raises or kind.runs or op.name == "return"):
            if len(op.state.locals) != self.slots:
                yield f"has a state of {len(op.state.locals)} locals of {self.slots}"
                return
            for i, (said, there) in enumerate(zip(op.state.locals, homes, strict=True)):
                if not _agree(said, there):
                    yield f"says {_text(said)} is in {self._name(i)}, which holds {_text(there)}"
        if op.name in ("store_local", "clear_local"):
            old: Value | None = op.attrs.get("old")
            there = homes[op.attrs["i"]]
            if old is not None and not _replaces(old, there):
                yield f"replaces {_text(old)} in {self._name(op.attrs['i'])}, which holds {_text(there)}"
            if old is None and there is not None and there.rep != OBJECT and op.name == "store_local" and op.args[0].rep != OBJECT:
                yield f"replaces something unknown in {self._name(op.attrs['i'])}, which holds {_text(there)}"

    def _edge(self, homes: HomesThere, edge: Edge) -> Iterator[str]:
        becomes = dict(zip(edge.block.params, edge.args, strict=True))
        wanted: tuple[Home, ...] = edge.block.entry_locals or (None,) * self.slots
        for i, (value, there) in enumerate(zip(wanted, homes, strict=True)):
            expected = becomes.get(value, value) if value is not None else None
            if value is None:
                if there is not None and there.rep != OBJECT:
                    yield f"{self._name(i)} is not brought home: it is {_text(there)}"
            elif not _agree(expected, there):
                yield f"{self._name(i)} should hold {_text(expected)}, and holds {_text(there)}"


def _agree(said: Home, there: Home) -> bool:
    """Whether a home that holds `there` may be said to hold `said`."""
    if said is None:
        return there is None or there.rep == OBJECT
    if there is None:
        return said.rep == OBJECT
    if said.rep != OBJECT:
        # the home of a number is empty; of one that may not be there, too
        return there is said or there is EMPTY or (there.rep == OBJECT and there.type.absent)
    if said.type.absent:
        return there is EMPTY or there.type.absent
    if there is EMPTY or there.type.absent:
        return False
    return root(said) is root(there)


def _replaces(old: Value, there: Home) -> bool:
    """Whether a store may rely on `old` where `there` is."""
    if old.type.absent and old.rep == OBJECT:
        return there is EMPTY or (there is not None and (there.type.absent or there.rep != OBJECT))
    if there is None:
        return True
    if old.rep != OBJECT:
        return there.rep != OBJECT or there is EMPTY or there.type.absent
    if there is EMPTY or there.type.absent or there.rep != OBJECT:
        return old.type.nullable
    return True


def _text(value: Home) -> str:
    if value is None:
        return "anything"
    return "nothing" if value is EMPTY or value.type.absent else f"{value}" + (f" ({value.rep})" if value.rep != OBJECT else "")

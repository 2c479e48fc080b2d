"""Values, operations, blocks and functions.

A `Value` is defined once: as a block's parameter or as an operation's result.  A `Block` ends in one control operation, whose `edges`
name successors and what their parameters become.  A raising operation inside a protected range has a `handler` edge as well.
Ownership of references is not part of the IR until the reference counting pass writes it down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pybuild.compiler.ir.types import ANY, Type

OBJECT, INTEGER, DOUBLE, TRUTH = "O", "i", "d", "b"  # representations: PyObject *, int64_t, double, int (0 or 1)


class Value:
    """An SSA value: `rep` says how the C has it, `type` what is known of the object it stands for."""

    __slots__ = ("bound", "home", "id", "op", "rep", "type")

    def __init__(self, number: int, rep: str = OBJECT, type: Type = ANY, home: int = -1) -> None:
        self.id = number
        self.rep = rep
        self.type = type
        self.home = home  # of a block's parameter: the local whose content it is, -1 for one of the stack
        self.op: Op | None = None  # what defines it, None for a parameter
        self.bound: Value | None = None  # of a number that a local holds: whether it does (a truth value), None: it does

    def __repr__(self) -> str:
        return f"v{self.id}"


@dataclass(slots=True, eq=False)
class State:
    """Where the interpreter would be: about to run the code unit `at`, with these values on its stack and in its locals.

    `locals[i]` is None where the home (the frame's slot) is all that is known: cells, and locals at the start of handlers.
    """

    at: int
    stack: tuple[Value, ...]
    locals: tuple[Value | None, ...]


@dataclass(slots=True, eq=False)
class Edge:
    """To `block`, whose parameters become `args`."""

    block: Block
    args: list[Value] = field(default_factory=list)
    # written by the reference counting pass: what is taken and dropped on the way
    increfs: list[Value] = field(default_factory=list)
    decrefs: list[Value] = field(default_factory=list)
    # written by the unboxing pass: operations on the way
    ops: list[Op] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Handler:
    """Where an exception goes: the handler's block, the values of the stack that stay, and whether the unit's number is pushed."""

    block: Block
    stack: tuple[Value, ...]
    lasti: bool


@dataclass(slots=True, eq=False)
class Op:
    """One operation; its meaning is the declaration of that name in `ops.py`."""

    name: str
    args: list[Value]
    results: list[Value]
    attrs: dict[str, Any]
    state: State | None = None
    handler: Handler | None = None
    edges: list[Edge] = field(default_factory=list)
    # written by the reference counting pass: arguments to incref before, values to drop after it, and owned temporaries to drop if it
    # raises
    take: list[Value] = field(default_factory=list)
    drop: list[Value] = field(default_factory=list)
    cleanup: list[Value] = field(default_factory=list)
    held: list[Value] = field(default_factory=list)  # owned temporaries when the operation leaves

    @property
    def result(self) -> Value:
        """The only result."""
        return self.results[0]


class Block:
    """A basic block."""

    __slots__ = ("at", "cold", "entry_locals", "entry_stack", "id", "is_handler", "loop", "ops", "params")

    def __init__(self, number: int) -> None:
        self.id = number
        self.params: list[Value] = []
        self.ops: list[Op] = []
        self.loop = 0  # how many loops it is in
        self.cold = False
        self.is_handler = False
        self.at = 0
        self.entry_locals: tuple[Value | None, ...] = ()
        self.entry_stack: tuple[Value, ...] = ()

    @property
    def end(self) -> Op:
        """The control operation."""
        return self.ops[-1]

    def __repr__(self) -> str:
        return f"B{self.id}"


class Function:
    """A code object's body.  `code` is its description; `params` the arguments in the order of the frame's slots."""

    def __init__(self, code: Any) -> None:
        self.code = code
        self.blocks: list[Block] = []
        self.params: list[Value] = []
        self.next_value = 0
        self.notes: dict[str, Any] = {}

    def value(self, rep: str = OBJECT, type: Type = ANY, home: int = -1) -> Value:
        """A new value."""
        self.next_value += 1
        return Value(self.next_value - 1, rep, type, home)

    def op(self, name: str, args: list[Value], results: list[Value] | None = None, state: State | None = None, **attrs: Any) -> Op:
        """A new operation, which defines `results`."""
        made = Op(name, args, results or [], attrs, state)
        for result in made.results:
            result.op = made
        return made

    def ops(self) -> Iterator[Op]:
        """All operations, block by block."""
        for block in self.blocks:
            yield from block.ops

    @property
    def entry(self) -> Block:
        """The first block."""
        return self.blocks[0]


def edges(block: Block) -> Iterator[Edge]:
    """The ordinary edges out of `block`."""
    if block.ops:
        yield from block.ops[-1].edges


def successors(block: Block) -> Iterator[Block]:
    """Every block that can follow, handlers included, each once."""
    seen = set()
    for op in block.ops:
        if op.handler is not None and op.handler.block not in seen:
            seen.add(op.handler.block)
            yield op.handler.block
        for edge in op.edges:
            if edge.block not in seen:
                seen.add(edge.block)
                yield edge.block


def replace_values(function: Function, old_to_new: dict[Value, Value]) -> None:
    """Let every use of a key be a use of its value (chains are followed)."""

    def find(value: Value) -> Value:
        while value in old_to_new:
            value = old_to_new[value]
        return value

    def find_all(values: tuple[Value, ...]) -> tuple[Value, ...]:
        return tuple(find(value) for value in values)

    states: set[int] = set()
    for block in function.blocks:
        block.entry_locals = tuple(find(value) if value is not None else None for value in block.entry_locals)
        block.entry_stack = find_all(block.entry_stack)
        for op in block.ops:
            op.args = [find(value) for value in op.args]
            if op.attrs.get("old") is not None:
                op.attrs["old"] = find(op.attrs["old"])
            if op.state is not None and id(op.state) not in states:
                states.add(id(op.state))
                op.state.stack = find_all(op.state.stack)
                op.state.locals = tuple(find(value) if value is not None else None for value in op.state.locals)
                for value in op.state.stack:
                    if value.rep == "R" and value.op is not None:  # made where the interpreter takes over: no block has its operation
                        value.op.args = [find(arg) for arg in value.op.args]
                for local in op.state.locals:
                    if local is not None and local.bound is not None:
                        local.bound = find(local.bound)
            if op.handler is not None:
                op.handler.stack = find_all(op.handler.stack)
            for edge in op.edges:
                edge.args = [find(value) for value in edge.args]

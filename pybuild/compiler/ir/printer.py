"""A function as text: what people read, tests compare, and `parser.py` reads back.

Goes in: a function after any pass.  Comes out: lines such as

    function f(a, b) line 1 code 1
      slots a b
    B1(v4: int @a, v5: i/int @b bound v6): at 4 loop 1 entry [] {a=v4 b=v5}
        v7: i = i_add v3, v5 at=6
            state 6 [v1] {a=v4}
            catch B3 [v1] lasti
            take v1; drop v2; cleanup v3; held v4
            -> B2(v7) take v1 drop v2

A value is `v` and its number (its C variable's, too; with `fresh` they are counted anew), where it is defined followed by representation
and type: nothing for any object, `int` for an object of that class, `any?` for one that may be NULL, `i/int` for a number.  A local is
named after its variable.  What is referred to but in no block (the iterator of a counted range, a state's value whose operation was of no
use) follows after `elsewhere`.  Lines that begin with `;` are remarks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, State, Value
from pybuild.compiler.ir.ops import declaration
from pybuild.compiler.ir.types import ANY, Type

ALL, NEEDED = "all", "needed"


def print_function(function: Function, *, states: str = ALL, fresh: bool = False, source: Sequence[str] = ()) -> str:
    """The text of `function`.

    `states`: ALL, or NEEDED: only what leaving there, or looking at the frame, would read.  With `source`, the module's lines, each line's
    operations begin with it as a remark.
    """
    return "\n".join(_Printer(function, states, fresh, source).lines()) + "\n"


class _Printer:
    def __init__(self, function: Function, states: str, fresh: bool, source: Sequence[str]) -> None:
        self.function = function
        self.states = states
        self.source = source
        self.line = 0
        variables = function.code.variables
        self.slots = [name if variables.count(name) == 1 else str(i) for i, name in enumerate(variables)]
        self.elsewhere = _elsewhere(function) if states == ALL else _virtual(function)
        self.numbers: dict[Value, int] = {}
        if fresh:
            for value in (*_defined(function), *self.elsewhere):
                self.numbers[value] = len(self.numbers)

    def lines(self) -> Iterator[str]:
        code = self.function.code
        yield f"function {code.qualname}({', '.join(self.slots[: code.parameters])}) line {code.line} code {code.index}"
        if self.slots:
            yield f"  slots {' '.join(self.slots)}"
        for block in self.function.blocks:
            yield self._head(block)
            for op in block.ops:
                yield from self._op(op)
        if self.elsewhere:
            yield "elsewhere"
            for value in self.elsewhere:
                yield "    " + self._definition(value) + self._made_by(value)

    def _head(self, block: Block) -> str:
        text = f"B{block.id}({', '.join(map(self._definition, block.params))}): at {block.at}"
        if block.loop:
            text += f" loop {block.loop}"
        text += " cold" * block.cold + " handler" * block.is_handler
        if self.states != ALL:
            return text
        return f"{text} entry {self._stack(block.entry_stack)}{self._locals(block.entry_locals)}"

    def _op(self, op: Op, indent: str = "    ") -> Iterator[str]:
        if self.source and "at" in op.attrs:
            line = self.function.code.line_of(op.attrs["at"])
            if line != self.line and 0 < line <= len(self.source):
                self.line = line
                yield f"{indent}; {line}: {self.source[line - 1].strip()}"
        yield indent + self._text(op)
        inner = indent + "    "
        state = self._state(op)
        if state:
            yield inner + state
        if op.handler is not None:
            yield f"{inner}catch B{op.handler.block.id} {self._stack(op.handler.stack)}{' lasti' * op.handler.lasti}"
        counts = [f"{word} {self._values(values)}" for word, values in _counts(op) if values]
        if counts:
            yield inner + "; ".join(counts).removeprefix("; ")
        for edge in op.edges:
            yield inner + self._edge(edge)
            for other in edge.ops:
                yield from self._op(other, inner + "    ")

    def _text(self, op: Op) -> str:
        parts = [op.name]
        if op.args:
            parts.append(self._values(op.args))
        parts += [f"{key}={self._attribute(value)}" for key, value in op.attrs.items()]
        results = ", ".join(map(self._definition, op.results))
        return f"{results} = {' '.join(parts)}" if results else " ".join(parts)

    def _state(self, op: Op) -> str:
        state = op.state
        if state is None:
            return ""
        if self.states == ALL:
            return f"state {state.at} {self._stack(state.stack)}{self._locals(state.locals)}"
        numbers = State(state.at, (), tuple(v if v is not None and v.rep != OBJECT else None for v in state.locals))
        kind = declaration(op.name)
        if kind.leaves:
            return f"state {state.at} {self._stack(state.stack)}{self._locals(numbers.locals)}"
        if (kind.raises or kind.runs) and any(numbers.locals):
            return f"state {state.at}{self._locals(numbers.locals)}"
        return ""

    def _edge(self, edge: Edge) -> str:
        text = f"-> B{edge.block.id}({self._values(edge.args)})"
        if edge.increfs:
            text += f" take {self._values(edge.increfs)}"
        return text + (f" drop {self._values(edge.decrefs)}" if edge.decrefs else "")

    # ------------------------------------------------------------------ values

    def _name(self, value: Value) -> str:
        return f"v{self.numbers.get(value, value.id)}"

    def _values(self, values: Iterable[Value]) -> str:
        return ", ".join(map(self._name, values))

    def _stack(self, values: Iterable[Value]) -> str:
        return f"[{self._values(values)}]"

    def _locals(self, values: Sequence[Value | None]) -> str:
        """Nothing for locals of which nothing is said, braces for those of which some may be."""
        if not values:
            return ""
        return " {" + " ".join(f"{self.slots[i]}={self._name(value)}" for i, value in enumerate(values) if value is not None) + "}"

    def _definition(self, value: Value) -> str:
        text = self._name(value)
        if value.rep != OBJECT:
            text += f": {value.rep}" + (f"/{type_text(value.type)}" if value.type != ANY else "")
        elif value.type != ANY:
            text += f": {type_text(value.type)}"
        if value.home >= 0:
            text += f" @{self.slots[value.home]}"
        return text + (f" bound {self._name(value.bound)}" if value.bound is not None else "")

    def _made_by(self, value: Value) -> str:
        """The operation of a value that is in no block, where something follows from it."""
        op = value.op
        if op is None or (value.rep != "R" and (op.args or value not in op.results)):
            return ""
        return self._text(Op(op.name, op.args, [], op.attrs)).join((" = ", ""))

    def _attribute(self, value: Any) -> str:
        if isinstance(value, Value):
            return self._name(value)
        if isinstance(value, frozenset):
            return "{" + self._values(sorted(value, key=lambda v: v.id)) + "}"
        if isinstance(value, tuple):
            return "(" + ", ".join(map(self._attribute, value)) + ")"
        if isinstance(value, list):
            return "[" + ", ".join(map(self._attribute, value)) + "]"
        return json.dumps(value)


def type_text(kind: Type) -> str:
    """A type as the parser reads it."""
    return f"{kind}#{kind.recorded}" if kind.recorded >= 0 else str(kind)


def _counts(op: Op) -> tuple[tuple[str, list[Value]], ...]:
    return (("take", op.take), ("drop", op.drop), ("cleanup", op.cleanup), ("held", op.held))


def _defined(function: Function) -> Iterator[Value]:
    """Every value that a block defines, in the order of the text."""
    for block in function.blocks:
        yield from block.params
        for op in block.ops:
            yield from op.results
            for edge in op.edges:
                for other in edge.ops:
                    yield from other.results


def _virtual(function: Function) -> list[Value]:
    """The values that are made only where the interpreter takes over."""
    found: dict[Value, None] = {}
    for op in function.ops():
        if op.state is not None and declaration(op.name).leaves:
            found.update((value, None) for value in op.state.stack if value.rep == "R")
    return list(found)


def _elsewhere(function: Function) -> list[Value]:
    """The values that are referred to and defined in no block, in the order in which they are met."""
    defined = set(_defined(function))
    found: dict[Value, None] = {}

    def meet(value: Any) -> None:
        if isinstance(value, Value):
            if value not in defined and value not in found:
                found[value] = None
                if value.rep == "R" and value.op is not None:
                    meet(tuple(value.op.args))
            meet(value.bound)
        elif isinstance(value, tuple | list):
            for item in value:
                meet(item)
        elif isinstance(value, frozenset):
            meet(sorted(value, key=lambda v: v.id))

    def meet_op(op: Op) -> None:
        meet((op.args, tuple(op.attrs.values()), op.take, op.drop, op.cleanup, op.held))
        if op.state is not None:
            meet((op.state.stack, op.state.locals))
        if op.handler is not None:
            meet(op.handler.stack)
        for edge in op.edges:
            meet((edge.args, edge.increfs, edge.decrefs))
            for other in edge.ops:
                meet_op(other)

    for block in function.blocks:
        meet((block.entry_stack, block.entry_locals, block.params))
        for op in block.ops:
            meet_op(op)
    return list(found)

"""What the reference counting pass wrote down, checked: every reference is released or handed on exactly once on every path.

Goes in: a function after that pass, of sound form otherwise.  Comes out: what is wrong, a line each.  The function is run abstractly, a
block at a time: how many references of its own the code holds to each object, through takes, steals, drops, edges, handlers, leaving and
returning.  What a block begins with is what the first edge there brings; every other one must bring the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pybuild.compiler.ir.homes import Homes, HomesThere, root
from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, Value
from pybuild.compiler.ir.ops import Declaration, declaration


def verify_ownership(function: Function) -> list[str]:
    """What is wrong with the references in `function`."""
    return list(_Owners(function).run())


def _is_object(value: Value) -> bool:
    """Whether references to `value` are counted: no number and no NULL."""
    return value.rep == OBJECT and not value.type.absent


def _is_stable(value: Value) -> bool:
    """Whether the object of `value` is always there."""
    return value.op is not None and declaration(value.op.name).result == "stable"


def _is_lent(value: Value) -> bool:
    """Whether `value` belongs to a container or namespace, until other code runs."""
    return value.op is not None and value.op.name.startswith("borrow_") and value is value.op.results[0]


class _Owners:
    def __init__(self, function: Function) -> None:
        self.function = function
        self.homes = Homes(function)
        self.owned: Counter[Value] = Counter()
        self.there: HomesThere = []
        self.starts: dict[Block, Counter[Value]] = {function.entry: Counter()}
        self.lent: set[Value] = set()
        self.pending = [function.entry]

    def run(self) -> Iterator[str]:
        done: set[Block] = set()
        while self.pending:
            block = self.pending.pop()
            if block in done:
                continue
            done.add(block)
            self.owned = Counter(self.starts[block])
            self.there = self.homes.at_start(block)
            self.lent = set()
            for op in block.ops:
                for fault in self._op(op):
                    yield f"{block}: {op.name} {fault}"

    # ------------------------------------------------------------------ counting

    def _take(self, values: Iterable[Value], owned: Counter[Value]) -> Iterator[str]:
        for value in values:
            if not _is_object(value):
                yield f"takes {value}, which is no object"
                continue
            if not self._is_valid(value, owned):
                yield f"takes {value}, to which there is no reference"
            owned[root(value)] += 1

    def _release(self, values: Iterable[Value], owned: Counter[Value], verb: str) -> Iterator[str]:
        for value in values:
            if not _is_object(value):
                continue
            key = root(value)
            if owned[key] <= 0:
                yield f"{verb} {value}, of which it has no reference"
            else:
                owned[key] -= 1

    def _is_valid(self, value: Value, owned: Counter[Value]) -> bool:
        """Whether the object of `value` is alive for certain."""
        if not _is_object(value) or _is_stable(value):
            return True
        key = root(value)
        return owned[key] > 0 or key in self.lent or any(home is not None and root(home) is key for home in self.there)

    def _left(self, owned: Counter[Value], verb: str) -> Iterator[str]:
        for value, count in owned.items():
            if count > 0:
                yield f"{verb} with {count} reference{'s' * (count > 1)} to {value} left"

    # ------------------------------------------------------------------ operations

    def _op(self, op: Op) -> Iterator[str]:
        kind = declaration(op.name)
        if kind.leaves:
            yield from self._leave(op)
        yield from self._take(op.take, self.owned)
        for value in op.args:
            if not self._is_valid(value, self.owned) and op.name != "drop":
                yield f"uses {value}, to which there is no reference"
        stolen = _stolen(op, kind)
        yield from self._release(stolen, self.owned, "hands over")
        if kind.raises:
            yield from self._raise(op)
        self.homes.step(self.there, op)
        if kind.runs:
            self.lent.clear()
        if kind.result == "new":
            for value in op.results:
                if _is_lent(value):
                    self.lent.add(value)
                elif _is_object(value):
                    self.owned[value] += 1
        if kind.edges_out and op.drop:
            yield f"drops {op.drop[0]} where nothing follows"
        yield from self._release(op.drop, self.owned, "drops")
        for edge in op.edges:
            yield from self._edge(edge)
        if kind.edges_out and not op.edges and not kind.raises:
            yield from self._left(self.owned, "returns")

    def _raise(self, op: Op) -> Iterator[str]:
        owned = Counter(self.owned)
        if op.handler is None:
            yield from self._release(op.cleanup, owned, "fails and drops")
            yield from self._left(owned, "fails")
            return
        passed: set[Value] = set()
        moved = op.attrs.get("owned", ())
        params = op.handler.block.params
        for param, value in zip(params, op.handler.stack, strict=False):
            if _is_object(value) and (value in passed or value not in moved):
                yield from self._take([value], owned)
            passed.add(value)
            if value in params and value is not param and value in op.cleanup:
                yield f"drops {value} after it has become something else in {op.handler.block}"
        yield from self._release(op.handler.stack, owned, "gives its handler")
        yield from self._release(op.cleanup, owned, "fails and drops")
        for param in params:
            owned[param] += 1
        yield from self._arrive(op.handler.block, owned)

    def _leave(self, op: Op) -> Iterator[str]:
        owned = Counter(self.owned)
        assert op.state is not None
        given: set[Value] = set()
        for value in op.state.stack:
            if not _is_object(value):
                continue
            if value in op.held and value not in given:
                given.add(value)
            else:
                yield from self._take([value], owned)
        yield from self._release(op.state.stack, owned, "leaves on the stack")
        yield from self._release([value for value in op.held if value not in given], owned, "leaves and drops")
        yield from self._left(owned, "leaves")

    def _edge(self, edge: Edge) -> Iterator[str]:
        owned = Counter(self.owned)
        target = edge.block
        yield from self._take(edge.increfs, owned)
        arrived: list[Value] = []
        for param, arg in zip(target.params, edge.args, strict=True):
            if param.rep != OBJECT or param.home >= 0:
                if param.rep == OBJECT and not self._is_valid(arg, owned):
                    yield f"passes {arg} on to {target}, to which there is no reference"
                continue
            yield from self._release([arg], owned, f"passes on to {target}")
            arrived.append(param)
        moved = {param for param, arg in zip(target.params, edge.args, strict=True) if param is not arg}
        for value in edge.decrefs:
            if value in moved:
                yield f"drops {value} after it has become something else in {target}"
        yield from self._release(edge.decrefs, owned, f"drops on the way to {target}")
        for param in arrived:
            owned[param] += 1
        yield from self._arrive(target, owned)

    def _arrive(self, block: Block, owned: Counter[Value]) -> Iterator[str]:
        """`owned` is what one way to `block` brings."""
        owned = Counter({value: count for value, count in owned.items() if count > 0})
        before = self.starts.get(block)
        if before is None:
            self.starts[block] = owned
            self.pending.append(block)
            return
        for value in sorted({*before, *owned}, key=lambda v: v.id):
            if before[value] != owned[value]:
                yield f"comes to {block} with {owned[value]} references to {value}, others with {before[value]}"


def _stolen(op: Op, kind: Declaration) -> list[Value]:
    """The operands whose reference `op` takes over."""
    if kind.steals_all:
        return list(op.args)
    return [op.args[i] for i in sorted(kind.steals)]

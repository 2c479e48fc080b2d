"""References: who owns each object, and where references are taken and dropped.

Goes in: the final SSA.  Comes out: the same, every operation and edge with its `take`, `drop`, `cleanup`, `held`, `increfs` and `decrefs`.
This is done last so that no other pass need keep counts right.

A value is *owned* by the code while it holds a reference of its own, else it is *borrowed* from a local's home (the frame's slot, whose
reference lives until the local is assigned anew, as in CPython) or is a constant.  At the start of a block a value that lives in a home
there is borrowed, any other that is needed is owned; edges settle the difference.  Temporaries are dropped right after the operation that
needs them last, as the interpreter does.
"""

from __future__ import annotations

from pybuild.compiler.analysis.liveness import live_in, uses
from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, Value
from pybuild.compiler.ir.ops import Declaration, declaration


def count_references(function: Function) -> None:
    """Write down every increment and decrement."""
    live = live_in(function)
    for block in function.blocks:
        _Block(block, live).run()


def counted(value: Value) -> bool:
    """Whether `value` has references to count: no number, constant or NULL."""
    if value.rep != OBJECT or value.type.absent:
        return False
    if value.op is not None and value.op.name.startswith("borrow_") and value is value.op.results[0]:
        return False
    return value.op is None or declaration(value.op.name).result != "stable"


class _Block:
    def __init__(self, block: Block, live: dict[Block, set[Value]]) -> None:
        self.block = block
        self.live = live
        self.locals: list[Value | None] = list(block.entry_locals)
        self.owned: set[Value] = {v for v in block.params if v.home < 0 and counted(v)}
        at_home = set(block.entry_locals)
        self.owned |= {v for v in live[block] if counted(v) and v not in at_home and v not in block.params}

    def run(self) -> None:
        after = self._live_after()
        for op, needed in zip(self.block.ops, after, strict=True):
            self._op(op, needed)

    def _live_after(self) -> list[set[Value]]:
        """For each operation what is needed after it."""
        ops = self.block.ops
        found: list[set[Value]] = [set()] * len(ops)
        needed: set[Value] = set()
        for edge in ops[-1].edges:
            needed |= self.live[edge.block]
        for n in range(len(ops) - 1, -1, -1):
            found[n] = set(needed)
            needed -= set(ops[n].results)
            needed |= uses(ops[n])
            if ops[n].handler is not None:
                handler = ops[n].handler
                assert handler is not None
                needed |= self.live[handler.block]
        return found

    def _op(self, op: Op, needed: set[Value]) -> None:
        kind = declaration(op.name)
        if kind.leaves:
            op.held = self._sorted(self.owned)
        if op.name == "argument":
            while len(self.locals) <= op.attrs["i"]:
                self.locals.append(None)
            self.locals[op.attrs["i"]] = op.result
            return
        if op.name in ("store_local", "clear_local", "bring_home", "add_to_local"):
            self._store(op, needed)
        else:
            self._steal(op, kind, needed)
        if kind.raises:
            self._on_error(op)
        if op.name == "load_home" or op.name == "check_bound":
            self._set_local(op.attrs["i"], op.result)
        elif kind.result == "new":
            self.owned |= {value for value in op.results if counted(value)}
        elif kind.result == "alias" and op.args and op.args[0] in self.owned and op.name != "add_to_local":
            self.owned.discard(op.args[0])
            self.owned.add(op.result)
        if kind.edges_out:
            for edge in op.edges:
                self._edge(edge)
            return
        dead = [value for value in self.owned if value not in needed]
        op.drop = self._in_order(op, dead)
        self.owned.difference_update(dead)

    def _set_local(self, i: int, value: Value | None) -> None:
        while len(self.locals) <= i:
            self.locals.append(None)
        self.locals[i] = value

    def _store(self, op: Op, needed: set[Value]) -> None:
        """A local's home gets a value, or none: what it held is borrowed from it no longer."""
        i = op.attrs["i"]
        while len(self.locals) <= i:
            self.locals.append(None)
        old, self.locals[i] = self.locals[i], self._stored(op)
        if op.name == "store_local":
            value = op.args[0]
            if value in self.owned:
                self.owned.discard(value)
            elif value.rep == OBJECT and not value.type.absent:
                op.take.append(value)
        if old is not None and counted(old) and old in needed and old not in self.owned and old not in self.locals:
            op.take.append(old)
            self.owned.add(old)

    def _stored(self, op: Op) -> Value | None:
        return op.args[0] if op.name == "store_local" else op.results[0] if op.name == "add_to_local" else None

    def _steal(self, op: Op, kind: Declaration, needed: set[Value]) -> None:
        wanted = [arg for i, arg in enumerate(op.args) if kind.takes_over(i)]
        for n, value in enumerate(wanted):
            if value.rep != OBJECT or value.type.absent:
                continue
            again = (
                value in needed or value in wanted[n + 1 :] or any(arg is value for i, arg in enumerate(op.args) if not kind.takes_over(i))
            )
            if value in self.owned and not again:
                self.owned.discard(value)
            else:
                op.take.append(value)

    def _on_error(self, op: Op) -> None:
        """What is dropped, and taken for the handler, when `op` raises."""
        left = set(self.owned)
        if op.handler is not None:
            op.attrs["owned"] = frozenset(value for value in op.handler.stack if value in left)  # these move to the handler
            left.difference_update(op.handler.stack)
        op.cleanup = self._sorted(left)

    def _edge(self, edge: Edge) -> None:
        target = edge.block
        owned = set(self.owned)
        live = self.live[target]
        at_home = set(target.entry_locals)
        wanted = [arg for param, arg in zip(target.params, edge.args, strict=True) if param.home < 0]
        kept = {v for v in live if counted(v) and v not in at_home}
        for n, value in enumerate(wanted):
            if value.rep != OBJECT or value.type.absent:
                continue
            if value in owned and value not in kept and value not in wanted[n + 1 :]:
                owned.discard(value)
            else:
                edge.increfs.append(value)
        for value in sorted(kept, key=lambda v: v.id):
            if value not in owned and value not in target.params:
                edge.increfs.append(value)
        edge.decrefs += self._sorted(value for value in owned if value not in kept)

    def _in_order(self, op: Op, values: list[Value]) -> list[Value]:
        """Operands first to last, then the rest, later ones first."""
        operands = [value for n, value in enumerate(op.args) if value in values and value not in op.args[:n]]
        return operands + self._sorted(value for value in values if value not in operands)

    def _sorted(self, values: object) -> list[Value]:
        return sorted(values, key=lambda v: -v.id)  # type: ignore[call-overload,no-any-return]

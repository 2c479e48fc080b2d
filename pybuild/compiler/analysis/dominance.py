"""Dominators: which blocks every way to a block leads through (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm)."""

from __future__ import annotations

from pybuild.compiler.analysis.order import predecessors, reverse_postorder
from pybuild.compiler.ir.model import Block, Function


class Dominance:
    """The dominator tree of a function as it is now."""

    def __init__(self, function: Function) -> None:
        order = reverse_postorder(function)
        self._place = {block: n for n, block in enumerate(order)}
        before = predecessors(function)
        self.parent: dict[Block, Block] = {function.entry: function.entry}
        changed = True
        while changed:
            changed = False
            for block in order[1:]:
                known = [other for other in before[block] if other in self.parent]
                best = known[0]
                for other in known[1:]:
                    best = self._meet(best, other)
                if self.parent.get(block) is not best:
                    self.parent[block] = best
                    changed = True
        self._depth: dict[Block, int] = {}
        for block in order:
            self._depth[block] = 0 if block is function.entry else self._depth[self.parent[block]] + 1

    def _meet(self, a: Block, b: Block) -> Block:
        while a is not b:
            while self._place[a] > self._place[b]:
                a = self.parent[a]
            while self._place[b] > self._place[a]:
                b = self.parent[b]
        return a

    def dominates(self, a: Block, b: Block) -> bool:
        """Whether every way to `b` leads through `a` (a block dominates itself)."""
        while self._depth[b] > self._depth[a]:
            b = self.parent[b]
        return a is b

    def common(self, blocks: list[Block]) -> Block:
        """The nearest block that dominates all of `blocks`."""
        found = blocks[0]
        for block in blocks[1:]:
            found = self._meet(found, block)
        return found

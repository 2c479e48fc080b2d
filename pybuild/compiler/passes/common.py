"""Common subexpressions: an operation without effect, or a guard, whose like dominates it, is that one."""

from __future__ import annotations

from pybuild.compiler.analysis.dominance import Dominance
from pybuild.compiler.analysis.order import clean_up
from pybuild.compiler.ir.model import Block, Function, Op, Value, replace_values

_ALIKE = frozenset({"unbox_i", "unbox_d", "unbox_number", "value_d", "i_to_d", "int", "double", "is", "single"})


def share(function: Function) -> None:
    """Replace what is computed again; handlers of what has become numbers, which cannot raise, are gone before."""
    clean_up(function)
    dominance = Dominance(function)
    known: dict[tuple[object, ...], list[tuple[Block, Value]]] = {}
    replaced: dict[Value, Value] = {}
    for block in function.blocks:  # in reverse postorder: dominators come first
        kept: list[Op] = []
        for op in block.ops:
            if op.name in _ALIKE:
                args = tuple(replaced.get(arg, arg) for arg in op.args)
                key = (op.name, args, op.attrs.get("k"))
                same = next((value for other, value in known.get(key, ()) if dominance.dominates(other, block)), None)
                if same is not None:
                    replaced[op.result] = same
                    continue
                known.setdefault(key, []).append((block, op.result))
            kept.append(op)
        block.ops = kept
    replace_values(function, replaced)

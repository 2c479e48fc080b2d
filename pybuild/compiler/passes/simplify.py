"""Local simplifications: tests of what a test has made, comparisons whose result is only tested, unused operations."""

from __future__ import annotations

from pybuild.compiler.ir.model import OBJECT, Function, Op, Value, replace_values
from pybuild.compiler.ir.ops import declaration


def simplify(function: Function) -> None:
    """Simplify until nothing changes."""
    while _fold(function) | _remove_unused(function):
        pass


def _fold(function: Function) -> bool:
    uses = count_uses(function)
    replaced: dict[Value, Value] = {}
    changed = False
    for block in function.blocks:
        for op in block.ops:
            if op.name == "truth":
                source = op.args[0].op
                if source is not None and source.name == "box_b":
                    replaced[op.result] = source.args[0]
                elif source is not None and source.name == "compare" and uses[op.args[0]] == 1 and source in block.ops:
                    _test_directly(op, source)
                    changed = True
            elif op.name == "check_bound" and not op.args[0].type.nullable and not op.args[0].type.absent:
                replaced[op.result] = op.args[0]
                op.name = "removed"
            elif op.name == "call_method" and op.args[0].type.absent:
                op.name = "call"
                op.args = op.args[1:]
                changed = True
    for block in function.blocks:
        kept = [op for op in block.ops if not (op.name == "truth" and op.result in replaced) and op.name != "removed"]
        changed |= len(kept) != len(block.ops)
        block.ops = kept
    replace_values(function, replaced)
    return changed


def _test_directly(truth: Op, compare: Op) -> None:
    """`truth(compare(a, b))`, nothing else between: one operation, at the comparison's place."""
    compare.name = "compare_truth"
    result = truth.result
    result.op = compare
    compare.results = [result]
    truth.name, truth.args, truth.results, truth.handler = "removed", [], [], None


def count_uses(function: Function) -> dict[Value, int]:
    """How often each value is an operand, goes along an edge or to a handler, or would be written when an operation leaves."""
    found: dict[Value, int] = {}
    for op in function.ops():
        values = [*op.args, *(op.handler.stack if op.handler is not None else ())]
        for edge in op.edges:
            values += edge.args
        if op.state is not None and declaration(op.name).leaves:
            values += op.state.stack
        for value in values:
            found[value] = found.get(value, 0) + 1
    return found


def _remove_unused(function: Function) -> bool:
    """Operations without effect whose results nobody needs."""
    uses = count_uses(function)
    for op in function.ops():
        if op.state is not None:
            for value in op.state.locals:
                if value is not None and value.rep != OBJECT:
                    uses[value] = uses.get(value, 0) + 1
    changed = False
    for block in function.blocks:
        kept = [
            op
            for op in block.ops
            if not (op.results and declaration(op.name).removable and not any(uses.get(v) for v in op.results))
            or op.name in ("argument", "null")
        ]
        changed |= len(kept) != len(block.ops)
        block.ops = kept
    return changed

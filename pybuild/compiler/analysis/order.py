"""The order of blocks: reverse postorder, predecessors, loop nesting."""

from __future__ import annotations

from pybuild.compiler.ir.model import Block, Function, successors


def reverse_postorder(function: Function) -> list[Block]:
    """Every block that can be reached, each before those that follow it (but for loops)."""
    done: list[Block] = []
    seen = {function.entry}
    stack = [(function.entry, iter(list(successors(function.entry))))]
    while stack:
        block, following = stack[-1]
        for successor in following:
            if successor not in seen:
                seen.add(successor)
                stack.append((successor, iter(list(successors(successor)))))
                break
        else:
            done.append(block)
            stack.pop()
    done.reverse()
    return done


def predecessors(function: Function) -> dict[Block, list[Block]]:
    """For each block those that may precede it, handlers' included."""
    found: dict[Block, list[Block]] = {block: [] for block in function.blocks}
    for block in function.blocks:
        for successor in successors(block):
            found[successor].append(block)
    return found


def clean_up(function: Function) -> None:
    """Drop blocks that cannot be reached, order the others, and number them anew; mark loops and what is cold."""
    function.blocks = reverse_postorder(function)
    for number, block in enumerate(function.blocks):
        block.id = number
    mark_loops(function)


def mark_loops(function: Function) -> None:
    """Set each block's loop depth: natural loops, found by back edges in reverse postorder."""
    place = {block: n for n, block in enumerate(function.blocks)}
    before = predecessors(function)
    for block in function.blocks:
        block.loop = 0
    headers: dict[Block, set[Block]] = {}
    for block in function.blocks:
        for successor in successors(block):
            if place[successor] <= place[block]:
                body = headers.setdefault(successor, {successor})
                pending = [block]
                while pending:
                    found = pending.pop()
                    if found not in body:
                        body.add(found)
                        pending += [other for other in before[found] if place[other] >= place[successor]]
    for body in headers.values():
        for member in body:
            member.loop += 1

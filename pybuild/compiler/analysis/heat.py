"""What is probably not hot: blocks and, without a record, functions.

Goes in: the descriptions of a module's code objects; a function's IR.  Comes out: the code objects that are probably called often, by the
names that loops mention; the blocks that are not, marked `cold`.  Speed is worth text where something runs often; everything else is made
of calls (emit/compact.py), which are as quick as the interpreter's instructions and a fraction of the text.

Without a record nothing is known, and this is a guess: a function is warm if a loop of its module mentions its name or makes it, a warm
function does, or it calls itself.  Methods of operators are warm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pybuild.compiler.ir.model import Block, Function, successors
from pybuild.compiler.lift.description import Code, Unit

_MENTIONS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_METHOD", "LOAD_ATTR")
_SELDOM = {"__init__", "__new__", "__repr__", "__str__", "__init_subclass__", "__set_name__", "__enter__", "__exit__", "__del__"}


def warm_codes(codes: Sequence[Code]) -> frozenset[int]:
    """The numbers of the code objects that are probably called often."""
    by_index = {code.index: code for code in codes}
    by_name: dict[str, list[Code]] = {}
    for code in codes:
        by_name.setdefault(code.name, []).append(code)
        parts = code.qualname.split(".")
        if code.name in _SELDOM and len(parts) > 1:  # by the class's name
            by_name.setdefault(parts[-2], []).append(code)
    warm: set[int] = set()
    done: set[str] = set()
    # what calls itself is a loop, too
    reached = [code for code in codes if _is_operator(code) or (code.is_function and code.name in _names(code, code.units))]
    names: set[str] = set()
    for code in codes:
        loops = [(unit.at - unit.arg, unit.at) for unit in code.units if "BACKWARD" in unit.name]
        inside = [unit for unit in code.units if any(start <= unit.at <= end for start, end in loops)]
        names |= set(_names(code, inside))
        reached += [by_index[index] for index in _nested(code, inside)]
    while reached or names:
        if not reached:
            name = names.pop()
            done.add(name)
            reached += [code for code in by_name.get(name, ()) if code.is_function]
            continue
        code = reached.pop()
        if code.index not in warm:
            warm.add(code.index)
            names |= {name for name in _names(code, code.units) if name not in done}
            reached += [by_index[index] for index in _nested(code, code.units)]
    return frozenset(warm)


def _is_operator(code: Code) -> bool:
    return code.name.startswith("__") and code.name.endswith("__") and code.name not in _SELDOM


def _names(code: Code, units: Sequence[Unit]) -> Iterator[str]:
    """The names that some units of `code` load."""
    for unit in units:
        if unit.name in _MENTIONS:
            yield code.names[unit.arg >> (unit.name == "LOAD_GLOBAL")]


def _nested(code: Code, units: Sequence[Unit]) -> Iterator[int]:
    """The numbers of the functions that they make."""
    for unit in units:
        if unit.name == "LOAD_CONST" and code.constants[unit.arg][0] == "code":
            yield code.constants[unit.arg][1]


def find_cold(function: Function) -> None:
    """Mark the blocks that are probably not hot: handlers, ways that end in an exception, what only these lead to; outside loops everything
    of a function that is not."""
    hot = function.notes.get("hot", True)
    for block in function.blocks:
        block.cold = block.is_handler or block.end.name in ("raise", "reraise", "reraise_lasti", "unbound")
        block.cold |= not hot and block.loop == 0
    before: dict[Block, list[Block]] = {block: [] for block in function.blocks}
    for block in function.blocks:
        for after in successors(block):
            before[after].append(block)
    changed = True
    while changed:
        changed = False
        for block in function.blocks:
            ways = [edge.block for edge in block.end.edges]
            if not block.cold and ((ways and all(way.cold for way in ways)) or (before[block] and all(b.cold for b in before[block]))):
                block.cold = changed = True

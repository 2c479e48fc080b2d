"""What must be true of a function after every pass; tests ask after each.

Goes in: a function.  Comes out: what is wrong with it, a line each (none: it is sound).  Checked are the form (control operations, edges,
who defines what), dominance, representations against the declarations, types along edges, the frame states: their stacks' depths, and that
each local's home holds what the states say.  What the reference counting pass wrote down is checked in `ownership.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pybuild.compiler.analysis.dominance import Dominance
from pybuild.compiler.analysis.order import reverse_postorder
from pybuild.compiler.ir.homes import Homes
from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Op, Value
from pybuild.compiler.ir.ops import Declaration, declaration
from pybuild.compiler.ir.types import FLOAT, Type

_EDGES = {"jump": 1, "branch": 2}
_NULL_TAKEN = frozenset({"drop", "check_bound", "is_null"})  # operations whose operand may be NULL for certain
_NUMBER_TAKEN = frozenset({"store_local"})  # the home stays empty, the state says where the number is


def verify(function: Function) -> list[str]:
    """What is wrong with `function`."""
    faults = list(_form(function))
    if faults:  # the rest relies on it
        return faults
    verifier = _Verifier(function)
    return [*verifier.run(), *(Homes(function).faults() if not function.notes.get("frameless") else ())]


def _form(function: Function) -> Iterator[str]:
    """Blocks, control operations and edges."""
    blocks = set(function.blocks)
    numbers: set[int] = set()
    for block in function.blocks:
        if block.id in numbers:
            yield f"{block}: two blocks have this number"
        numbers.add(block.id)
        if not block.ops:
            yield f"{block}: it is empty"
        for op in block.ops:
            try:
                kind = declaration(op.name)
            except KeyError:
                yield f"{block}: {op.name} is declared nowhere"
                continue
            if kind.edges_out != (op is block.ops[-1]):
                yield f"{block}: {op.name} {'within' if kind.edges_out else 'at the end of'} a block"
            if len(op.edges) != _EDGES.get(op.name, 0):
                yield f"{block}: {op.name} has {len(op.edges)} edges"
            for edge in op.edges:
                if edge.block not in blocks:
                    yield f"{block}: {op.name} leads to {edge.block}, which is no block of the function"
                elif len(edge.args) != len(edge.block.params):
                    yield f"{block}: {len(edge.args)} arguments for the {len(edge.block.params)} parameters of {edge.block}"
            if op.handler is not None:
                yield from _handler_form(block, op, kind, blocks)


def _handler_form(block: Block, op: Op, kind: Declaration, blocks: set[Block]) -> Iterator[str]:
    handler = op.handler
    assert handler is not None
    if not kind.raises:
        yield f"{block}: {op.name} cannot raise and has a handler"
    if handler.block not in blocks:
        yield f"{block}: the handler of {op.name} is no block of the function"
    elif not handler.block.is_handler:
        yield f"{block}: {op.name} is handled in {handler.block}, which is no handler"
    elif len(handler.block.params) != len(handler.stack) + handler.lasti + 1:
        given, wanted = len(handler.stack) + handler.lasti + 1, len(handler.block.params)
        yield f"{block}: {handler.block} gets {given} values from {op.name} and has {wanted}"


class _Verifier:
    def __init__(self, function: Function) -> None:
        self.function = function
        self.reachable = set(reverse_postorder(function))
        self.dominance = Dominance(function) if len(self.reachable) == len(function.blocks) else None
        self.place: dict[Value, tuple[Block, int]] = {}
        self.depths: dict[int, tuple[int, str]] = {}

    def run(self) -> Iterator[str]:
        yield from self._definitions()
        arguments = [op.result for op in self.function.ops() if op.name == "argument"]
        if self.function.params != arguments:
            yield f"the parameters are {self.function.params}, the arguments {arguments}"
        for block in self.function.blocks:
            for n, op in enumerate(block.ops):
                where = f"{block}: {op.name}"
                yield from (f"{where} {fault}" for fault in self._op(block, n, op))

    def _definitions(self) -> Iterator[str]:
        numbers: set[int] = set()
        for block in self.function.blocks:
            for n, values, op in ((-1, block.params, None), *((n, op.results, op) for n, op in enumerate(block.ops))):
                for value in values:
                    if value in self.place:
                        yield f"{block}: {value} is defined twice"
                    elif value.id in numbers:
                        yield f"{block}: two values are {value}"
                    if value.op is not op:
                        maker, says = (one.name if one else "an edge" for one in (op, value.op))
                        yield f"{block}: {value} is made by {maker} and says {says}"
                    numbers.add(value.id)
                    self.place[value] = (block, n)

    def _op(self, block: Block, n: int, op: Op) -> Iterator[str]:
        kind = declaration(op.name)
        yield from self._operands(op, kind)
        yield from self._results(op, kind)
        yield from self._dominated(block, n, needed(op, kind), "needs")
        for edge in op.edges:
            yield from self._dominated(block, n + 1, edge.args, "passes on")
            yield from _edge(edge)
        if kind.leaves:
            yield from self._leaves(op)

    def _dominated(self, block: Block, n: int, values: Iterable[Value], verb: str) -> Iterator[str]:
        for value in values:
            found = self.place.get(value)
            if found is None:
                yield f"{verb} {value}, which is defined nowhere"
                continue
            where, place = found
            if where is block:
                if place >= n:
                    yield f"{verb} {value}, which is defined later"
            elif self.dominance is not None and block in self.reachable and not self.dominance.dominates(where, block):
                yield f"{verb} {value}, which {where} defines: not every way here leads through it"

    def _operands(self, op: Op, kind: Declaration) -> Iterator[str]:
        reps = kind.args.removesuffix("*")
        if len(op.args) < len(reps) or (len(op.args) > len(reps) and not kind.args.endswith("*")):
            yield f"has {len(op.args)} operands, its declaration says {kind.args or 'none'}"
            return
        for n, value in enumerate(op.args):
            rep = reps[n] if n < len(reps) else OBJECT
            if value.rep != rep and rep != "?" and not (_takes_numbers(op) and value.rep in ("i", "d")):
                yield f"has {value} of representation {value.rep} for {rep}"
            if value.type.absent and value.rep == OBJECT and op.name not in _NULL_TAKEN and not (op.name == "call_method" and n == 0):
                yield f"has {value}, which is NULL"
        if op.name == "value_d" and op.args[0].type != FLOAT:
            yield f"reads {op.args[0]} as a float, which is {op.args[0].type}"

    def _results(self, op: Op, kind: Declaration) -> Iterator[str]:
        reps = OBJECT * len(op.results) if kind.results == "*" else kind.results
        if "".join(value.rep for value in op.results) != reps:
            yield f"has results {''.join(value.rep for value in op.results)}, its declaration says {reps}"

    def _leaves(self, op: Op) -> Iterator[str]:
        state = op.state
        if state is None:
            yield "may leave and has no state"
            return
        slots = self.function.code.slots
        if len(state.locals) != slots:
            yield f"may leave and its state has {len(state.locals)} locals of {slots}"
        if self.function.code.stack and len(state.stack) > self.function.code.stack:
            yield f"may leave with {len(state.stack)} values on a stack of {self.function.code.stack}"
        first = self.depths.setdefault(state.at, (len(state.stack), op.name))
        if first[0] != len(state.stack):
            yield f"leaves to unit {state.at} with {len(state.stack)} values on the stack, {first[1]} with {first[0]}"


def _takes_numbers(op: Op) -> bool:
    return op.name in _NUMBER_TAKEN or op.name.startswith("call_known_")


def needed(op: Op, kind: Declaration) -> Sequence[Value]:
    """The values that `op` reads: operands, what its handler gets, and what of its state leaving, or a look at the frame, would write."""
    found = list(op.args)
    stack = [*op.handler.stack] if op.handler is not None else []  # numbers among them become objects then
    if kind.leaves and op.state is not None:
        stack += op.state.stack
    for value in stack:
        found += value.op.args if value.rep == "R" and value.op is not None else [value]
    if op.state is None:
        return found
    if kind.leaves or kind.runs or kind.raises:
        for local in op.state.locals:
            if local is not None and local.rep != OBJECT:
                found.append(local)
                if local.bound is not None:
                    found.append(local.bound)
    return found


def _edge(edge: Edge) -> Iterator[str]:
    """Representations and types of what `edge` passes on."""
    for param, arg in zip(edge.block.params, edge.args, strict=True):
        if param.rep != arg.rep:
            yield f"passes {arg} of representation {arg.rep} for {param} of {param.rep}"
        elif param.rep == OBJECT and not edge.block.is_handler and not fits(arg.type, param.type):
            yield f"passes {arg}: {arg.type} for {param}: {param.type}"


def fits(value: Type, wanted: Type) -> bool:
    """Whether everything of type `value` is of type `wanted`."""
    if wanted.absent or value.absent:
        return value.absent and (wanted.absent or wanted.nullable)
    return (wanted.cls is None or wanted.cls == value.cls) and (wanted.nullable or not value.nullable)

"""The verifier finds each way in which a function can be broken: sound functions, one thing in them changed."""

from __future__ import annotations

import pytest

from pybuild.compiler.ir.model import INTEGER, Edge, Function, Op, State
from pybuild.compiler.ir.ownership import verify_ownership
from pybuild.compiler.ir.parser import IRSyntaxError, parse_function
from pybuild.compiler.ir.printer import print_function
from pybuild.compiler.ir.types import FLOAT, INT, NULLABLE
from pybuild.compiler.ir.verifier import verify
from tests.compiler.support import after, code_of

SOURCE = """
def f(items, n):
    total = 0
    n = n or items.default
    for item in items:
        try:
            total += item.weight * n
        except ValueError:
            total = total + 1
    return [total, items]
"""


def function(stage: str = "order") -> Function:
    made = after(stage, code_of(SOURCE))
    assert verify(made) == []
    return made


def first(made: Function, name: str) -> Op:
    return next(op for op in made.ops() if op.name == name)


def faults(made: Function) -> str:
    return "\n".join(verify(made))


class TestForm:
    def test_a_block_without_operations(self) -> None:
        made = function()
        made.blocks[-1].ops.clear()
        assert "it is empty" in faults(made)

    def test_a_control_operation_within_a_block(self) -> None:
        made = function()
        made.blocks[-1].ops.insert(0, made.op("jump", []))
        assert "jump within a block" in faults(made)

    def test_a_block_that_does_not_end(self) -> None:
        made = function()
        block = next(block for block in made.blocks if block.end.name == "jump" and len(block.ops) > 1)
        block.ops.pop()
        assert "at the end of a block" in faults(made)

    def test_an_unknown_operation(self) -> None:
        made = function()
        first(made, "load_attr").name = "load_everything"
        assert "load_everything is declared nowhere" in faults(made)

    def test_too_few_arguments_on_an_edge(self) -> None:
        made = function()
        edge = next(edge for op in made.ops() for edge in op.edges if edge.args)
        edge.args.pop()
        assert "arguments for the" in faults(made)

    def test_a_branch_with_one_edge(self) -> None:
        made = function()
        first(made, "branch").edges.pop()
        assert "branch has 1 edges" in faults(made)

    def test_an_edge_to_nowhere(self) -> None:
        made = function()
        first(made, "jump").edges[0] = Edge(function().blocks[0])
        assert "which is no block of the function" in faults(made)

    def test_a_handler_where_nothing_raises(self) -> None:
        made = function()
        handled = next(op for op in made.ops() if op.handler is not None)
        first(made, "is_null").handler = handled.handler
        assert "is_null cannot raise and has a handler" in faults(made)

    def test_a_handler_that_gets_too_much(self) -> None:
        made = function()
        handled = next(op for op in made.ops() if op.handler is not None)
        assert handled.handler is not None
        handled.handler.stack = (*handled.handler.stack, handled.handler.stack[0])
        assert "values from" in faults(made)

    def test_two_blocks_of_one_number(self) -> None:
        made = function()
        made.blocks[2].id = made.blocks[1].id
        assert "two blocks have this number" in faults(made)


class TestValues:
    def test_a_use_before_the_definition(self) -> None:
        made = function()
        op = next(op for op in made.ops() if op.name == "load_attr" and op.attrs["spelled"] == "weight")
        block = next(block for block in made.blocks if op in block.ops)
        block.ops.remove(op)
        block.ops.insert(len(block.ops) - 1, op)
        assert "which is defined later" in faults(made)

    def test_a_use_that_not_every_way_leads_to(self) -> None:
        made = function()
        first(made, "build_list").args[0] = first(made, "load_attr").result
        assert "not every way here leads through it" in faults(made)

    def test_a_use_of_what_nothing_defines(self) -> None:
        made = function()
        first(made, "build_list").args[0] = made.value()
        assert "which is defined nowhere" in faults(made)

    def test_two_definitions(self) -> None:
        made = function()
        op = first(made, "load_attr")
        block = next(block for block in made.blocks if op in block.ops)
        block.ops.insert(0, op)
        assert "is defined twice" in faults(made)

    def test_a_value_that_names_another_operation(self) -> None:
        made = function()
        first(made, "load_attr").result.op = first(made, "get_iter")
        assert "is made by load_attr and says get_iter" in faults(made)


class TestRepresentations:
    def test_a_number_where_an_object_is_declared(self) -> None:
        made = function()
        first(made, "get_iter").args[0].rep = INTEGER
        assert "of representation i for O" in faults(made)

    def test_an_operand_too_many(self) -> None:
        made = function()
        op = first(made, "get_iter")
        op.args = op.args * 2
        assert "has 2 operands" in faults(made)

    def test_a_result_that_is_declared_otherwise(self) -> None:
        made = function()
        first(made, "is_null").result.rep = INTEGER
        assert "has results i, its declaration says b" in faults(made)

    def test_an_edge_that_passes_a_number_for_an_object(self) -> None:
        made = function()
        edge = next(edge for op in made.ops() for edge in op.edges if edge.args)
        edge.block.params[0].rep = INTEGER
        assert "of representation O for" in faults(made)

    def test_an_edge_that_passes_any_object_for_an_int(self) -> None:
        made = function()
        edge = next(edge for op in made.ops() for edge in op.edges if edge.args)
        edge.block.params[0].type = INT
        edge.args[0].type = NULLABLE
        assert "any? for" in faults(made)

    def test_a_double_read_of_what_may_be_no_float(self) -> None:
        made = function()
        op = first(made, "load_attr")
        block = next(block for block in made.blocks if op in block.ops)
        number = made.value("d")
        block.ops.insert(block.ops.index(op) + 1, made.op("value_d", [op.result], [number]))
        assert "as a float, which is any" in faults(made)
        op.result.type = FLOAT
        assert "as a float" not in faults(made)


class TestStates:
    def test_leaving_without_a_state(self) -> None:
        made = function()
        first(made, "check_tracing").state = None
        assert "may leave and has no state" in faults(made)

    def test_two_depths_of_the_stack_at_one_unit(self) -> None:
        made = function()
        op = first(made, "check_tracing")
        assert op.state is not None
        block = next(block for block in made.blocks if op in block.ops)
        deeper = made.op("check_tracing", [], [], State(op.state.at, (*op.state.stack, op.state.stack[0]), op.state.locals), at=0)
        block.ops.insert(block.ops.index(op) + 1, deeper)
        assert "values on the stack" in faults(made)

    def test_a_local_that_is_not_what_its_home_holds(self) -> None:
        made = function()
        op = first(made, "check_tracing")
        assert op.state is not None
        items, n, *others = op.state.locals
        op.state = State(op.state.at, op.state.stack, (n, items, *others))
        assert "is in items, which holds" in faults(made)

    def test_a_store_that_relies_on_an_empty_home(self) -> None:
        made = function()
        null = first(made, "null").result
        last = [op for op in made.ops() if op.name == "store_local"][-1]
        last.attrs["old"] = null
        assert "replaces nothing in" in faults(made)

    def test_a_store_that_no_edge_knows_of(self) -> None:
        made = function()
        op = first(made, "store_local")
        block = next(block for block in made.blocks if op in block.ops)
        block.ops.remove(op)
        assert "should hold" in faults(made) or "which holds nothing" in faults(made)


class TestOwnership:
    def counted(self) -> Function:
        made = function("refcount")
        assert verify_ownership(made) == []
        return made

    def faults(self, made: Function) -> str:
        return "\n".join(verify_ownership(made))

    @pytest.mark.parametrize("part", ["take", "drop", "cleanup", "held"])
    def test_each_count_is_needed(self, part: str) -> None:
        made = self.counted()
        places = [op for op in made.ops() if getattr(op, part)]
        assert places
        for op in places:
            values = list(getattr(op, part))
            setattr(op, part, values[1:])
            assert verify_ownership(made) != [], f"{op.name} without {part} {values[0]}"
            setattr(op, part, values)
        assert verify_ownership(made) == []

    @pytest.mark.parametrize("part", ["increfs", "decrefs"])
    def test_each_count_on_an_edge_is_needed(self, part: str) -> None:
        made = self.counted()
        places = [edge for op in made.ops() for edge in op.edges if getattr(edge, part)]
        assert places
        for edge in places:
            values = list(getattr(edge, part))
            setattr(edge, part, values[1:])
            assert verify_ownership(made) != [], f"edge to {edge.block} without {part} {values[0]}"
            setattr(edge, part, values)

    def test_dropping_twice(self) -> None:
        made = self.counted()
        op = next(op for op in made.ops() if op.drop)
        op.drop = op.drop * 2
        assert "of which it has no reference" in self.faults(made)

    def test_taking_what_nobody_holds(self) -> None:
        made = self.counted()
        op = next(op for op in made.ops() if op.drop)
        block = next(block for block in made.blocks if op in block.ops)
        block.ops[block.ops.index(op) + 1].take.append(op.drop[0])
        assert "to which there is no reference" in self.faults(made)

    def test_a_reference_left_at_the_end(self) -> None:
        made = self.counted()
        last = first(made, "return")
        last.take.append(last.args[0])
        assert "left" in self.faults(made)

    def test_ways_that_bring_different_counts(self) -> None:
        made = self.counted()
        op = next(op for op in made.ops() if op.handler is not None and op.cleanup)
        kept = op.cleanup.pop()
        assert op.handler is not None
        assert f"references to {kept}, others with" in self.faults(made) or f"reference to {kept} left" in self.faults(made)
        assert "others with" in self.faults(made)


class TestParser:
    def test_a_function_written_by_hand(self) -> None:
        text = "\n".join(
            [
                "function f(a) line 1 code 0",
                "  slots a",
                "B0(): at -1 entry []",
                "    v0 = argument i=0",
                "    jump at=0",
                "        state 0 [] {a=v0}",
                "        -> B1()",
                "B1(): at 0 entry [] {a=v0}",
                "    return v0 at=1",
                "        state 1 [] {a=v0}",
                "",
            ]
        )
        made = parse_function(text)
        assert verify(made) == []
        assert print_function(made) == text

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("    v0 = argument i=0 and more", "= expected"),
            ("    jump at=0\n        -> B7()", "B7 is nowhere"),
            ("    return v9 at=0", "v9 is defined nowhere"),
            ("    return at=0\n        state 0 [] {b=v0}", "b is no slot"),
            ("    v0 = argument i=0\n    v0 = argument i=0", "v0 is defined twice"),
            ("    return at=", "no attribute's value"),
            ("    return at=0\n        catch there []", "there is no block"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(self, line: str, why: str) -> None:
        text = f"function f() line 1 code 0\n  slots a\nB0(): at 0 entry []\n{line}\n"
        with pytest.raises(IRSyntaxError, match=why) as caught:
            parse_function(text)
        assert str(caught.value).startswith("line ")

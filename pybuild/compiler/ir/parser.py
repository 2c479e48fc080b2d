"""The printer's text back to a function.

Goes in: what `print_function` wrote with all states, and the code object's description (without one, as much of it as the text tells:
tests of passes are written so).  Comes out: an equal function: what passes and the emitter make of it is the same.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pybuild.compiler.ir.model import OBJECT, Block, Edge, Function, Handler, Op, State, Value
from pybuild.compiler.ir.types import ANY, Type
from pybuild.compiler.lift.description import Code, Unit
from pybuild.errors import PybuildError

_SPACES = re.compile(r" *")
_WORD = re.compile(r"[^\s,;:()\[\]{}=]+")
_HEAD = re.compile(r"function (?P<qualname>.+)\((?P<parameters>.*)\) line (?P<line>\d+) code (?P<index>\d+)$")
_NAME = re.compile(r"v(\d+)(?![\w.])")


class IRSyntaxError(PybuildError):
    """A line that is none of the printer's."""

    def __init__(self, line: int, text: str, why: str) -> None:
        super().__init__()
        self.message = f"line {line}: {why}: {text.strip()}"

    def __str__(self) -> str:
        return self.message


def parse_function(text: str, code: Code | None = None) -> Function:
    """The function that `text` shows.  Raises IRSyntaxError."""
    return _Parser(code).run(text)


class _Line:
    """A line, read from left to right."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self.at = 0

    def fail(self, why: str) -> IRSyntaxError:
        return IRSyntaxError(self.number, self.text, why)

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        spaces = _SPACES.match(self.text, self.at)
        assert spaces is not None
        found = pattern.match(self.text, spaces.end())
        if found is not None:
            self.at = found.end()
        return found

    def take(self, mark: str) -> bool:
        """Whether `mark` is next; then it is passed."""
        return self.find(re.compile(re.escape(mark) + (r"(?!\w)" if mark[-1].isalnum() else ""))) is not None

    def want(self, mark: str) -> None:
        if not self.take(mark):
            raise self.fail(f"{mark} expected in column {self.at + 1}")

    def word(self) -> str:
        found = self.find(_WORD)
        if found is None:
            raise self.fail(f"a word expected in column {self.at + 1}")
        return found[0]

    def number_(self) -> int:
        word = self.word()
        try:
            return int(word)
        except ValueError:
            raise self.fail(f"{word} is no number") from None

    @property
    def done(self) -> bool:
        return not self.text[self.at :].strip()


class _Parser:
    def __init__(self, code: Code | None) -> None:
        self.code = code
        self.slots: dict[str, int] = {}
        self.values: dict[int, Value] = {}
        self.defined: set[int] = set()
        self.blocks: dict[int, Block] = {}
        self.ops: list[tuple[int, Op]] = []  # what the following lines may belong to: their depths, and the operations
        self.edges: list[Edge] = []

    def run(self, text: str) -> Function:
        lines = [
            _Line(n, line.rstrip()) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.lstrip().startswith(";")
        ]
        function = self._head(lines)
        place: list[Op] | None = None
        elsewhere = False
        for line in lines:
            depth = len(line.text) - len(line.text.lstrip())
            if line.text == "elsewhere":
                elsewhere = line.take("elsewhere")
            elif depth == 0:
                block = self._block_line(line)
                function.blocks.append(block)
                place = block.ops
            elif elsewhere:
                self._op(line)
            elif place is None:
                raise line.fail("an operation before the first block")
            else:
                self._inner(line, depth, place)
            if not line.done:
                raise line.fail(f"not understood from column {line.at + 1} on")
        self._check(lines, function)
        function.params = [op.result for op in function.ops() if op.name == "argument"]
        function.next_value = max(self.values, default=-1) + 1
        return function

    def _head(self, lines: list[_Line]) -> Function:
        if not lines:
            raise IRSyntaxError(1, "", "no function")
        line = lines.pop(0)
        found = _HEAD.match(line.text)
        if found is None:
            raise line.fail("`function NAME(PARAMETERS) line N code N` expected")
        names: list[str] = []
        if lines and lines[0].text.startswith("  slots"):
            names = lines.pop(0).text.split()[1:]
        self.slots = {name: i for i, name in enumerate(names)}
        if self.code is None:
            parameters = [name for name in found["parameters"].split(", ") if name]
            self.code = _code(found["qualname"], int(found["line"]), int(found["index"]), len(parameters), tuple(names))
        function = Function(self.code)
        function.notes["index"] = self.code.index
        return function

    def _check(self, lines: list[_Line], function: Function) -> None:
        for number in self.values:
            if number not in self.defined:
                raise next(line for line in lines if re.search(rf"\bv{number}\b", line.text)).fail(f"v{number} is defined nowhere")
        for number, block in self.blocks.items():
            if block not in function.blocks:
                raise next(line for line in lines if re.search(rf"\bB{number}\b", line.text)).fail(f"B{number} is nowhere")

    # ------------------------------------------------------------------ lines

    def _block_line(self, line: _Line) -> Block:
        block = self._block(line)
        line.want("(")
        while not line.take(")"):
            block.params.append(self._definition(line))
            line.take(",")
        line.want(":")
        line.want("at")
        block.at = line.number_()
        if line.take("loop"):
            block.loop = line.number_()
        block.cold = line.take("cold")
        block.is_handler = line.take("handler")
        if line.take("entry"):
            block.entry_stack = tuple(self._stack(line))
            block.entry_locals = self._locals(line)
        self.ops = []
        return block

    def _inner(self, line: _Line, depth: int, place: list[Op]) -> None:
        """An operation, or what belongs to the one before."""
        while self.ops and self.ops[-1][0] > depth:
            self.ops.pop()
        owner = next((op for n, op in reversed(self.ops) if n == depth - 4), None)
        if owner is not None and self._belongs(line, owner):
            return
        op = self._op(line)
        if depth == 4:
            place.append(op)
            self.ops = []
        elif self.edges and len(self.ops) > 0:
            self.edges[-1].ops.append(op)
        else:
            raise line.fail("it belongs to no operation")
        self.ops.append((depth, op))

    def _belongs(self, line: _Line, op: Op) -> bool:
        """Read a state, a handler, counts or an edge of `op`; whether it was one."""
        if line.take("state"):
            op.state = State(line.number_(), tuple(self._stack(line)), self._locals(line))
        elif line.take("catch"):
            op.handler = Handler(self._block(line), tuple(self._stack(line)), line.take("lasti"))
        elif line.take("->"):
            edge = Edge(self._block(line))
            line.want("(")
            edge.args = self._values(line)
            line.want(")")
            edge.increfs = self._values(line) if line.take("take") else []
            edge.decrefs = self._values(line) if line.take("drop") else []
            op.edges.append(edge)
            self.edges.append(edge)
        elif line.text.split()[0] in ("take", "drop", "cleanup", "held"):
            while not line.done:
                setattr(op, line.word(), self._values(line))
                line.take(";")
        else:
            return False
        return True

    def _op(self, line: _Line) -> Op:
        results: list[Value] = []
        start = line.at
        if _NAME.match(line.text.lstrip()):
            results.append(self._definition(line))
            while line.take(","):
                results.append(self._definition(line))
            if line.done:  # a value that nothing is told of
                return Op("removed", [], results, {})
            line.want("=")
        else:
            line.at = start
        op = Op(line.word(), self._values(line), results, {})
        while not line.done:
            key = line.word()
            line.want("=")
            op.attrs[key] = self._attribute(line)
        for result in results:
            result.op = op
        return op

    # ------------------------------------------------------------------ parts of lines

    def _block(self, line: _Line) -> Block:
        word = line.word()
        if not re.fullmatch(r"B\d+", word):
            raise line.fail(f"{word} is no block")
        number = int(word[1:])
        return self.blocks.setdefault(number, Block(number))

    def _value(self, line: _Line) -> Value:
        found = line.find(_NAME)
        if found is None:
            raise line.fail(f"a value expected in column {line.at + 1}")
        return self.values.setdefault(int(found[1]), Value(int(found[1])))

    def _definition(self, line: _Line) -> Value:
        value = self._value(line)
        if value.id in self.defined:
            raise line.fail(f"v{value.id} is defined twice")
        self.defined.add(value.id)
        if line.take(":"):
            rep, slash, kind = line.word().partition("/")
            if rep in ("i", "d", "b", "R"):
                value.rep, value.type = rep, _type(kind) if slash else ANY
            else:
                value.rep, value.type = OBJECT, _type(rep)
        if line.take("@"):
            value.home = self._slot(line)
        if line.take("bound"):
            value.bound = self._value(line)
        return value

    def _slot(self, line: _Line) -> int:
        word = line.word()
        if word in self.slots:
            return self.slots[word]
        raise line.fail(f"{word} is no slot")

    def _values(self, line: _Line) -> list[Value]:
        """Values with commas between them, or none."""
        found: list[Value] = []
        at = line.at
        if line.find(_NAME) is None:
            return found
        line.at = at
        found.append(self._value(line))
        while line.take(","):
            found.append(self._value(line))
        return found

    def _stack(self, line: _Line) -> list[Value]:
        line.want("[")
        found = self._values(line)
        line.want("]")
        return found

    def _locals(self, line: _Line) -> tuple[Value | None, ...]:
        if not line.take("{"):
            return ()
        found: list[Value | None] = [None] * len(self.slots)
        while not line.take("}"):
            slot = self._slot(line)
            line.want("=")
            found[slot] = self._value(line)
        return tuple(found)

    def _attribute(self, line: _Line) -> Any:
        at = line.at
        if line.find(_NAME) is not None:
            line.at = at
            return self._value(line)
        for opening, closing, kind in (("{", "}", frozenset), ("(", ")", tuple), ("[", "]", list)):
            if line.take(opening):
                items = []
                while not line.take(closing):
                    items.append(self._attribute(line))
                    line.take(",")
                return kind(items)
        line.find(_SPACES)
        try:
            value, line.at = json.JSONDecoder().raw_decode(line.text, line.at)
        except ValueError:
            raise line.fail(f"no attribute's value in column {line.at + 1}") from None
        return value


def _type(text: str) -> Type:
    """The type that `type_text` wrote."""
    text, _, recorded = text.partition("#")
    if text == "null":
        return Type(absent=True)
    nullable = text.endswith("?")
    name = text.removesuffix("?")
    return Type(None if name == "any" else name, nullable, recorded=int(recorded) if recorded else -1)


def _code(qualname: str, line: int, index: int, parameters: int, variables: tuple[str, ...]) -> Code:
    """A description that says what the text does."""
    name = qualname.rpartition(".")[2]
    resume = (Unit(0, "RESUME", 0, 0),)
    return Code(
        index, name, qualname, line, parameters, 0, 0, 0x3, 0, variables, (), (), (), (), resume, ((0, line),), (), ""
    )  # fmt: skip

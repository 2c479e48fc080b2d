"""A language's tokens, parser and evaluator without regular expressions: characters, dictionaries of functions, tuples."""

import harness

_KEYWORDS = {"let", "if", "else", "while", "fn", "return", "and", "or", "not"}
_TWO = {"==", "!=", "<=", ">=", "->", ":="}
_ONE = "+-*/%()<>{}[],;:=."


class TokenError(ValueError):
    """A character that starts nothing."""


class Token:
    """A piece of the text and where it is."""

    __slots__ = ("kind", "line", "text")

    def __init__(self, kind, text, line):
        self.kind = kind
        self.text = text
        self.line = line


def tokens(text):
    """All tokens of `text` as a list."""
    found = []
    position, line, end = 0, 1, len(text)
    while position < end:
        char = text[position]
        if char == "\n":
            line += 1
            position += 1
        elif char in " \t\r":
            position += 1
        elif char == "#":
            while position < end and text[position] != "\n":
                position += 1
        elif char.isalpha() or char == "_":
            start = position
            while position < end and (text[position].isalnum() or text[position] == "_"):
                position += 1
            word = text[start:position]
            found.append(Token("keyword" if word in _KEYWORDS else "name", word, line))
        elif char.isdigit():
            start = position
            while position < end and text[position].isdigit():
                position += 1
            kind = "int"
            if position + 1 < end and text[position] == "." and text[position + 1].isdigit():
                kind = "float"
                position += 1
                while position < end and text[position].isdigit():
                    position += 1
            found.append(Token(kind, text[start:position], line))
        elif char == '"':
            parts = []
            position += 1
            while True:
                if position >= end:
                    raise TokenError(f"line {line}: text without end")
                char = text[position]
                position += 1
                if char == '"':
                    break
                if char == "\\":
                    escape = text[position]
                    position += 1
                    char = {"n": "\n", "t": "\t"}.get(escape, escape)
                parts.append(char)
            found.append(Token("text", "".join(parts), line))
        elif text[position : position + 2] in _TWO:
            found.append(Token("mark", text[position : position + 2], line))
            position += 2
        elif char in _ONE:
            found.append(Token("mark", char, line))
            position += 1
        else:
            raise TokenError(f"line {line}: {char!r}")
    found.append(Token("end", "", line))
    return found


class Parser:
    """Precedence climbing over the tokens; makes nested tuples."""

    levels = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 4, ">": 4, "<=": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}

    def __init__(self, found):
        self.tokens = found
        self.at = 0

    def next(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept(self, text):
        if self.tokens[self.at].text == text and self.tokens[self.at].kind != "text":
            self.at += 1
            return True
        return False

    def expect(self, text):
        if not self.accept(text):
            token = self.tokens[self.at]
            raise TokenError(f"line {token.line}: {text!r} expected, not {token.text!r}")

    def program(self):
        statements = []
        while self.tokens[self.at].kind != "end":
            statements.append(self.statement())
        return statements

    def statement(self):
        if self.accept("let"):
            name = self.next().text
            self.expect("=")
            value = self.expression(0)
            self.expect(";")
            return ("let", name, value)
        value = self.expression(0)
        self.expect(";")
        return ("value", value)

    def expression(self, level):
        left = self.atom()
        while True:
            token = self.tokens[self.at]
            strength = self.levels.get(token.text, 0) if token.kind in ("mark", "keyword") else 0
            if strength <= level:
                return left
            self.at += 1
            left = (token.text, left, self.expression(strength))

    def atom(self):
        token = self.next()
        if token.kind == "int":
            return ("constant", int(token.text))
        if token.kind == "float":
            return ("constant", float(token.text))
        if token.kind == "text":
            return ("constant", len(token.text))
        if token.text == "-":
            return ("negative", self.atom())
        if token.text == "(":
            inner = self.expression(0)
            self.expect(")")
            return inner
        if token.kind == "name":
            if self.accept("("):
                arguments = []
                while not self.accept(")"):
                    arguments.append(self.expression(0))
                    self.accept(",")
                return ("call", token.text, arguments)
            return ("name", token.text)
        raise TokenError(f"line {token.line}: {token.text!r} starts nothing")


_OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b % 1000003,
    "/": lambda a, b: a // b if b else 0,
    "%": lambda a, b: a % b if b else 0,
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "==": lambda a, b: int(a == b),
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
}
_FUNCTIONS = {"max": max, "min": min, "abs": abs, "sum": lambda *values: sum(values)}


def evaluate(node, names):
    """The value of an expression."""
    kind = node[0]
    if kind == "constant":
        return node[1]
    if kind == "name":
        try:
            return names[node[1]]
        except KeyError:
            return 0
    if kind == "negative":
        return -evaluate(node[1], names)
    if kind == "call":
        return _FUNCTIONS[node[1]](*[evaluate(argument, names) for argument in node[2]])
    return _OPERATORS[kind](evaluate(node[1], names), evaluate(node[2], names))


def source(lines):
    """A program of `lines` lines."""
    made = ["# generated"]
    for n in range(lines):
        made.append(f"let value_{n} = (value_{n // 2} + {n}) * {n % 7 + 1} - max({n}, value_{n // 3}, 17 % {n + 2}) / 3;")
        if n % 4 == 0:
            made.append(f'"text number {n}\\n" == {n} and value_{n} > -{n}.5 or not_known_{n} < 12;  # a remark'.replace(".5", ""))
    return "\n".join(made)


_SOURCE = source(250)


def work():
    """Check: a sum over all values."""
    names, total = {}, 0
    for _ in range(12):
        names, total = {}, 0
        for statement in Parser(tokens(_SOURCE)).program():
            if statement[0] == "let":
                names[statement[1]] = evaluate(statement[2], names)
            else:
                total += evaluate(statement[1], names)
    return total, sum(names.values())


if __name__ == "__main__":
    harness.main(work)

# run: mixed
# record: numbers
import sys


def tokenize(text):
    i, out = 0, []
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit():
            start = i
            while i < len(text) and (text[i].isdigit() or text[i] == "."):
                i += 1
            part = text[start:i]
            out.append(float(part) if "." in part else int(part))
        elif c in "+-*/()^":
            out.append(c)
            i += 1
        else:
            raise SyntaxError(f"unexpected {c!r} at {i}")
    return out


class Parser:
    def __init__(self, tokens):
        self.tokens, self.i = tokens, 0

    def peek(self):
        return self.tokens[self.i] if self.i < len(self.tokens) else None

    def take(self):
        self.i += 1
        return self.tokens[self.i - 1]

    def expression(self):
        value = self.term()
        while self.peek() in ("+", "-"):
            value = value + self.term() if self.take() == "+" else value - self.term()
        return value

    def term(self):
        value = self.factor()
        while self.peek() in ("*", "/"):
            value = value * self.factor() if self.take() == "*" else value / self.factor()
        return value

    def factor(self):
        token = self.take()
        if token == "(":
            value = self.expression()
            self.take()
        elif token == "-":
            value = -self.factor()
        else:
            value = token
        if self.peek() == "^":
            self.take()
            value = value ** self.factor()
        return value


texts = ["1+2*3", "10-4-3"] if sys.argv[1:] == ["numbers"] else ["1+2*3", "(1+2)*3", "2^3^2", "1/4", "-2^2", "9999999999*9999999999", "1.5*4", "1/0", "2$3", "(1", "", "2^100", "1+", "3 (4)"]
for text in texts * 3:
    try:
        print(text, "=", Parser(tokenize(text)).expression())
    except Exception as error:
        print(text, type(error).__name__, error)
words = "the cat the dog a cat THE".split()
counts = {}
for word in words:
    counts[word.lower()] = counts.get(word.lower(), 0) + 1
print(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))

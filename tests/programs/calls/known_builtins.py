"""ord, chr, abs, min and max, and characters of texts: what is done at once, what is not, and what is another function meanwhile."""

import builtins
import traceback


class Loud(int):
    def __abs__(self):
        return "loud"

    def __lt__(self, other):
        print("lt", int(self), other)
        return int(self) < int(other)

    def __gt__(self, other):
        print("gt", int(self), other)
        return int(self) > int(other)


class Text(str):
    def __getitem__(self, index):
        return ("item", index)

    def __gt__(self, other):
        return "greater"


def letters(text):
    out = []
    for i in range(len(text)):
        out.append(chr(ord(text[i]) + 1))
    return "".join(out), text[0], text[-1], text[len(text) - 1] is text[-1]


def distances(values):
    best = abs(values[0])
    worst = best
    for value in values:
        best = min(best, abs(value))
        worst = max(worst, abs(value))
    return best, worst


def order(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b


def compare(a, b):
    if a > b:
        return ">"
    if a == b:
        return "="
    return "<"


def attempt(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        print(function.__name__, type(error).__name__, error, [(f.name, f.lineno, f.colno, f.end_colno) for f in frames])


def code(text):
    return ord(text)


def letter(number):
    return chr(number)


def size(number):
    return abs(number)


def less(a, b):
    return min(a, b)


def more(a, b):
    return max(a, b)


def at(text, i):
    return text[i]


def usual():
    for _ in range(50):
        letters("some text")
        distances([3, -1, 7])
        distances([3.5, -1.25, 7.0])
        compare("abc", "abd")
    print(letters("HAL 9000"), letters("\xe4\u20ac\U0001f600z"))
    print(distances([3, -8, 2]), distances([3.5, -0.25]), distances([2**70, -3, 1.5]))
    for a in ("", "a", "b", "ab", "aa", "\xe4", "\u20ac", "\U0001f600", "a\0", "\udc80"):
        print([compare(a, b) + "".join(str(int(x)) for x in order(a, b)) for b in ("", "a", "ab", "b", "\xe4", "\u20ac", "\U0001f600")])


def unusual():
    for value in ("a", "\x7f", "\x80", "\xff", "\u0100", "", "ab", b"a", bytearray(b"b"), 5, None, Text("c")):
        attempt(code, value)
    for value in (0, 97, 127, 128, 255, 256, 0x10FFFF, 0x110000, -1, 2**70, True, 1.5, "a", Loud(98)):
        attempt(letter, value)
    for value in (5, -5, -(2**29), 2**31, -(2**62), -(2**70), -1.5, -0.0, True, 1j, "a", Loud(-4)):
        attempt(size, value)
    nan = float("nan")
    for a, b in (
        (1, 2),
        (2, 1),
        (1, 1.0),
        (1.0, 1),
        (0.0, -0.0),
        (-0.0, 0.0),
        (nan, 1.0),
        (1.0, nan),
        (True, 1),
        (2**70, 1),
        ("b", "a"),
        (Loud(1), Loud(2)),
        (Loud(3), 2),
        (1, "a"),
        ([2], [1]),
    ):
        attempt(less, a, b)
        attempt(more, a, b)
    x, y = 1000.0 + 1, 1001.0 * 1
    print(less(x, y) is x, more(x, y) is x, less(y, x) is y)
    for text, i in (
        ("abc", 0),
        ("abc", -3),
        ("abc", 3),
        ("abc", -4),
        ("a\xe4\u20ac", 1),
        ("a\xe4\u20ac", 2),
        (Text("abc"), 1),
        ("", 0),
        ("abc", True),
        ("abc", 2**70),
        ("abc", None),
        (["x"], 0),
        ({0: "y"}, 0),
        (b"abc", 1),
    ):
        attempt(at, text, i)
    print(compare(Text("a"), "b"), compare("a", Text("b")))


def replaced():
    global ord
    print(code("a"))
    ord = lambda text: "global " + text
    print(code("a"))
    del ord
    print(code("a"))
    old = builtins.abs
    builtins.abs = lambda number: ("abs", number)
    print(size(-3), distances([1, 1]) if False else "")
    builtins.abs = old
    print(size(-3))
    old, builtins.min = builtins.min, builtins.max
    print(less(1, 2))
    builtins.min = old
    print(less(1, 2))


if __name__ == "__main__":
    usual()
    unusual()
    replaced()

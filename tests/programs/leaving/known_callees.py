# run: usual
# record: unusual
"""Built-in functions and methods of built-in types that a record expects, and whatever else is there: subclasses, classes of programs with
methods of the same names, wrong numbers of arguments, recursion up to the limit, finalisers of arguments, tracing begun in a callback."""

import sys
import traceback


class Texts(str):
    def strip(self, *chars):
        return "own " + super().strip(*chars)


class Plain(str):
    pass


class Log(list):
    pass


class Loud(list):
    def append(self, item):
        print("append", item)
        super().append(item)


class Table(dict):
    def __missing__(self, key):
        return key * 2


class Other:
    def __init__(self):
        self.said = []

    def strip(self, *chars):
        return f"other {chars}"

    def append(self, item):
        self.said.append(item)

    def get(self, key, default="none"):
        return (key, default)


def words(texts):
    out = []
    for text in texts:
        out.append(text.strip(" .").upper())
    return out


def collect(into, items):
    for item in items:
        into.append(item)
    return into


def look(table, keys):
    return [(table.get(key), table.get(key, -1)) for key in keys]


def apply(function, items):
    out = []
    for item in items:
        try:
            out.append(function(item))
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


usual = ["a ", " b.", "c d "] * 20
unusual = [Texts(" x "), Plain(" y "), " z", b" w ", Other(), Texts("")]
expected = sys.argv[1] == "usual"


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)
        traceback.print_exc()


print(words(usual)[:3], len(words(usual)))
if not expected:
    attempt(words, [Texts(" x "), Plain(" y ")])
for kind in ([unusual] if expected else []):
    for one in kind:
        attempt(words, [one] * 3 + usual[:2])
print(len(collect([], range(100))))
for into in (Log(), Loud(), Other(), None):
    if expected or type(into) is Log:
        attempt(lambda: type(collect(into, range(3))).__name__)
table = {"a": 1, "b": None, 3: "three"}
print(look(table, ["a", "b", "c"]))
for asked in (Table(a=1), Other(), [1], {}):
    attempt(look, asked, ["a", 3, (1,)])
attempt(look, table, [[]])
for function in (abs, ord, [].append, "x".join, len, {}.get, print, Other().get):
    print(apply(function, [1, -2.5, "a", "ab", ["p", "q"], None]))


# the wrong number of arguments, keywords, and no function at all
def wrong(text, function):
    out = []
    for action in (lambda: text.strip(1), lambda: text.upper(1), lambda: text.join(), lambda: text.split(maxsplit=1), lambda: function(), lambda: function(1, 2, 3)):
        try:
            out.append(action())
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


for function in (abs, ord, 5, sys.getrecursionlimit, divmod):
    print(wrong("a b c", function))


# recursion through a C function
class Deep:
    def __init__(self, depth):
        self.depth = depth

    def __repr__(self):
        return repr(Deep(self.depth + 1))


def shown(value):
    try:
        return value.format(Deep(0))
    except RecursionError as error:
        return str(error)[:32]


def deepest(n):
    try:
        return deepest(abs(n) + 1)
    except RecursionError:
        return n > 10


print(shown("{!r}"), deepest(0))


# what a callback of a C function sees
def key(value):
    frame = sys._getframe(1)
    return (frame.f_lineno - frame.f_code.co_firstlineno, frame.f_locals["total"], value)


def ranked(values):
    total = 0
    for n in range(20):
        total += n
        values.sort(key=key)
        best = max(values, key=key)
    return best, total


print(ranked([3, 1, 2]))


class Gone:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe(1)
        print("gone", self.name, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)

    def __str__(self):
        return self.name


def drops(container):
    for n in range(3):
        container.append(Gone(f"a{n}"))
        container.pop()
        container.append(
            Gone(f"b{n}")
        )
        container.clear()
    abs(len([Gone("c")]))
    return repr(Gone("d"))[:5]


print(drops([]))


def tracer(frame, event, arg):
    if frame.f_code.co_name == "traced":
        print(event, frame.f_lineno - frame.f_code.co_firstlineno)
    return tracer


def traced(values, on):
    out = []
    for value in values:
        out.append(abs(value))
        if value == on:
            values.sort(key=lambda v: sys.settrace(tracer) or v)
            sys._getframe().f_trace = tracer
        out.append(-value)
    sys.settrace(None)
    return out


print(traced([1, 2, 3], 99))
print(traced([1, 2, 3], 2))

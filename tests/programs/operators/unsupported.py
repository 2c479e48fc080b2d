VALUES = [1, 1.5, "s", b"b", [1], (1,), {1: 2}, {1}, None, True, range(2), len, int, object]


def name(value):
    return value.__name__ if isinstance(value, type) else type(value).__name__


for op, function in {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "%": lambda a, b: a % b,
    "<": lambda a, b: a < b,
    "[]": lambda a, b: a[b],
    "in": lambda a, b: a in b,
    "//": lambda a, b: a // b,
    "**": lambda a, b: a**b,
}.items():
    for a in VALUES:
        for b in VALUES:
            try:
                result = function(a, b)
                print(op, name(a), name(b), "->", type(result).__name__)
            except (TypeError, IndexError, KeyError, ValueError) as error:
                print(op, name(a), name(b), type(error).__name__, error)
for op, function in {"-": lambda a: -a, "+": lambda a: +a, "~": lambda a: ~a, "len": len, "iter": iter, "()": lambda a: a(1, 2, 3)}.items():
    for a in VALUES[:11]:
        try:
            print(op, name(a), type(function(a)).__name__)
        except TypeError as error:
            print(op, error)

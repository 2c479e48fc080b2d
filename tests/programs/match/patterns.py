# run: mixed
# record: ints
import sys


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Sub(Point):
    pass


class Const:
    LIMIT = 100


def describe(value):
    match value:
        case 0:
            return "zero"
        case 1 | 2 | 3 as small:
            return f"small {small}"
        case -1 | 2.5 | 1j | -1 - 2j:
            return "special number"
        case Const.LIMIT:
            return "limit"
        case True:
            return "never: True is 1"
        case None:
            return "none"
        case "a" | b"a":
            return "letter a"
        case str(text) if len(text) > 5:
            return f"long {text}"
        case str():
            return "text"
        case int(n) if n > 1000:
            return f"big {n}"
        case int() | float():
            return "number"
        case []:
            return "empty"
        case [x]:
            return f"one {x!r}"
        case [1, 2, *rest]:
            return f"1, 2 and {rest}"
        case [Point(x=0), *_, Point(0, y)]:
            return f"points {y}"
        case (first, (second, third)):
            return f"nested {first} {second} {third}"
        case [*init, "end"]:
            return f"ends after {init}"
        case {"type": "circle", "r": int(r) | float(r)}:
            return f"circle {r}"
        case {"type": kind, **others}:
            return f"{kind} with {others}"
        case {1: _, "k": None}:
            return "mixed keys"
        case {}:
            return "mapping"
        case Sub(0, 0):
            return "sub origin"
        case Point(0, 0):
            return "origin"
        case Point(x, y=0) | Point(0, x):
            return f"on an axis {x}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "point"
        case _:
            return f"other {type(value).__name__}"


VALUES = list(range(5)) if sys.argv[1:] == ["ints"] else [0, 1, 3, -1, 2.5, 1j, 100, True, False, None, "a", b"a", "longer text", "txt", 5000, 50, 1.5, [], (), [9], (1, 2), [1, 2, 3, 4], [Point(0, 1), 5, Point(0, 7)], [1, [2, 3]], [1, "ab"], [7, 8, "end"], {"type": "circle", "r": 2}, {"type": "circle", "r": "x"}, {"type": "q", "z": 1}, {1: 0, "k": None}, {}, {"z": 1}, Point(0, 0), Sub(0, 0), Point(3, 0), Point(0, 4), Point(5, 5), Sub(6, 7), {1, 2}, b"zz", bytearray(b"a"), range(3), range(0), iter([]), object, 2**70, float("nan")]
for value in VALUES:
    print(describe(value))

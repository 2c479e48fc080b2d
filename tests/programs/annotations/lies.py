# run: lies
# record: honest
import sys

HONEST = sys.argv[1:] == ["honest"]


def add(a: int, b: int) -> int:
    return a + b


def scale(values: list[float], by: float) -> list[float]:
    return [v * by for v in values]


def loop(n: int) -> int:
    total: int = 0
    for i in range(n):
        total += i
    return total


def greet(name: str, times: int = 1) -> str:
    return ("hello " + name) * times


class Point:
    x: int
    y: float = 0.5
    z: "undefined name is fine"

    def __init__(self, x: int) -> None:
        self.x = x

    def move(self, by: int) -> "Point":
        self.x += by
        return self


def optional(value: int | None = None) -> int:
    return 0 if value is None else value + 1


def dictionary(d: dict[str, int]) -> int:
    return sum(d.values()) + len(d)


ints = [(1, 2)] if HONEST else [(1, 2), (1.5, 2), ("a", "b"), ([1], [2]), (2**63, 1), (True, True)]
for a, b in ints * 2:
    print(add(a, b))
print(scale([1.0], 2.0), scale([1, 2], 3), loop(5))
if not HONEST:
    print(scale("ab", 2), scale([[1]], 2), scale((1j,), 0.5), greet("x", True), Point("s").move("t").x, Point(1.5).move(2).x, optional(1.5), optional(True), dictionary({1: 2.5}))
    for f, args in ((add, (1, "a")), (greet, (b"x",)), (loop, (1.5,)), (loop, ("a",)), (optional, ("x",)), (dictionary, ({"a": "b"},)), (scale, (5, 1))):
        try:
            print(f(*args))
        except (TypeError, AttributeError) as error:
            print(f.__name__, error)
print(add.__annotations__, Point.__annotations__, Point.y)
x: int = "not an int"
y: undefined_is_evaluated if False else str
print(__annotations__, x)
try:
    z: undefined_name = 1
except NameError as error:
    print(error)


def local_annotations():
    a: undefined_never_evaluated = 5
    b: int
    try:
        return b
    except UnboundLocalError as error:
        return a, str(error)


print(local_annotations())
int = float
print(add(1, 2), isinstance(1, int), loop(3))

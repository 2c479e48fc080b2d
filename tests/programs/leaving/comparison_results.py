# run: mixed
# record: ints
import sys


class Cmp:
    def __init__(self, result):
        self.result = result

    def __lt__(self, other):
        return self.result

    __gt__ = __le__ = __ge__ = __eq__ = __ne__ = __lt__

    def __hash__(self):
        return 0


class Raises:
    def __bool__(self):
        raise ValueError("no truth")


def count(values, limit):
    n = 0
    for v in values:
        if v < limit:
            n += 1
        while v > limit:
            n += 10
            break
        n += 1000 if v == limit else 0
    return n


def clamp(v, low, high):
    return low if v < low else high if v > high else v


INTS = sys.argv[1:] == ["ints"]
print(count([1, 2, 3], 2), clamp(5, 1, 3))
if not INTS:
    print(count([1.5, 2, True, 2**70], 2), count([Cmp(1), Cmp([]), Cmp("x"), Cmp(None)], 5), count([1], Cmp(True)), count("abc", "b"), count([[1], [3]], [2]), count([float("nan")], 1))
    for values, limit in (([1, "a"], 2), ([None], 1), ([Cmp(Raises())], 1), ([{}], {})):
        try:
            print(count(values, limit))
        except (TypeError, ValueError) as error:
            print(error)
    print(clamp(0.5, 1, 3), clamp("b", "a", "c"), clamp(Cmp(""), 1, 2).result == "", clamp((1, 2), (1,), (2,)))

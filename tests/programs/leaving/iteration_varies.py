# run: mixed
# record: lists
import sys


class Own:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter(range(self.n))


def total(items):
    t = 0
    for x in items:
        t += x
    return t


def pairs(items):
    out = []
    for a, b in items:
        out.append((b, a))
    return out


def gen(n):
    for i in range(n):
        yield i


LISTS = sys.argv[1:] == ["lists"]
many = [[1, 2, 3]] * 3 if LISTS else [[1, 2, 3], (4, 5), range(4), {6, 7}, {8: 9}, gen(3), Own(3), "", b"ab", iter([1]), map(int, "12"), [1.5, 2], [2**63, 1], [], zip(), {1: 2}.values(), bytearray(b"x"), [True, False], reversed([1, 2])]
print([total(items) for items in many])
two = [[(1, 2)]] * 3 if LISTS else [[(1, 2), [3, 4]], ["ab", b"cd"], {(1, 2): 3}, zip("ab", [1, 2]), enumerate("x"), {1: 2}.items(), [range(2)], [iter([1, 2])], [{1: 2, 3: 4}]]
print([pairs(items) for items in two])
if not LISTS:
    for bad in ([1, "a"], 5, ["a"], [None], "abc"):
        try:
            print(total(bad))
        except TypeError as error:
            print(error)
    for bad in ([(1,)], [(1, 2, 3)], [5], [""], [[]]):
        try:
            print(pairs(bad))
        except (TypeError, ValueError) as error:
            print(error)

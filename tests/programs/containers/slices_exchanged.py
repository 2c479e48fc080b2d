# run: usual
# record: unusual
"""Slices of lists that become others of the same length or another, with objects whose release is noticed."""

import sys


class Loud:
    def __init__(self, name, watch=None):
        self.name, self.watch = name, watch

    def __repr__(self):
        return self.name

    def __del__(self):
        seen = list(self.watch) if self.watch is not None else None
        frame = sys._getframe(1)
        print("released", self.name, seen, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)
        if self.watch:
            self.watch.clear()


class Own(list):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)

    def __getitem__(self, key):
        print("get", key)
        return super().__getitem__(key)


def flip(items, k):
    items[: k + 1] = items[k::-1]
    return items


def rotate(items, k):
    items[:] = items[k:] + items[:k]
    return items


def put(items, start, stop, new):
    try:
        items[start:stop] = new
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return items


def take(items):
    out = []
    for start in (None, 0, 1, -1, 3, -3, 99, -99):
        for stop in (None, 0, 2, -1, 99, -99):
            for step in (None, 1, -1, 2, -2, 5, -5):
                out.append(len(items[start:stop:step]))
                out.append(sum(items[start:stop:step], 0))
    return out


print(flip(list(range(9)), 4), flip(list(range(9)), 0), flip(list(range(9)), 8), flip([], 3), flip([1], -1), flip([1, 2, 3], 20), flip([1, 2, 3], -2))
print(flip(["a", 1.5, None, "日", 10**40], 3), rotate([1, 2, 3, 4], 1), rotate([], 0), rotate([5], 7))
print(take(list(range(7))), take([]), take([4]))
huge = 10**20
print([1, 2, 3][:huge], [1, 2, 3][-huge:], [1, 2, 3][huge::-1], put([1, 2, 3], huge, None, [4]))
for start in (None, 0, 1, -1, 5, -5, True, 1.5, "x", huge):
    for stop in (None, 0, 2, -1, 9):
        print(put([1, 2, 3], start, stop, [7, 8]), put([1, 2, 3], start, stop, "ab"), end=" ")
print()
same = [1, 2, 3]
print(put(same, None, None, same), put(same, 1, None, same), put(same, 0, 2, (8, 9)), put(same, 0, 1, 5))
shared = [4, 5, 6]
print(put([1, 2, 3], None, None, shared), shared, put([1, 2, 3], 1, 2, []), put([1, 2], 2, 1, [9]))
if sys.argv[1] == "usual":
    print(flip(Own([1, 2, 3]), 1), put(Own([1, 2]), 0, 1, [4]), put((1, 2), 0, 1, [4]), put("ab", 0, 1, "c"), put(bytearray(b"abc"), 0, 2, b"zz"))
    print(put(bytearray(b"abc"), 0, 2, [1, 2]), put({}, 0, 1, [1]), put([1, 2], 0, 1, None))


def replace():
    items = [Loud("a"), Loud("b"), Loud("c"), 1]
    items[:3] = [1, 2, 3]
    print("then", items)
    items[:] = [Loud("d"), Loud("e"), 4, 5]
    new = [6, Loud("f"), 7, 8]
    items[:] = new
    print("then", items, new)
    items[1:3] = items[2:0:-1]
    print("then", items)
    del new
    items[1:3] = [0, 0]
    return items


print(replace())


def clearing():
    items = [0, 0]
    items[0] = Loud("x", items)
    items[:] = [Loud("y"), Loud("z")]
    return items


print(clearing())
one = Loud("one")
twice = [one, one]
del one
twice[:] = [1, 2]
print(twice)

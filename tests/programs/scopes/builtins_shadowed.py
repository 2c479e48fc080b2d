# run: shadow
# record: keep
import builtins
import sys

SHADOW = sys.argv[1:] != ["keep"]


def measure(items):
    total = 0
    for index, item in enumerate(items):
        total += len(item) + abs(-1) + max(1, 2)
        if SHADOW and index == 1:
            globals()["len"] = lambda x: 100
        if SHADOW and index == 3:
            builtins.abs = lambda x: 10_000
        if SHADOW and index == 5:
            builtins.max = min
        print(index, total)
    return total


saved = builtins.abs, builtins.max
print(measure(["a", "bb", "c", "d", "e", "f", "g", "h"]))
builtins.abs, builtins.max = saved
if SHADOW:
    del len
print(measure(["a"]))


def ranges(n):
    out = []
    for i in range(n):
        out.append(list(range(i)))
        if i == 1:
            globals()["range"] = lambda x: ["fake", x]
    return out


print(ranges(4))
del range
print(ranges(2))
print, sys.stdout.write("print is rebound\n")


def uses_isinstance(x):
    return isinstance(x, int), type(x) is int


print(uses_isinstance(1), uses_isinstance(True))
isinstance = lambda a, b: "patched"
print(uses_isinstance(1))
del isinstance
type = str
print(uses_isinstance(1))

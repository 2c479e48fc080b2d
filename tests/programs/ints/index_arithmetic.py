# run: edge
# record: inside
import sys

EDGE = sys.argv[1:] != ["inside"]


def at(items, i):
    try:
        return items[i]
    except (IndexError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


def diagonal(m):
    return [m[i][len(m) - i - 1] for i in range(len(m))]


def rotate(items, k):
    n = len(items)
    return [items[(i + k) % n] for i in range(n)]


def prefix(items):
    out = [0] * (len(items) + 1)
    for i in range(len(items)):
        out[i + 1] = out[i] + items[i]
    return out


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        print("index", self.value)
        return self.value


indices = [0, 1, -1, 2]
if EDGE:
    indices += [3, -3, -4, 2**31, -(2**31), 2**63 - 1, -(2**63), 2**63, 2**100, -(2**100), True, False, 1.0, None, "1", Index(1), Index(-9), Index(2**70), slice(1)]
for items in ([10, 20, 30], (10, 20, 30), "abc", b"abc", range(3), bytearray(b"abc")):
    print([at(items, i) for i in indices])
print(diagonal([[1, 2], [3, 4]]), rotate([1, 2, 3], -1), rotate([1, 2, 3], 10**20), prefix([2**62] * 3), prefix([1.5, True]))

# run: sub
# record: plain
import sys


class L(list):
    def append(self, x):
        super().append(("sub", x))


class Deque:
    def __init__(self):
        self.log = []

    def append(self, x):
        self.log.append(x)

    def __len__(self):
        return -5 if len(self.log) > 3 else len(self.log)


def fill(target, n):
    for i in range(n):
        target.append(i)
    return target


print(fill([], 3))
if sys.argv[1:] != ["plain"]:
    print(fill(L(), 3), fill(Deque(), 2).log, fill(bytearray(), 3))
    for bad in ((1, 2), "abc", None, {1}, {}):
        try:
            fill(bad, 1)
        except AttributeError as error:
            print(error)
    try:
        fill(bytearray(), 300)
    except ValueError as error:
        print(error)
    try:
        len(fill(Deque(), 4))
    except ValueError as error:
        print(error)

# run: loud
# record: plain
import sys


class Loud(int):
    def __add__(self, other):
        print("add", int(self), int(other))
        return Loud(int(self) + int(other))

    def __radd__(self, other):
        print("radd", int(self), int(other))
        return Loud(int(other) + int(self))

    def __lt__(self, other):
        print("lt", int(self), int(other))
        return int(self) < int(other)

    def __eq__(self, other):
        print("eq", int(self), int(other))
        return int(self) == int(other)

    __hash__ = int.__hash__

    def __index__(self):
        print("index", int(self))
        return int(self)


make = int if sys.argv[1:] == ["plain"] else Loud


def work(a, b):
    total = a + b
    total = total + 1
    total = 1 + total
    total += b
    return total, total < 100, 100 < total, total == a, a - b, a * b, -a, a // b, a % b, a << b


for a, b in ((1, 2), (make(3), 4), (5, make(6)), (make(7), make(8))):
    result = work(a, b)
    print([type(item).__name__ for item in result], [int(item) for item in result])
print([10, 20, 30][make(1)], "abc"[make(2)], list(range(make(3))))
print(sum([make(1), make(2)], make(0)))

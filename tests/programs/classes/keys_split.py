# run: mixed
# record: same
import sys

MIXED = sys.argv[1:] != ["same"]


class Record:
    def __init__(self, order):
        for name in order:
            setattr(self, name, len(name) + order.index(name))


class Growing:
    def __init__(self, n):
        self.a = n
        if n % 2 and MIXED:
            self.b = n
        self.c = n
        if n % 3 == 0 and MIXED:
            del self.a
            self.a = "again"


def read(objects):
    return [(o.a, o.c) for o in objects]


def write(objects):
    for i, o in enumerate(objects):
        o.c = i
        o.new = i * 2
        if MIXED and i == 3:
            del o.a
        o.last = i


print(read([Record(order) for order in (["a", "b", "c"], ["c", "b", "a"], ["a", "c"], ["b", "a", "c"] if MIXED else ["a", "b", "c"])]))
things = [Growing(i) for i in range(7)]
print(read(things))
write(things)
for t in things:
    print(t.__dict__)


class Many:
    def __init__(self, n):
        for i in range(n):
            setattr(self, f"attr{i}", i)
        self.final = n

    def get(self):
        return self.final, self.attr0


print([Many(n).get() for n in (1, 10, 29, 30, 31, 40, 100)])


class Thirty:
    def __init__(self):
        self.a0 = self.a1 = self.a2 = self.a3 = self.a4 = self.a5 = self.a6 = self.a7 = self.a8 = self.a9 = 1
        self.b0 = self.b1 = self.b2 = self.b3 = self.b4 = self.b5 = self.b6 = self.b7 = self.b8 = self.b9 = 2
        self.c0 = self.c1 = self.c2 = self.c3 = self.c4 = self.c5 = self.c6 = self.c7 = self.c8 = self.c9 = 3
        self.d0 = self.d1 = self.d2 = self.d3 = self.d4 = 4

    def total(self):
        self.d4 += 1
        self.e = self.d4
        return self.a0 + self.b5 + self.c9 + self.d4 + self.e


print([Thirty().total() for _ in range(5)], len(vars(Thirty())))

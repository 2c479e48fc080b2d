# run: vary
# record: same
import sys

VARY = sys.argv[1:] != ["same"]


class Config:
    def __init__(self, depth, value):
        self.value = value
        self.child = Config(depth - 1, value + 1) if depth else None


class Other:
    def __init__(self, value):
        self.child, self.value = self, value


def deep(c):
    return c.child.child.child.value


def update(c, n):
    for i in range(n):
        c.child.value += i
        c.child.child.value = c.value + c.child.value
        if VARY and i == 2:
            c.child = Other(100)
        if VARY and i == 4:
            c.child.child = Config(1, 2.5)
        if VARY and i == 6:
            c.child.__dict__["value"] = "s"
        if VARY and i == 7:
            c.child = None
    return c.value


configs = [Config(4, i) for i in range(3)] + ([Other(5), Config(3, 1.5)] if VARY else [])
print([deep(c) for c in configs])
for n in (3, 5, 7):
    c = Config(3, 1)
    try:
        print(update(c, n), c.child.value)
    except (TypeError, AttributeError) as error:
        print(error)
try:
    update(Config(3, 1), 10)
except (TypeError, AttributeError) as error:
    print(error)
try:
    deep(Config(2, 0))
except AttributeError as error:
    print(error)

# run: mixed
# record: plain
import sys


class Base:
    def __init__(self, name):
        self.name = name

    def __add__(self, other):
        print(self.name, "__add__")
        return NotImplemented if not isinstance(other, Base) else f"{self.name}+{other.name}"

    def __radd__(self, other):
        print(self.name, "__radd__")
        return NotImplemented if isinstance(other, str) else f"{other}+{self.name}"

    def __lt__(self, other):
        print(self.name, "__lt__")
        return NotImplemented

    def __gt__(self, other):
        print(self.name, "__gt__")
        return "greater"

    def __eq__(self, other):
        print(self.name, "__eq__")
        return NotImplemented


class Derived(Base):
    def __radd__(self, other):
        print(self.name, "Derived.__radd__")
        return "derived first"


def add(a, b):
    try:
        return a + b
    except TypeError as error:
        return str(error)


def less(a, b):
    try:
        return a < b
    except TypeError as error:
        return str(error)


a, b, d = Base("a"), Base("b"), Derived("d")
pairs = [(a, b)] * 3 if sys.argv[1:] == ["plain"] else [(a, b), (a, 1), (1, a), (a, "s"), ("s", a), (a, d), (d, a), (d, d), (None, a)]
for left, right in pairs * 2:
    print(add(left, right), less(left, right), left == right, left != right)

# run: change
# record: keep
import sys


class A:
    def __init__(self, v):
        self.v = v

    def name(self):
        return "A", self.v


class B:
    def name(self):
        return "B", self.v

    def __getattr__(self, attribute):
        return f"no {attribute}"


class C(A):
    def name(self):
        return "C", *super().name()


class Slotted:
    __slots__ = ("v",)


def loop(objects):
    out = []
    for i, o in enumerate(objects):
        if sys.argv[1:] != ["keep"]:
            if i == 2:
                o.__class__ = B
            if i == 4:
                o.__class__ = C
            if i == 5:
                objects[6].__class__ = type("D", (A,), {"name": lambda self: "D"})
        out.append(o.name())
    return out


print(loop([A(i) for i in range(8)]))


class Changer:
    def first(self):
        self.__class__ = Changed
        return self.second()

    def second(self):
        return "original second"


class Changed:
    def second(self):
        return "changed second"


print(Changer().first(), type(c := Changer()).__name__, c.first(), c.__class__.__name__)
for target, kind in ((A(1), Slotted), (A(1), int), (5, A), (A(1), 3), (Slotted(), A), (A(1), "x")):
    try:
        target.__class__ = kind
        print("changed")
    except TypeError as error:
        print(error)


class Liar:
    @property
    def __class__(self):
        return int


print(isinstance(Liar(), int), type(Liar()).__name__, Liar().__class__)

# run: usual
# record: unusual
"""Attributes of classes that globals name: the class, its attributes, the names and what the attributes are change while loops run."""

import sys
import traceback


class Meta(type):
    def __getattr__(cls, name):
        return f"{cls.__name__} made {name}"


class Base:
    LEVEL = 1
    NAME = "base"


class Color(Base):
    RED = 2
    RATIO = 1.5
    ITEMS = []


class Own(metaclass=Meta):
    RED = 7


class Module:
    """Stands for a class, but is an object."""

    RED = 3

    def __init__(self):
        self.LEVEL = 10
        self.RATIO = 0.5


class Switch:
    """Attributes of this class may become descriptors."""


class Holder:
    switch = Switch()
    plain = property(lambda self: 5)

    def method(self):
        return "method"


KIND = Color


def sums(n, change):
    total, ratio = 0, 1.0
    for i in range(n):
        if i == n // 2:
            change()
        total += KIND.RED * i + KIND.LEVEL
        ratio *= KIND.RATIO
        if Color.RED == i:
            total -= Color.LEVEL
    return total, round(ratio, 6)


def attempt(change, again=lambda: None):
    try:
        print(sums(12, change))
    except Exception as error:
        print(type(error).__name__, error)
        traceback.print_exc()
    again()


def assign(name, value):
    return lambda: globals().__setitem__(name, value)


attempt(lambda: None)
attempt(lambda: None)


def switches(n, change):
    out = []
    for i in range(n):
        if i == n // 2:
            change()
        switch = Holder.switch
        out.append(type(switch).__name__)
        out.append(type(Holder.plain).__name__)
        out.append(Holder.method(None))
    return out[-3:]


print(switches(6, lambda: None))
if sys.argv[1] == "usual":
    attempt(lambda: setattr(Color, "RED", 5), lambda: setattr(Color, "RED", 2))
    attempt(lambda: setattr(Base, "LEVEL", 100), lambda: setattr(Base, "LEVEL", 1))
    attempt(lambda: setattr(Color, "LEVEL", 2**70), lambda: delattr(Color, "LEVEL"))
    attempt(lambda: setattr(Color, "RED", "text"), lambda: setattr(Color, "RED", 2))
    attempt(assign("KIND", Module()), assign("KIND", Color))
    attempt(assign("KIND", Own), assign("KIND", Color))
    attempt(assign("KIND", None), assign("KIND", Color))
    attempt(lambda: globals().__delitem__("KIND"), assign("KIND", Color))
    attempt(lambda: delattr(Color, "RED"), lambda: setattr(Color, "RED", 2))
    attempt(lambda: globals().update({f"more{n}": n for n in range(500)}))
    attempt(lambda: setattr(Color, "RATIO", 2), lambda: setattr(Color, "RATIO", 1.5))
    print(switches(6, lambda: setattr(Switch, "__get__", lambda self, one, kind: [one, kind])))
    del Switch.__get__
    print(switches(6, lambda: setattr(Holder, "switch", 5)), switches(4, lambda: setattr(Holder, "method", lambda self: "other")))


class Noisy:
    def __get__(self, one, kind):
        frame = sys._getframe(1)
        print("asked", frame.f_lineno - frame.f_code.co_firstlineno, sorted(frame.f_locals.items(), key=str))
        globals()["KIND"] = Base
        globals().pop("more5", None)
        return 4


def noisy(n):
    total, ratio = 0, 0.5
    for i in range(n):
        total += (
            Color
            .NOISY
        )
        ratio += total
    return total, ratio, KIND.LEVEL


Color.NOISY = Noisy()
print(noisy(2))
del Color.NOISY
try:
    print(noisy(2))
except AttributeError:
    traceback.print_exc()
del Color
try:
    print(noisy(2))
except NameError:
    traceback.print_exc()

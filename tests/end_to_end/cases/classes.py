# run:
"""Dataclasses, enums, pickling, typing: what looks at modules by name."""

from __future__ import annotations

import abc
import copy
import dataclasses
import enum
import functools
import pickle
import typing
from collections import namedtuple


@dataclasses.dataclass(order=True, frozen=True, slots=True)
class Point:
    x: int
    y: typing.Optional[int] = None

    @functools.cached_property
    def never(self):
        return 0


class Colour(enum.Enum):
    RED = enum.auto()
    GREEN = "g"


class Flags(enum.Flag):
    A = 1
    B = 2


Pair = namedtuple("Pair", "left right", defaults=[0])


class Base(abc.ABC):
    registry: typing.ClassVar[list] = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Base.registry.append(cls.__qualname__)

    @abc.abstractmethod
    def act(self): ...


class Child(Base):
    def act(self):
        return super().__class__.__name__


def outer():
    class Inner(Base):
        pass

    return Inner


outer()
print(Point(1), Point(1) < Point(2, 3), typing.get_type_hints(Point), dataclasses.astuple(Point(1, 2)))
for value in (Point(1, 2), Colour.RED, Flags.A | Flags.B, Pair(1), Child):
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
print(copy.deepcopy(Pair([1])), Colour("g"), list(Colour), Flags(3), Pair.__module__, Point.__module__)
print(Base.registry, Child().act(), Child.__mro__)
try:
    Base()
except TypeError as error:
    print(error)
try:
    Point(1).x = 3
except dataclasses.FrozenInstanceError as error:
    print(error)
match Point(1, 2):
    case Point(x=1, y=y):
        print("matched", y)

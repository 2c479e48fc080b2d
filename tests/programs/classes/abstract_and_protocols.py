import abc
import typing
from typing import Generic, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

    @property
    @abc.abstractmethod
    def name(self): ...

    def describe(self):
        return f"{self.name} {self.area()}"


class Square(Shape):
    name = "square"

    def __init__(self, s):
        self.s = s

    def area(self):
        return self.s**2


@runtime_checkable
class Sized(Protocol):
    def size(self) -> int: ...


class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item

    def size(self):
        return 1


for use in (lambda: Shape(), lambda: Square(3).describe(), lambda: isinstance(Box(1), Sized), lambda: isinstance(5, Sized), lambda: Box[int](5).item, lambda: Box[int].__args__, lambda: type("Half", (Shape,), {"area": lambda s: 0})(), lambda: Sized()):
    try:
        print(use())
    except TypeError as error:
        print(error)
Shape.register(int)
print(isinstance(5, Shape), issubclass(bool, Shape), Shape.__abstractmethods__ == {"area", "name"})


class Hooked(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        return hasattr(other, "quack") or NotImplemented


print(isinstance(type("Duck", (), {"quack": 1})(), Hooked), isinstance(3, Hooked), typing.get_type_hints(Box.__init__))


class Virtual(type):
    def __instancecheck__(cls, o):
        return o == 5

    def __subclasscheck__(cls, o):
        return "sub"


class V(metaclass=Virtual):
    pass


print(isinstance(5, V), isinstance(6, V), issubclass(int, V), isinstance(V(), V), [isinstance(x, (str, V)) for x in (5, "5", 6)])

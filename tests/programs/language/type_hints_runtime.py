from __future__ import annotations

import dataclasses
import typing
from typing import Annotated, Callable, Final, Literal, NewType, Optional, TypedDict, Union, overload

UserId = NewType("UserId", int)


class Movie(TypedDict, total=False):
    title: str
    year: int


@overload
def f(x: int) -> int: ...
@overload
def f(x: str) -> str: ...
def f(x):
    return x * 2


@dataclasses.dataclass
class Node:
    value: undefined_but_future
    next: Optional[Node] = None
    kind: Literal["a", "b"] = "a"


def g(a: Annotated[int, "meta"], b: Callable[[int], str] = str, *c: Final) -> Union[int, None]:
    x: nothing.like.this = 5
    return x + a


print(UserId(5) + 1, Movie(title="x"), f(2), f("a"), Node(1, Node(2)), g(1), g.__annotations__, Node.__annotations__, typing.get_args(Union[int, str]), typing.cast(int, "s"))
T = typing.TypeVar("T", bound=int)


class Stack(typing.Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> Stack[T]:
        self.items.append(item)
        return self


print(Stack[int]().push(1).push("not checked").items, Stack[int], list[int] | None, typing.get_type_hints(Stack.__init__))
try:
    typing.get_type_hints(Node)
except NameError as error:
    print(error)

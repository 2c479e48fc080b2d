"""Business code as it is written with types: dataclasses, enums, protocols, properties, generic containers, exceptions, f-strings."""

from __future__ import annotations

import enum
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Callable, Dict, Generic, Iterator, List, Optional, Protocol, TypeVar

import harness

T = TypeVar("T")


class State(enum.Enum):
    OPEN = "open"
    PAID = "paid"
    SENT = "sent"
    GONE = "gone"

    @property
    def final(self) -> bool:
        return self in (State.SENT, State.GONE)


class StateError(Exception):
    def __init__(self, order: "Order", wanted: State) -> None:
        super().__init__(f"order {order.number}: {order.state.value} cannot become {wanted.value}")
        self.order = order
        self.wanted = wanted


@dataclass(frozen=True)
class Money:
    cents: int
    currency: str = "CHF"

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency}")
        return Money(self.cents + other.cents, self.currency)

    def __mul__(self, factor: int) -> "Money":
        return Money(self.cents * factor, self.currency)

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02d} {self.currency}"


@dataclass
class Line:
    article: str
    price: Money
    count: int = 1

    @property
    def total(self) -> Money:
        return self.price * self.count


@dataclass
class Order:
    number: int
    customer: str
    lines: List[Line] = field(default_factory=list)
    state: State = State.OPEN

    def total(self) -> Money:
        return sum((line.total for line in self.lines), Money(0))

    def advance(self, state: State) -> None:
        if self.state.final:
            raise StateError(self, state)
        self.state = state


class Rule(Protocol):
    def applies(self, order: Order) -> bool: ...

    def discount(self, order: Order) -> Money: ...


class ManyLines:
    def __init__(self, least: int) -> None:
        self.least = least

    def applies(self, order: Order) -> bool:
        return len(order.lines) >= self.least

    def discount(self, order: Order) -> Money:
        return Money(-order.total().cents // 20)


class GoodCustomer:
    names = frozenset(f"customer {n}" for n in range(0, 50, 7))

    def applies(self, order: Order) -> bool:
        return order.customer in self.names

    def discount(self, order: Order) -> Money:
        return Money(-500)


class Repository(Generic[T]):
    def __init__(self, key: Callable[[T], int]) -> None:
        self._key = key
        self._items: Dict[int, T] = {}

    def add(self, item: T) -> None:
        self._items[self._key(item)] = item

    def get(self, key: int) -> Optional[T]:
        return self._items.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)


class Service:
    def __init__(self, rules: List[Rule]) -> None:
        self.orders: Repository[Order] = Repository(lambda order: order.number)
        self.rules = rules
        self.problems: List[str] = []

    def place(self, number: int) -> None:
        order = Order(number, f"customer {number % 50}")
        for n in range(number % 6 + 1):
            order.lines.append(Line(f"article {n}", Money(199 + n * 150), n % 3 + 1))
        self.orders.add(order)

    def charge(self, number: int) -> Money:
        order = self.orders.get(number)
        if order is None:
            raise KeyError(number)
        total = order.total()
        for rule in self.rules:
            if rule.applies(order):
                total = total + rule.discount(order)
        return total

    def advance_all(self, state: State, every: int) -> None:
        for order in self.orders:
            if order.number % every == 0:
                try:
                    order.advance(state)
                except StateError as error:
                    self.problems.append(str(error))

    def report(self) -> Dict[State, List[str]]:
        found: Dict[State, List[str]] = defaultdict(list)
        for order in sorted(self.orders, key=lambda order: (order.customer, -order.number)):
            found[order.state].append(f"{order.number:>6} {order.customer:<12} {order.total()!s:>12}")
        return found


def work() -> object:
    """Check: what is in the report and the sum of all charges."""
    service = Service([ManyLines(4), GoodCustomer()])
    for number in range(4_000):
        service.place(number)
    charged = Money(0)
    for number in range(4_200):
        try:
            charged += service.charge(number)
        except KeyError:
            service.problems.append(f"no order {number}")
    service.advance_all(State.PAID, 2)
    service.advance_all(State.SENT, 3)
    service.advance_all(State.GONE, 4)
    report = service.report()
    raised = replace(Money(5), cents=charged.cents)
    return str(raised), {state.name: len(lines) for state, lines in report.items()}, len(service.problems), report[State.SENT][-1]


if __name__ == "__main__":
    harness.main(work)

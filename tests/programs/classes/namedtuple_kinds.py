from collections import namedtuple
from typing import NamedTuple

P = namedtuple("P", "x y")


class Q(NamedTuple):
    a: int
    b: str = "d"

    def twice(self):
        return self.a * 2


class R(P):
    __slots__ = ()

    def __add__(self, other):
        return R(self.x + other.x, self.y + other.y)

    @property
    def norm(self):
        return (self.x**2 + self.y**2) ** 0.5


def total(points):
    x = y = 0
    for p in points:
        x += p.x
        y += p.y
    return x, y


print(P(1, 2), P(y=1, x=2).x, P(1, 2) == (1, 2), P(1, 2) + (3,), Q(5), Q(5).twice(), Q(1)._replace(b="n"), R(1, 2) + R(3, 4), R(3, 4).norm)
print(total([P(1, 2), R(3, 4.5), P(2**63, True)]), P._fields, P(1, 2)._asdict(), Q._field_defaults, [*P(1, 2)], P._make("ab"))
for use in (lambda: P(1), lambda: P(1, 2, 3), lambda: setattr(P(1, 2), "x", 5), lambda: P(1, 2).z, lambda: P(1, 2)[5], lambda: namedtuple("B", "def x"), lambda: namedtuple("B", "x x"), lambda: P(1, 2)._replace(q=1)):
    try:
        print(use())
    except Exception as error:
        print(type(error).__name__, error)
a, b = P(1, 2)
x, *rest = Q(1)
print(a, b, x, rest, P.x.__doc__, isinstance(P(1, 2), tuple), hash(P(1, 2)) == hash((1, 2)), P(1, 2) < P(1, 3))

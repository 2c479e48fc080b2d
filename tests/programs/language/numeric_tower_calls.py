from collections.abc import Hashable
from numbers import Integral, Number, Real


class Mod7(int):
    def __new__(cls, v):
        return super().__new__(cls, int(v) % 7)

    def __add__(self, o):
        return Mod7(int(self) + int(o))

    __radd__ = __add__

    def __mul__(self, o):
        return Mod7(int(self) * int(o))

    __rmul__ = __mul__

    def __pow__(self, o, m=None):
        r = Mod7(1)
        for _ in range(o):
            r = r * self
        return r


def horner(cs, x):
    r = cs[0]
    for c in cs[1:]:
        r = r * x + c
    return r


def power(x, n):
    r = x ** 0
    while n:
        if n & 1:
            r = r * x
        x = x * x
        n >>= 1
    return r


for x in (3, 2.5, True, Mod7(3), 1j, 2**40, -1):
    print(type(x).__name__, horner([1, 2, 3], x), type(horner([1, 2, 3], x)).__name__, power(x, 5), isinstance(x, Integral), isinstance(x, Real), isinstance(x, Number), isinstance(x, Hashable))
print(horner([Mod7(6)] * 3, 5), sum([Mod7(5), Mod7(6)]), Mod7(9) == 2, 5 * Mod7(3), Mod7(3) - 5, -Mod7(3), Mod7(3) / 2)

def f(a: int = "text", *, b: float = None) -> str:
    return a, b


def g(x: list = (), y: dict = []):
    return [*x, *y]


class C:
    n: int = "s"
    items: list[int] = {1: 2}

    def total(self) -> int:
        return sum(self.items) + len(self.n)


print(f(), f(1, b=2), g(), g("ab", {1: 2}), C().total())
c = C()
c.n, c.items = [1, 2], (0.5, 0.25)
print(c.total())
c.n = 5
try:
    c.total()
except TypeError as error:
    print(error)

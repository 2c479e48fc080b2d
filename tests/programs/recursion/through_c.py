# Recursion that passes through C functions, as deep as any build of CPython 3.11 survives.
import functools
import sys


def by_sorted(n):
    return 0 if n == 0 else sorted([n], key=lambda x: by_sorted(n - 1))[0]


def by_map(n):
    return 0 if n == 0 else sum(map(by_map, [n - 1])) + 1


def by_reduce(n):
    return n if n == 0 else functools.reduce(lambda a, b: by_reduce(n - 1) + 1, [1, 2])


class Repr:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"({Repr(self.n - 1)!r})" if self.n else "."

    def __eq__(self, other):
        return [Repr(self.n - 1)] == [Repr(other.n - 1)] if self.n else True

    def __len__(self):
        return len(Repr(self.n - 1)) + 1 if self.n else 0

    def __getitem__(self, i):
        return Repr(self.n - 1)[i] if self.n else i

    def __call__(self, *a, **k):
        return Repr(self.n - 1)(*a, **k) if self.n else (a, k)


@functools.lru_cache(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.cache
def deep(n):
    return 0 if n == 0 else deep(n - 1) + 1


def by_exec(n):
    scope = {"n": n, "by_exec": by_exec}
    exec("r = 0 if n == 0 else by_exec(n - 1) + 1", scope)
    return scope["r"]


print(by_sorted(100), by_map(200), by_reduce(100), repr(Repr(60)), Repr(50) == Repr(50), len(Repr(100)), Repr(80)[5], Repr(50)(1, a=2), fib(150), deep(100), by_exec(50))
sys.setrecursionlimit(400)
for f in (by_sorted, by_map, by_reduce, deep, by_exec):
    try:
        f(10_000)
    except RecursionError:
        print(f.__name__, "RecursionError")
print(by_map(20))

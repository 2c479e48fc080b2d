# Recursion through C functions is not compared: how deep it gets in CPython depends on how warm the instructions are that call them (cold
# calls of C functions count, specialised ones do not).
import sys


def plain(n):
    depth[0] = n
    return plain(n + 1)


def with_try(n):
    depth[0] = n
    try:
        return with_try(n + 1)
    finally:
        unwound[0] += 1


def two_args(n, other=None, *rest):
    depth[0] = n
    two_args(n + 1, other, *rest)


class K:
    def method(self, n):
        depth[0] = n
        self.method(n + 1)

    def __call__(self, n):
        depth[0] = n
        self(n + 1)

    def __getattr__(self, name):
        depth[0] += 1
        return getattr(self, name + "x")

    def __add__(self, n):
        depth[0] = n
        return self + (n + 1)


def generator(n):
    depth[0] = n
    yield from generator(n + 1)


lam = lambda n: depth.__setitem__(0, n) or lam(n + 1)


def comprehension(n):
    depth[0] = n
    return [comprehension(n + 1) for _ in (1,)]


def dunder_init(n):
    class R:
        def __init__(self, n):
            depth[0] = n
            R(n + 1)

    R(n)


k = K()
for limit in (100, 250, 1000):
    sys.setrecursionlimit(limit)
    for name, start in (("plain", plain), ("with_try", with_try), ("two_args", two_args), ("method", k.method), ("call", k), ("lambda", lam), ("comprehension", comprehension), ("generator", lambda n: list(generator(n))), ("add", lambda n: k + n), ("init", dunder_init)):
        depth, unwound = [0], [0]
        try:
            start(0)
        except RecursionError as error:
            print(limit, name, depth, unwound, error)
depth = [0]
try:
    k.q
except RecursionError as error:
    print("getattr", str(error)[:32])  # whether "while calling a Python object" follows depends on which call is the last
for bad in (0, -1, 5, "x"):
    try:
        sys.setrecursionlimit(bad)
        print("set", bad)
    except (ValueError, RecursionError, TypeError) as error:
        print(type(error).__name__, error)

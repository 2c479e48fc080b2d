import functools


class Callable:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *, y=0):
        return self.n + x + y


class Static:
    @staticmethod
    def __call__(x):
        return ("static", x)


class ClassCall:
    @classmethod
    def __call__(cls, x):
        return (cls.__name__, x)


class Nested:
    __call__ = Callable(100)


def apply_all(fs, x):
    out = []
    for f in fs:
        try:
            out.append(f(x))
        except Exception as error:
            out.append(f"{type(error).__name__}: {error}")
    return out


fs = [abs, Callable(5), lambda v: v * 2, functools.partial(max, 3), str, "a-b".join, [1, 2, 3].index, int.__neg__, Static(), ClassCall(), Nested(), Callable(1).__call__, type("T", (), {"__init__": lambda s, x: None, "__repr__": lambda s: "T!"}), print, None, 5, {}.get, operator_like := (lambda *a: a), range, bool, Exception, (i for i in ()).send, staticmethod(abs), functools.lru_cache(lambda x: x + 1), object.__getattribute__, super]
for x in (1, -2.5, "s"):
    for line in apply_all(fs, x):
        print(line if not str(line).startswith("<") else type(line).__name__)
c = Callable(1)
c.__call__ = lambda x: "ignored"
print(c(1), callable(c), callable(5), c(1, y=2))
Callable.__call__ = lambda self, *a, **k: ("patched", a, k)
print(c(1, y=2), apply_all([c] * 2, 0))
del Callable.__call__
try:
    c(1)
except TypeError as error:
    print(error, callable(c))

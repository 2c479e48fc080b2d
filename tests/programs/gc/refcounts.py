import sys


class Thing:
    pass


def count(x):
    return sys.getrefcount(x)


def local_count():
    t = Thing()
    before = sys.getrefcount(t)
    u = t
    items = [t, t]
    after = sys.getrefcount(t)
    del u, items
    return before, after, sys.getrefcount(t)


def leaks(f, n=20):
    marker = Thing()
    f(marker)
    start = sys.getrefcount(marker)
    for _ in range(n):
        f(marker)
    return sys.getrefcount(marker) - start


def swallow(x):
    try:
        raise ValueError(x)
    except ValueError as error:
        y = error
        del y


def wraps(x):
    return [x, (x,), {1: x}, lambda: x, lambda a=x: a][0]


def unpacks(x):
    a, (b, *c) = x, [x, x, x]
    (lambda *args, **kw: (args, kw))(a, *c, k=b)


def breaks(x):
    for item in [x, x, x]:
        if item:
            break
    with_continue = [i for i in (x, x) if i]


def returns_in_finally(x):
    try:
        return x
    finally:
        return [x]


def fails_halfway(x):
    for action in (lambda: [x, x, 1 / 0], lambda: {x: x, "k": 1 / 0}, lambda: (x, x)[5], lambda: x + x, lambda: x.nothing, lambda: len(x, x), lambda: f"{x!r}{1 / 0}", lambda: (lambda a, b: 0)(x), lambda: (lambda *, k: 0)(x, k=x), lambda: int(x), lambda: [*[x], *5]):
        try:
            action()
        except (ArithmeticError, LookupError, TypeError, AttributeError):
            pass


def generator(x):
    def g():
        yield x
        yield x

    next(g())
    list(g())


def sets_attributes(x):
    t = Thing()
    t.a = t.b = x
    t.a = 5
    del t.b
    t.c = x


for f in (swallow, wraps, unpacks, breaks, returns_in_finally, fails_halfway, generator, sets_attributes):
    print(f.__name__, leaks(f))
print(local_count()[1] - local_count()[0], local_count()[2] == local_count()[0])

sentinel = object()


def f(x=sentinel, y=1.5, z=(), *, k=10**10):
    return x is sentinel, y, z, k


def loop(n):
    out = []
    for i in range(n):
        if i % 2:
            out.append(f())
        else:
            out.append(f(i, float(i), k=i))
    return out


print(loop(4), f.__defaults__[1] is f.__defaults__[1], f() == f())


def keep(x, kept=[]):
    kept.append(x)
    return kept


def hot(n):
    for i in range(n):
        keep(i * 0.5)
    return len(keep(None))


print(hot(5), keep.__defaults__, keep(1, kept=[9]))
keep.__defaults__[0].clear()
print(keep("after clear"))


def outer(n):
    fs = []
    for i in range(n):

        def g(x, i=i, *, j=i * 2):
            return x + i + j

        fs.append(g)
    return [g(1) for g in fs], fs[0].__code__ is fs[1].__code__, fs[0] is fs[1]


print(outer(3))
g = lambda a, b=[], *c, d={}, **e: (a, b, c, d, e)
g(1)[1].append("shared")
g(1)[3]["shared"] = 1
print(g(2), g(3, [], 4, d=5, f=6))

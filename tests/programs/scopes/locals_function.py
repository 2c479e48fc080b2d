def f(a, b=2, *args, c=3, **kw):
    x = 1
    first = locals()
    y = 2
    second = locals()
    second["x"] = 100
    second["invented"] = 5
    del a
    third = dict(locals())
    return first is second, x, sorted(third), "invented" in third, third.get("x")


print(f(1), f(1, 2, 3, z=4))


def cells():
    a = 1

    def inner():
        nonlocal a
        a += 1
        return sorted(locals().items())

    return inner(), inner(), {k: v for k, v in locals().items() if k == "a"}


print(cells())


def in_loop():
    seen = []
    for i in range(3):
        seen.append(sorted(locals()))
        if i == 1:
            late = 1
    return seen


print(in_loop())


def comprehension():
    z = 5
    return [sorted(locals()) for i in range(1)], [k for k in sorted(vars())]


print(comprehension())


class Body:
    x = 1
    names = sorted(k for k in locals() if not k.startswith("__"))
    locals()["injected"] = "works in class bodies"


print(Body.names, Body.injected, locals() is globals())


def snapshot(n):
    d = locals()
    n += 1
    before = d["n"]
    locals()
    return before, d["n"], n


print(snapshot(1), "d" in (lambda: locals())())

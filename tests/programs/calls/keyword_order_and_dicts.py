def f(**kw):
    return list(kw.items())


def g(a, b=1, **kw):
    kw["added"] = a
    return kw


d = {"x": 1, "y": 2}
result = g(0, **d)
print(f(z=1, a=2, m=3), result, d, f(**{"b": 1}, a=2, **{"c": 3}), g(a=1, b=2, c=3), f(**dict.fromkeys("cab")))


def mutate(*args, **kw):
    args += (1,)
    kw.clear()
    return args, kw


t, k = (0,), {"q": 1}
print(mutate(*t, **k), t, k)


def defaults_order(a=print("default a"), b=print("default b"), *, c=print("default c")):
    pass


def forwards(*args, **kwargs):
    return target(*args, **kwargs)


def target(a, /, b, *c, d, **e):
    return a, b, c, d, e


print(forwards(1, 2, 3, d=4, a=5), forwards(1, b=2, d=3))
for args, kwargs in (((), {}), ((1,), {"d": 1}), ((1, 2), {}), ((1, 2), {"b": 3, "d": 4}), ((), {"a": 1, "b": 2, "d": 3})):
    try:
        print(forwards(*args, **kwargs))
    except TypeError as error:
        print(error)


class Mapping:
    def __init__(self, keys):
        self.k = keys

    def keys(self):
        return iter(self.k)

    def __getitem__(self, key):
        if key == "bad":
            raise KeyError(key)
        return key * 2


print(f(**Mapping(["p", "q"])))
for keys in (["bad"], [1], ["a", "a"]):
    try:
        print(f(**Mapping(keys)))
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)

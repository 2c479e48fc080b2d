def show(*args, **kwargs):
    return args, kwargs


def fixed(a, b, c=3, *rest, d, e=5, **more):
    return a, b, c, rest, d, e, more


class Mapping:
    def keys(self):
        print("keys")
        return ["d", "x"]

    def __getitem__(self, key):
        print("item", key)
        return key * 2


def gen():
    print("generating")
    yield 1
    yield 2


print(show(*gen(), *"ab", **{"k": 1}, **Mapping()), show(*[], **{}), show(*(1,), 2, *[3], x=1, **{"y": 2}))
print(fixed(1, 2, d=4), fixed(*range(5), d=4, z=1), fixed(1, *[2], **Mapping()), fixed(b=2, a=1, d=0))
args = [1, 2]
result = show(*args)
args.append(3)
print(result, show(*args)[0] == tuple(args))
t = (1, 2)
print(show(*t)[0] is t, show(*t, *())[0] is t)
d = {"a": 1}
print(show(**d)[1] is d)
for call in (lambda: show(**{"a": 1}, **{"a": 2}), lambda: show(a=1, **{"a": 2}), lambda: show(**{1: 2}), lambda: show(*5), lambda: show(**5), lambda: show(**[("a", 1)]), lambda: fixed(1, 2, **{"a": 3}, d=1), lambda: fixed(*[1, 2, 3], b=3, d=4), lambda: fixed(**{"d": 1}), lambda: dict(**{"a": 1}, **{"b": 2})):
    try:
        print(call())
    except TypeError as error:
        print(error)


class Str(str):
    pass


print(show(**{Str("a"): 1}), [type(k).__name__ for k in show(**{Str("a"): 1})[1]])

class C:
    def __contains__(self, x):
        print("contains", x)
        return x > 5


class It:
    def __iter__(self):
        print("iter")
        yield from (1, 2.0, "x")


class Get:
    def __getitem__(self, i):
        print("get", i)
        if i > 2:
            raise IndexError
        return i * 10


class Refuses:
    __contains__ = None
    __iter__ = lambda self: iter([1])


class Truthy:
    def __contains__(self, x):
        return [x]


def check(items, containers):
    out = []
    for c in containers:
        for x in items:
            try:
                out.append(x in c)
                out.append(x not in c)
            except TypeError as error:
                out.append(str(error))
    return out


print(check([1, 10], [C(), It(), Get(), Refuses(), Truthy(), 5, None, object()]))
print(check(["a", "", 1, None, b"a"], ["abc", "", b"abc", ["a"], ("a",), {"a"}, {"a": 1}, frozenset(["a"]), range(3), iter(["a", "b"]), {"a": 1}.values(), {"a": 1}.items(), (c for c in "xa")]))
nan = float("nan")
print(check([nan, 1.0, True, 2**70], [[nan], (1,), {1: 0}, range(9), [True], {2**70}]))


class Eq:
    def __eq__(self, other):
        raise ValueError("compared")


e = Eq()
print(e in [e], e in (e,), e in {id(e): e}.values())
try:
    1 in [2, e]
except ValueError as error:
    print(error)
it = iter([1, 2, 3])
print(2 in it, list(it))

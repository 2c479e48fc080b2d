def iterator():
    print("start")
    yield 1
    print("second")
    yield 2
    print("third")
    yield 3
    print("end")


class Sequence:
    def __init__(self, n):
        self.n = n

    def __getitem__(self, i):
        if i >= self.n:
            raise IndexError
        return i


def two(x):
    a, b = x
    return a, b


def star(x):
    a, *b, c = x
    return a, b, c


def nested(x):
    (a, b), [c, *d] = x
    return a, b, c, d


for f in (two, star, nested):
    for value in ((1, 2), [1, 2], "ab", {1: 2, 3: 4}, range(2), iterator(), Sequence(2), (1,), (1, 2, 3), [], "abc", 5, None, [(1, 2), (3, 4, 5)], [(1, 2), ()], b"xy", ((1, 2, 3), 4), iter([1]), {5}):
        try:
            print(f.__name__, f(value))
        except (TypeError, ValueError) as error:
            print(f.__name__, type(error).__name__, error)
a = b = c = [0]
a, b[0], c = 1, 2, 3
print(a, b, c)
x = [1, 2, 3]
i = 0
i, x[i] = 2, "x"
print(i, x)
x[0], x[1] = x[1], x[0]
(p, q), r = "ab", "c"
[s, t] = {"k": 1, "l": 2}
*u, = range(3)
for v, (w, *y) in [(1, "abc"), (2, [4])]:
    print(v, w, y)
print(p, q, r, s, t, u, [m for m, *_ in ["ab", "cd"]], (*x, *u), [*x, 1, *u], {*x, *u} == {2, 0, 1, 3, "x"}, {**{"a": 1}, "b": 2, **{"a": 3}})


def gen_close():
    try:
        yield 1
        yield 2
        yield 3
    finally:
        print("closed")


try:
    a, b = gen_close()
except ValueError as error:
    print(error)

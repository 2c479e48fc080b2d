class T(tuple):
    def __getitem__(self, i):
        return f"T {i}"

    def __len__(self):
        return 1

    def __iter__(self):
        return iter("TT")

    def __add__(self, other):
        return "T add"

    def __eq__(self, other):
        return "T eq"

    __hash__ = tuple.__hash__


def use(t):
    a = t[0], t[-1], len(t), [x for x in t], t + (9,), t == (1, 2), t * 2, 1 in t, t[1:], bool(t)
    x, y = t
    return a, x, y


print(use((1, 2)), use(T((1, 2))), use(tuple([1, 2])))
for bad in (lambda: (1, 2)[5], lambda: tuple([1])["a"], lambda: (1,) + [2], lambda: hash(([],)), lambda: (1, 2).index(3), lambda: (1, 2) < (1, "a"), lambda: (1,) < 5, lambda: exec("t = (1,); t[0] = 2"), lambda: exec("t = (1,); del t[0]"), lambda: (1, 2) * 1.5):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print((1, 2) < (1, 3), () < (0,), (1, 2, 3)[::-1], (1,) * 3, (1, 2).count(1), hash((1, 2.0)) == hash((1.0, 2)), ((),) == ((),), (1, (2, [3]))[1][1][0])


def swap(a, b):
    a, b = b, a
    return a, b


def rotate(a, b, c):
    a, b, c = c, a, b
    return a, b, c


def constant():
    return (1, 2, ("a", None))


print(swap(1, "x"), rotate(1, 2, 3), constant() is constant(), constant()[2] is constant()[2])
t = ([1], 2)
t[0].append(5)
print(t, (*t, *"ab"), (*(),), tuple(x for x in range(3)))

def matrix(n):
    return [[i * j for j in range(n)] for i in range(n)]


def transpose(m):
    return [[row[i] for row in m] for i in range(len(m[0]))]


def primes(n):
    return [p for p in range(2, n) if all(p % d for d in range(2, int(p**0.5) + 1))]


def flat(m):
    return [x for row in m for x in row if x % 2 if x > 1]


x = "outer"
print(matrix(4), transpose(matrix(3)), primes(50), flat(matrix(4)), [x for x in range(2)], x)
print({k: [v for v in range(k)] for k in range(3)}, {a + b for a in "ab" for b in "cd"} == {"ac", "ad", "bc", "bd"}, list(x for x in [1, 2]), sum(i for i in range(5)), [(i, j) for i in range(3) for j in range(i)])
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [(lambda y: y * 2)(z) for z in range(3)], [[y := z, y] for z in "ab"])


def raising(items):
    try:
        return [10 // item for item in items]
    except ZeroDivisionError:
        return "zero"


class Order:
    def __init__(self):
        self.log = []

    def note(self, x):
        self.log.append(x)
        return x


o = Order()
print(raising([1, 2]), raising([1, 0]), {o.note(k): o.note(k.upper()) for k in "ab"}, o.log)
g = (print("evaluated", i) or i for i in [1, 2])
print(next(g), next(g), next(g, "end"))


def lazy():
    items = [1, 2]
    g = (i * k for i in items)
    items = [9]
    k = 10
    return list(g)


print(lazy())
try:
    [undefined for undefined_ in range(1)]
except NameError as error:
    print(error)
try:
    (1 for _ in 5)
except TypeError as error:
    print(error)
print([*(y for y in "xy")], [None for _ in range(3)], [[]] * 2, [i if i % 2 else -i for i in range(4)], len([c for c in __name__]))

# run: mixed
# record: ints
import itertools
import sys

MIXED = sys.argv[1:] != ["ints"]


def squares(items):
    for x in items:
        yield x * x


def total(g):
    t = 0
    for x in g:
        t += x
    return t


def pipeline(items):
    evens = (x for x in items if x % 2 == 0)
    doubled = (x * 2 for x in evens)
    return sum(doubled)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n, g):
    return [x for _, x in zip(range(n), g)]


def window(items, n):
    window = []
    for x in items:
        window.append(x)
        if len(window) > n:
            window.pop(0)
        if len(window) == n:
            yield tuple(window)


data = [1, 2, 3] if not MIXED else [1, 2.5, 2**40, True, 1j]
print(total(squares(data)), pipeline([1, 2, 4]), take(100, fib())[-1], list(window(range(5), 3)))
try:
    total(squares([1, "a"]))
except TypeError as error:
    print(error)
print(list(itertools.islice(fib(), 5, 10)), list(itertools.takewhile(lambda x: x < 20, fib())), list(itertools.accumulate(squares(range(5)))), [(k, list(g)) for k, g in itertools.groupby("aabbb")], list(itertools.chain.from_iterable(squares([i]) for i in range(3))), list(itertools.product("ab", repeat=2))[1], list(itertools.starmap(pow, [(2, 3)])), max(squares([3, -4])), dict(zip("ab", fib())), *squares("" if False else [5]))
a, b = itertools.tee(squares(range(4)))
print(next(a), list(b), list(a), "".join(str(x) for x in squares([1, 2])), any(x > 2 for x in fib()), sorted(squares([2, -3, 1])), list(map(total, [squares([1]), squares([2])])))


def early():
    for x in fib():
        if x > 50:
            return x


def mutate():
    items = [1, 2, 3]
    for x in (y for y in items):
        if len(items) < 6:
            items.append(x * 10)
    return items


print(early(), mutate())


class Tree:
    def __init__(self, v, *children):
        self.v, self.children = v, children

    def __iter__(self):
        yield self.v
        for c in self.children:
            yield from c


print(list(Tree(1, Tree(2, Tree(3)), Tree(4))), sum(Tree(1, Tree(2.5))), 4 in Tree(1, Tree(4)), [x for x in Tree(0)], *Tree("t"))

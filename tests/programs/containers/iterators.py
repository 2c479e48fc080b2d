class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Fresh:
    def __iter__(self):
        yield from (1, 2)


class Bad:
    def __iter__(self):
        return 5


class BadNext:
    def __iter__(self):
        return self


class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("broken next")


class NoneIter:
    __iter__ = None


def total(items):
    t = 0
    for x in items:
        t += x
    return t


for items in ([1, 2], (1, 2.5), range(3), {1: 2}, {3}, Countdown(4), Fresh(), iter([1]), (x for x in [1, 2]), map(int, "12"), zip([1], [2]), "ab", b"ab", Bad(), BadNext(), Broken(), NoneIter(), 5, None, enumerate([1]), reversed([1, 2]), filter(None, [0, 3]), {}.keys(), {1: 1}.values(), memoryview(b"ab")):
    try:
        print(type(items).__name__, total(items), total(items))
    except (TypeError, ValueError) as error:
        print(type(items).__name__, type(error).__name__, error)


def loop(n):
    out = []
    for i in range(n):
        out.append(list(Countdown(2)))
        if i == 1:
            Countdown.__next__ = Fresh_next
        if i == 2:
            Countdown.__iter__ = lambda self: iter("own")
    return out


def Fresh_next(self):
    self.n -= 1
    if self.n < -1:
        raise StopIteration
    return "patched"


print(loop(5))
it = iter([1, 2, 3])
for x in it:
    for y in it:
        print(x, y)
sentinel = iter(Countdown(3).__next__, 1)
print(list(sentinel), next(iter([]), "default"))

# run: mixed
# record: ints
import sys


def numbers(n, kind):
    for i in range(n):
        yield kind(i)


def total(n, kind):
    t = 0
    for x in numbers(n, kind):
        t = t + x if t is not None else x
    return t


class W(int):
    def __radd__(self, o):
        return ("radd", o)


kinds = [int] if sys.argv[1:] == ["ints"] else [int, float, bool, complex, lambda i: 2**62 + i, W]
for kind in kinds:
    try:
        print(total(5, kind))
    except TypeError as error:
        print(error)
if len(kinds) > 1:
    for kind in (str, list, lambda i: 1 // (2 - i)):
        try:
            print(total(4, kind))
        except (TypeError, ZeroDivisionError) as error:
            print(type(error).__name__, error)


def coroutine():
    total = 0
    while True:
        x = yield total
        if x is None:
            return total
        total += x


def drive(values):
    c = coroutine()
    next(c)
    out = []
    try:
        for v in values:
            out.append(c.send(v))
    except StopIteration as stop:
        out.append(("returned", stop.value))
    except TypeError as error:
        out.append(str(error))
    return out


print(drive([1, 2]), drive([1, 2.5, 2**70, True, "x"]), drive([1, None, 2]))

# run: all
# record: stable
import sys

STABLE = sys.argv[1:] == ["stable"]


def evolving(n):
    x = 0
    seen = []
    for i in range(n):
        if not STABLE:
            if i == 5:
                x = 1.5
            elif i == 8:
                x = 2**63
            elif i == 11:
                x = "text"
            elif i == 13:
                x = [1]
            elif i == 15:
                x = True
            elif i == 17:
                x = None
        try:
            x = x + x if i % 2 else x * 2
        except TypeError as error:
            x = 0
            seen.append(str(error))
        seen.append(x)
    return seen


def called(x):
    if x == 3:
        return x + 1
    return x * 2


def many(kinds):
    out = []
    for kind in kinds:
        out.append(called(kind))
    return out


def swap_types(n):
    a, b = 1, 1.5
    for i in range(n):
        a, b = b, a
        a = a + b
        if i == 6 and not STABLE:
            a = "a"
            b = "b"
    return a, b


def maybe(flag):
    if flag == 1:
        result = 5
    elif flag == 2:
        result = 5.5
    elif flag == 3:
        result = None
    else:
        result = "s"
    return result if result is None else result * 2


def accumulate(items, start):
    acc = start
    for item in items:
        acc = acc + item
    return acc


print(evolving(20))
kinds = [1, 2, 3] if STABLE else [1, 3, 2.5, 3.0, "s", [1], True, 2**70, (1,), b"x", 1j]
print(many(kinds * 2), swap_types(10), [maybe(i) for i in (1, 2, 3, 4, 1.0, "1")])
print(accumulate([1, 2], 0), accumulate([1, 2.5], 0), accumulate(["a"], ""), accumulate([[1]], []), accumulate([2**62] * 4, 0), accumulate([True, True], 0), accumulate((), None))

import sys


def values_at_raise(n):
    a = n * 2
    b = a / 2.0
    c = [a, b]
    for i in range(10):
        d = i * b
        if i == n:
            raise ValueError(d)
    return c


def inspect_frames(f, *args):
    try:
        f(*args)
    except Exception as error:
        tb = error.__traceback__.tb_next
        out = []
        while tb:
            out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno, sorted((k, v) for k, v in tb.tb_frame.f_locals.items() if isinstance(v, (int, float, str, list)))))
            tb = tb.tb_next
        return out


for n in (0, 3, 2**40, 1.5):
    for line in inspect_frames(values_at_raise, n) or ["no exception"]:
        print(line)


def outer(x):
    y = x + 1
    return middle(y) + y


def middle(y):
    z = [y] * 2
    try:
        return inner(z[0], z[1])
    finally:
        z = "changed in finally"


def inner(p, q):
    p, q = q * 2, p
    return p // (q - q)


print(*inspect_frames(outer, 4), sep="\n")


def in_comprehension(items):
    k = 10
    return [k // item for item in items]


print(*inspect_frames(in_comprehension, [1, 0]), sep="\n")


def with_cells(n):
    cell = n

    def use():
        nonlocal cell
        cell += 1
        return cell // 0

    return use()


print(*inspect_frames(with_cells, 5), sep="\n")


class K:
    def __init__(self, v):
        self.v = v
        half = v / 2
        self.check(half)

    def check(self, half):
        if half > 1:
            raise OverflowError(half)


print([(name, line) for name, line, _ in inspect_frames(K, 5)], inspect_frames(K, 1))

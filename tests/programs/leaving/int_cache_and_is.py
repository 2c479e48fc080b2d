def small(n):
    out = []
    for i in range(n - 2, n + 3):
        a = i + 1
        b = i + 1
        out.append(a is b)
    return out


print(small(0), small(100), small(250)[:3])


def through_list(values):
    kept = [v for v in values]
    return all(a is b for a, b in zip(values, kept))


print(through_list([10**9 + i for i in range(5)]), through_list([i / 3 for i in range(5)]))


def argument_identity(x, y):
    return x is y


big, f = 10**12, 0.1
print(argument_identity(big, big), argument_identity(f, f), argument_identity(*[big] * 2))


class Holder:
    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x


h = Holder(f)
print(h.x is f, h.get() is f, h.get() is h.get())
h.x = h.x + 1.0
y = h.x
print(y is h.x, h.get() is y)


def returned(x):
    z = x
    for _ in range(3):
        z = z if z else x
    return z


print(returned(f) is f, returned(big) is big)
d = {f: f}
(key, value), = d.items()
print(key is f, value is f, d[0.1] is f, max([f, f]) is f, sorted([f])[0] is f)


def swap(a, b):
    for _ in range(5):
        a, b = b, a
    return a, b


p, q = swap(f, big)
print(p is big, q is f)


def maybe_same(x):
    y = x * 1.0
    return y is y, [y][0] is y, (lambda: y)() is y


print(maybe_same(3.5))
t = (f, f, big)
a, b, c = t
print(a is b, a is f, c is big, t[0] is t[1])
gen = (x for x in t)
print(next(gen) is f, list(gen)[1] is big)

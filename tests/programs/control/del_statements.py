class T:
    def __init__(self):
        self.a, self.items, self.d = 1, [1, 2, 3, 4], {"k": 1}

    def __delattr__(self, n):
        print("delattr", n)
        super().__delattr__(n)

    def __delitem__(self, k):
        print("delitem", k)


def f(x):
    y = z = x
    del x, y
    try:
        y
    except NameError as error:
        print(error)
    w = [z, z]
    del w[0], (z)
    try:
        return z, w
    except UnboundLocalError as error:
        return str(error)


t = T()
del t.a, t.items[0], t.items[-1:], t.d["k"], t["x"], t[1:2], t[...]
print(t.items, t.d, f(5))
for code in ("del t.a", "del t.d['k']", "del t.items[9]", "del undefined", "del (1).x", "del 'abc'[0]", "del t.items[0], t.items[0], t.items[0]", "del len.x", "del t.__class__", "del T.__init__.__code__"):
    try:
        exec(code)
    except Exception as error:
        print(code, type(error).__name__, error)
print(t.items)


def loop(n):
    out = []
    for i in range(n):
        v = i
        if i % 2:
            del v
        try:
            out.append(v)
        except UnboundLocalError:
            out.append("unbound")
    del i
    try:
        i
    except UnboundLocalError as error:
        out.append(str(error))
    return out


def args(*a, **k):
    del a, k
    return locals()


def cell():
    x = 1

    def g():
        return x

    del x
    try:
        g()
    except NameError as error:
        return str(error)


print(loop(5), args(1, b=2), cell())
a = b = 1
del a
print("a" in globals(), b)
del (b,), [t]
print("b" in globals(), "t" in globals())

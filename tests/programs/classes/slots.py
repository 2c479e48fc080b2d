class P:
    __slots__ = ("x", "y", "__weakref__")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def total(self):
        return self.x + self.y


class Q(P):
    pass


class R(P):
    __slots__ = ("z",)


class WithDict:
    __slots__ = ("a", "__dict__")


def total(items):
    out = 0
    for item in items:
        out += item.total()
    return out


print(total([P(1, 2), Q(3, 4.5), R(5, 2**64)]))
q = Q(1, 2)
q.extra = 5
print(q.__dict__, hasattr(P(1, 2), "__dict__"))
w = WithDict()
w.a, w.b = 1, 2
print(w.a, w.__dict__, P.x, type(P.x).__name__, P.__slots__)
p = P(1, 2)
del p.x
for use in (lambda: p.x, lambda: p.total(), lambda: setattr(p, "new", 1), lambda: delattr(p, "x"), lambda: P.x.__get__(5), lambda: P.x.__set__(q, "via descriptor"), lambda: q.x, lambda: R(1, 2).z, lambda: setattr(P, "x", 5), lambda: p.x, lambda: p.total()):
    try:
        print(use())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
for body in ('__slots__ = ("a", "a-b")', '__slots__ = ("v",); v = 1', '__slots__ = 5', '__slots__ = ("__dict__", "__dict__")'):
    try:
        exec(f"class S:\n    {body}")
    except (TypeError, ValueError) as error:
        print(error)
try:

    class T(P, WithDict):
        pass

except TypeError as error:
    print(error)


class Text(str):
    __slots__ = ()


print(Text("abc").upper(), hasattr(Text("q"), "__dict__"))

# run: mixed
# record: same
import sys


class P:
    def __init__(self, x, y=0):
        self.x, self.y = x, y


def make(kinds):
    out = []
    for i, kind in enumerate(kinds):
        try:
            p = kind(i)
            out.append((type(p).__name__, getattr(p, "x", None)))
        except TypeError as error:
            out.append(str(error))
    return out


class Q(P):
    def __new__(cls, x):
        return P(x * 10) if x % 2 else super().__new__(cls)


class R(P):
    def __init__(self, x):
        super().__init__(x, self)
        self.z = 1


class Meta(type):
    def __call__(cls, *a):
        return ("meta", *a)


class S(metaclass=Meta):
    pass


class NoArgs:
    pass


kinds = [P] * 4 if sys.argv[1:] == ["same"] else [P, Q, Q, R, S, NoArgs, int, str, list, P, lambda x: P(x), P.__new__, range, bool]
print(make(kinds))


def allocate(n):
    last = None
    for i in range(n):
        last = P(i, last)
        if i == 5 and sys.argv[1:] != ["same"]:
            P.__init__ = lambda self, x, y=0: self.__dict__.update(x="patched", y=y)
        if i == 8 and sys.argv[1:] != ["same"]:
            P.__slots__ = ("ignored",)
            P.x = property(lambda self: "property")
    out = []
    while last is not None:
        out.append(last.x)
        last = last.y
        if last == 0:
            break
    return out


print(allocate(11))

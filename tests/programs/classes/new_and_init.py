class A:
    count = 0

    def __new__(cls, *args, **kw):
        A.count += 1
        print("new", cls.__name__, args, kw)
        if args and args[0] == "other":
            return 42
        if args and args[0] == "b":
            return object.__new__(B)
        return super().__new__(cls)

    def __init__(self, *args):
        print("init", type(self).__name__, args)


class B(A):
    def __init__(self, *args):
        print("B init", args)
        return None


class BadInit:
    def __init__(self):
        return 5


class Frozen(tuple):
    def __new__(cls, *items):
        return super().__new__(cls, items)

    def __repr__(self):
        return f"Frozen{tuple(self)}"


def make(cls, n, *args):
    return [cls(*args) for _ in range(n)]


print(A(), A("other"), type(A("b")).__name__, type(B("b")).__name__) if False else None
print(A("other"), type(A("b")).__name__, type(B()).__name__, A.count)
for use in (BadInit, lambda: object(1), lambda: object.__new__(5), lambda: type("N", (), {"__new__": lambda c: object.__new__(c)})(1), lambda: type("I", (), {"__init__": lambda s: None})(1), lambda: A(key=1), lambda: object.__new__(int), lambda: int.__new__(bool, 1), lambda: type("E", (), {})(1)):
    try:
        print(type(use()).__name__)
    except TypeError as error:
        print(error)
print(Frozen(1, 2), make(Frozen, 2, "a"), Frozen(1) + (2,), Frozen(1, 2)[1])


class P:
    def __init__(self, x):
        self.x = x


def loop(n):
    out = []
    for i in range(n):
        out.append(P(i).x)
        if i == 2:
            P.__init__ = lambda self, x: setattr(self, "x", x * 100)
        if i == 4:
            P.__new__ = lambda cls, x: type("Fake", (), {"x": f"fake {x}"})
        if i == 6:
            P.__new__ = staticmethod(lambda cls, x: object.__new__(cls))
            del P.__init__
            P.x = "class x"
    return out


print(loop(9))

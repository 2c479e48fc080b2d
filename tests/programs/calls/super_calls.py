class A:
    def __init__(self, x=0):
        self.trace = [("A", x)]

    def who(self):
        return ["A"]

    @classmethod
    def make(cls):
        return "A.make", cls.__name__

    @property
    def p(self):
        return "A.p"


class B(A):
    def __init__(self, x):
        super().__init__(x + 1)
        self.trace.append(("B", x))

    def who(self):
        return ["B", *super().who()]

    @classmethod
    def make(cls):
        return "B.make", super().make()

    @property
    def p(self):
        return "B.p " + super().p


class C(A):
    def who(self):
        return ["C"] + super(C, self).who()

    def bound(self):
        s = super()
        return s.who(), s.__thisclass__.__name__, s.__self_class__.__name__


class D(B, C):
    def who(self):
        return ["D", *[x for x in super().who()]]

    def in_nested(self):
        def inner():
            return super(D, self).who()

        return inner()

    def wrong(self):
        return (lambda: super().who())()

    def missing(self):
        return super().nothing

    def sets(self):
        super().attr = 5


d = D(5)
print(d.trace, d.who(), d.make(), d.p, d.bound(), d.in_nested(), C().who(), C().bound(), [c.__name__ for c in D.__mro__])
for f in (d.wrong, d.missing, d.sets, lambda: super(B, 5).who(), lambda: super(), lambda: B.who(C()), lambda: super(5)):
    try:
        print(f())
    except (TypeError, RuntimeError, AttributeError) as error:
        print(type(error).__name__, error)


class E(A):
    def f(self):
        del self
        return super().who()

    def g(self):
        self = 5
        return super().who()

    def h(*args):
        return super().who()


for name in "fgh":
    try:
        print(getattr(E(), name)())
    except (TypeError, RuntimeError) as error:
        print(error)
D.__bases__ = (C, B)
print(D.who(d), [c.__name__ for c in D.__mro__])

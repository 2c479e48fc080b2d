class A:
    def f(self):
        return "A.f"

    def call(self):
        return self.f() + "/" + self.g()

    def g(self):
        return "A.g"


class B(A):
    pass


class C(B):
    def g(self):
        return "C.g"


def loop(o, n):
    out = []
    for i in range(n):
        out.append(o.call())
        if i == 1:
            A.f = lambda self: "A.f2"
        if i == 3:
            B.f = lambda self: "B.f"
        if i == 5:
            C.f = lambda self: "C.f" + super(C, self).f()
        if i == 7:
            B.__bases__ = (Z,)
        if i == 9:
            del C.g
    return out


class Z:
    def f(self):
        return "Z.f"

    def g(self):
        return "Z.g"

    def call(self):
        return "Z.call:" + self.f() + self.g()


print(*loop(C(), 12), sep="\n")
print([k.__name__ for k in C.__mro__], isinstance(C(), A), issubclass(C, Z), A.__subclasses__(), [k.__name__ for k in Z.__subclasses__()])
for action in ("C.__bases__ = ()", "C.__bases__ = (int,)", "C.__bases__ = (C,)", "A.__name__ = 5", "int.x = 5", "A.__dict__['f'] = 1", "del A.__module__", "A.__mro__ = ()"):
    try:
        exec(action)
    except (TypeError, AttributeError) as error:
        print(str(error).split("\n")[0])
A.__name__ = "Renamed"
try:
    A().nothing
except AttributeError as error:
    print(error)
print(repr(A).replace("__main__.", ""))

x = "global"


def f():
    x = "function"

    class A:
        before = x
        x = "class"
        after = x

        def get(self):
            return x

        values = [x for _ in "a"]
        first = list(y for y in x)[0]
        nested = [[z for z in x] for _ in x[:1]]

    return A.before, A.after, A().get(), A.values, A.first, A.nested


try:
    print(f())
except NameError as error:
    print(error)


class B:
    x = x
    y = x

    def m(self, x=x):
        return x

    z = (lambda: x)()
    del x
    w = x


print(B.y, B().m(), B.z, B.w)


def g():
    class C:
        exec("made = 1")
        total = made + 1
        exec("x = 'by exec'")
        seen = x

    return C.total, C.seen


print(g())


def h(n):
    class D:
        n = n

    return D.n


try:
    print(h(1))
except NameError as error:
    print(error)


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return {"prepared": name, "len": lambda x: "fake len"}


class E(metaclass=Meta):
    used = prepared, len("abc")

    def m(self):
        return len("abc")


print(E.used, E().m())

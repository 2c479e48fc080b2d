class A:
    def __len__(self):
        return 1


a = A()
a.__len__ = lambda: 99
a.__str__ = lambda: "instance"
a.__call__ = lambda: "call"
a.__getitem__ = lambda i: i
a.__iter__ = lambda: iter([1])
a.__add__ = lambda o: "add"
a.__eq__ = lambda o: "eq"
a.__hash__ = lambda: 5
print(len(a), a.__len__(), str(a).startswith("<"), a == 1, hash(a) == object.__hash__(a))
for f in (lambda: a(), lambda: a[0], lambda: iter(a), lambda: a + 1, lambda: -a):
    try:
        print(f())
    except TypeError as error:
        print(error)
A.__call__ = lambda self: "class call"
A.__getitem__ = lambda self, i: ("class item", i)
A.__add__ = lambda self, o: ("class add", o)
A.__iter__ = lambda self: iter("class")
print(a(), a[0], list(a), a + 1)
A.__len__ = lambda self: 7
print(len(a), bool(a))
del A.__len__
try:
    len(a)
except TypeError as error:
    print(error)
print(bool(a))


class Prop:
    @property
    def __len__(self):
        return lambda: 11

    @property
    def __call__(self):
        return lambda x: x * 2

    @staticmethod
    def __getitem__(i):
        return ("static", i)

    @classmethod
    def __contains__(cls, x):
        return cls.__name__ == x


p = Prop()
print(len(p), p(4), p[3], "Prop" in p)
Prop.__call__ = print
p("printed by a builtin")
Prop.__getitem__ = {"k": "dict method"}.get
print(p["k"])

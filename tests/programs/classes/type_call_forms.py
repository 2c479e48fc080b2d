print(type(5), type(type), type("X", (), {}).__name__)
for arguments in ((), (1, 2), ("X", 5, {}), ("X", (), []), (5, (), {}), ("X", (5,), {}), ("X\0", (), {}), ("X", (int, str), {})):
    try:
        print(type(*arguments))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
Y = type("Y", (dict,), {"__getitem__": lambda self, k: f"item {k}", "__doc__": "made", "attr": property(lambda self: 3), "__slots__": ()})
y = Y(a=1)
print(y["q"], y.attr, y.get("a"), Y.__doc__, hasattr(y, "__dict__"), "%(z)s" % y)
classes = [type(f"K{i}", (object,) if i == 0 else (classes_last,), {"f": lambda self, i=i: i}) for i in range(1) for classes_last in [object]]
for i in range(1, 5):
    classes.append(type(f"K{i}", (classes[-1],), {"f": lambda self, i=i: (i, super(classes[i], self).f())}))
print(classes[4]().f(), [c().f() for c in classes[:2]])


def factory(n):
    class Made:
        value = n

        def get(self):
            return n, self.value, __class__.value

    return Made


A, B = factory(1), factory("b")
print(A().get(), B().get(), A is B, isinstance(A(), B), A.__qualname__)
results = []
for cls in (A, B, A, int, str, list, Y):
    results.append(cls())
print([type(r).__name__ for r in results])

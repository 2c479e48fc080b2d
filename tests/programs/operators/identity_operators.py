class A:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1


def same(a, b):
    return a is b, a is not b, a == b


a = A()
print(same(a, a), same(a, A()), same(a, None), a is None, a == None, None is None, same([], []), same((), ()), same("", ""), same(None, 0), same(NotImplemented, NotImplemented), same(..., Ellipsis), same(int, type(5)), same(len, len))


def singleton(flag):
    return flag is True, flag is False, flag is None, flag == True


for value in (True, False, None, 1, 0, 1.0, "", [], bool(1), not 0, 1 == 1, 3 > 5):
    print(repr(value), singleton(value))


def default(x=None, marker=object()):
    return x is None, marker is default.__defaults__[1]


print(default(), default(0), type(a) is A, type(type(a)) is type, a.__class__ is A, A.__eq__ is A.__eq__, a.__eq__ is a.__eq__, a.__eq__ == a.__eq__)
items = [a, A(), None, a]
print([i for i, x in enumerate(items) if x is a], items.count(a), [x is None for x in items], sum(x is a for x in items))


def loop_identity(n):
    first = last = None
    for i in range(n):
        value = float(i)
        if first is None:
            first = value
        assert value is value
        last = value
    return first is last, first == 0.0


print(loop_identity(1), loop_identity(3))

# run: usual
# record: unusual
"""Attributes and methods of instances whose dictionary was made, with slots, of classes: found, replaced, deleted, shadowed, on classes that change."""

import sys


class Late:
    """Instances get attributes after many others were made: CPython gives them dictionaries."""

    made = 0

    def __init__(self, n):
        self.a = n
        self.b = n * 2

    def more(self):
        self.c = self.a + self.b
        self.d = [self.c]
        self.e = 1.5 * self.a
        return self

    def total(self):
        return self.a + self.b + self.c

    @classmethod
    def count(cls, step):
        cls.made += step
        return cls.made

    @classmethod
    def stronger(cls, one, other):
        return one.a < other.a


class Later(Late):
    made = 100


class Slots:
    __slots__ = ("a", "b", "c", "d", "e")

    def __init__(self, n):
        self.a = n
        self.b = n * 2
        self.c = self.a + self.b
        self.d = [n]
        self.e = 2.5

    def total(self):
        return self.a - self.b + self.c

    more = total


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe(1)
        print("gone", self.name, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, sorted(k for k, v in frame.f_locals.items() if isinstance(v, (int, float))))


def use(things, rounds):
    out = 0
    for n in range(rounds):
        for thing in things:
            thing.a += 1
            thing.e *= 1.5
            out += thing.total() + thing.a
            thing.c = thing.b
            if n % 7 == 0:
                thing.d.append(n)
                thing.d = thing.d[-2:]
    return out, [(thing.a, thing.b, thing.c, thing.d, round(thing.e, 3)) for thing in things[:3]]


def classes(kinds, things):
    out = []
    for n in range(6):
        for kind in kinds:
            out.append(kind.count(n))
            out.append(kind.stronger(things[n], things[n + 1]))
    return out


late = [Late(n) for n in range(40)]
for one in late:
    one.more()
print(use(late, 20))
print(classes([Late, Later], late), Late.made, Later.made)
print(classes([Late(5), Later(6)], late)) if sys.argv[1] == "usual" else None
if sys.argv[1] == "usual":
    print(use([Slots(n) for n in range(5)], 10))
    mixed = [Slots(1), late[0], Later(3).more(), late[2], Slots(4)]
    print(use(mixed, 12))
    late[3].total = lambda: 1000
    print(use(late[:5], 3))
    del late[3].total
    late[4].__dict__ = {"e": 1.0, "d": [], "c": 3, "b": 2, "a": 1}
    late[5].__dict__["zz"] = 5
    print(use(late[3:6], 3))
    del late[0].c
    try:
        print(late[0].c)
    except AttributeError as error:
        print(error)
    late[0].c = 7
    print(late[0].total(), vars(late[0]))
    del mixed[0].b
    try:
        print(use(mixed, 1))
    except AttributeError as error:
        print(error)
    Late.total = lambda self: -1
    print(use(late[:3], 2))
    Late.a = property(lambda self: 5, lambda self, value: None)
    print(use(late[:3], 2))
    del Late.a
    Later.count = staticmethod(lambda step: step)
    print(classes([Late, Later], late))
    Late.stronger = classmethod(lambda cls, one, other: (cls.__name__, one.a > other.a))
    print(classes([Late], late))


def replaced(thing):
    ratio = 0.5
    for n in range(3):
        ratio *= 1.5
        thing.c = Loud(f"c{n}")
        thing.x = Loud(f"x{n}")
        thing.x = n
    thing.c = None
    return ratio


print(replaced(late[1]), replaced(Late(1)))


def unpacked(pairs):
    total, weight, last = 0, 1.5, None
    for pair in pairs:
        try:
            first, second = pair
            (a, b), [c, *d] = first, second
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
            continue
        total += a * weight
        weight += 1
        last = (a, b, c, d)
        del a, b, first, pair
    return total, weight, last


def endings(n):
    for i in range(n):
        weight = i * 1.5
        _, kept = Loud(f"first {i}"), Loud(f"kept {i}")
        one, [two, three] = (Loud(f"one {i}"), [1, 2])
        del _
    return weight


class Pair:
    def __iter__(self):
        frame = sys._getframe(1)
        print("asked", frame.f_locals.get("total"), frame.f_locals.get("weight"))
        return iter(((1, 2), [3, 4]))


class Three(tuple):
    def __iter__(self):
        return iter(((5, 6), "xyz"))


print(unpacked([((1, 2), [3])] * 3 + [((4, 5), [6, 7, 8])]))
if sys.argv[1] == "usual":
    print(unpacked([Pair(), ((1, 2), "ab"), [[1, 2], (3,)], (1, 2, 3), 5, (((1, 2, 3)), [1]), Three((1,)), {(1, 2): 1, (3, 4): 2}, [(1, 2), []], Pair()]))
print(endings(2))


def same(one, others):
    return [(one == other, one != other, other == one) for other in others]


print(same(late[0], [late[0], late[1], None, 1, "x", Later(1), object, Slots(1)]), same(None, [None, late[0], 0]), same(Late, [Late, Later, 1]))


def deep(one, other, n):
    try:
        return deep(one, other, n + 1)
    except RecursionError:
        try:
            return one == other, one != other
        except RecursionError as error:
            return str(error)


print(deep(late[0], late[1], 0))

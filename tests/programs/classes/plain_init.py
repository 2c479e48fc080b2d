"""Classes whose __init__ only stores what it gets, and everything that may be changed about them while instances are made."""

import gc
import traceback
import weakref

BIG = 10**20


class Point:
    kind = "point"

    def __init__(self, x, y=2, z=None):
        self.x = x
        self.y = y
        self.z = z
        self.tags = ()
        self.big = 100000000000000000000
        self.name = "p"
        self.none = None

    def shown(self):
        return list(vars(self).items())


class Named(Point):
    pass


class Other:
    def __init__(self, x, y=2, z=None):
        self.z = z
        self.x = x
        self.y = y


class Slotted:
    __slots__ = ("x", "y", "__weakref__")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Guarded:
    def __init__(self, x):
        self.x = x
        self.y = x


class Twice:
    def __init__(self, x, y):
        self.x = x
        self.x = y


class Swapped:
    def __init__(self, a, b):
        self.b = a
        self.a = b


class Finalised:
    def __init__(self, x):
        self.x = x

    def __del__(self):
        print("del", self.x)


class Many:
    def __init__(self, a, b, c, d, e, f):
        self.a1 = a
        self.a2 = a
        self.a3 = a
        self.a4 = a
        self.a5 = a
        self.b1 = b
        self.b2 = b
        self.b3 = b
        self.b4 = b
        self.b5 = b
        self.c1 = c
        self.c2 = c
        self.c3 = c
        self.c4 = c
        self.c5 = c
        self.d1 = d
        self.d2 = d
        self.d3 = d
        self.d4 = d
        self.d5 = d
        self.e1 = e
        self.e2 = e
        self.f1 = f


def point(x, y):
    return Point(x, y)


def one(x):
    return Point(x)


def named(x):
    return Point(z=x, x=x + 1)


def slotted(x):
    return Slotted(x, x)


def guarded(x):
    return Guarded(x)


def chain(n):
    made = None
    for i in range(n):
        made = Other(i, made)
    return made


def several():
    for i in range(20):
        a, b, c, d = point(i, i + 1), one(i), named(i), Named(i, z=i)
    print(a.shown(), b.shown(), c.shown(), d.shown(), type(d).__name__)
    print(a.big is b.big, a.tags is c.tags, b.none, a.kind)
    print([vars(one_) for one_ in (Twice(1, 2), Twice(3, 4), Twice(5, 6), Swapped(1, 2), Swapped(3, 4), Swapped(5, 6))])
    for i in range(5):
        many = Many(i, 1, 2, 3, 4, 5)
    print(len(vars(many)), list(vars(many))[-3:], sum(vars(many).values()))
    many.extra = 1
    many.more = 2
    print(list(vars(Many(1, 2, 3, 4, 5, 6)))[:3], many.a1, many.extra)
    x = 12345.5
    first, second = Point(x), Point(x)
    print(first.x is second.x is x)


def instances():
    made = [point(i, -i) for i in range(10)]
    made[3].new = 1
    del made[4].x
    made[5].__dict__["w"] = 3
    made.append(point(1, 2))
    print([list(vars(p)) for p in made[2:]])
    made[0].x = 5
    print(made[0].x, made[1].x, hasattr(made[4], "x"))
    ref = weakref.ref(made[0])
    del made[0]
    print(ref() is None)
    one_ = chain(50)
    ring = chain(3)
    ring.y.y = ring
    ref = weakref.ref(ring)
    del ring, one_
    gc.collect()
    print(ref() is None)
    thresholds = gc.get_threshold()
    gc.set_threshold(10)
    held = [[chain(3) for _ in range(30)] for _ in range(10)]
    gc.set_threshold(*thresholds)
    print(len(held), held[0][0].y.y.x)
    for i in range(6):
        Finalised(i)
    print([slotted(i).y for i in range(5)])


def attempt(function, *args):
    try:
        print(function(*args).shown())
    except Exception as error:
        print(type(error).__name__, error, [(f.name, f.lineno) for f in traceback.extract_tb(error.__traceback__)])


def changed():
    for i in range(5):
        one(i), guarded(i), point(i, i)
    Point.__init__.__defaults__ = (7, 8)
    print(one(1).shown())
    Point.__init__.__defaults__ = (7,)
    attempt(one, 1)
    attempt(point, 1, 2)
    Point.__init__.__defaults__ = (2, None)
    print(one(1).shown())
    Point.y = property(lambda self: "got", lambda self, value: print("set", value))
    print(one(1).shown(), one(2).y)
    del Point.y
    print(one(1).shown())
    Point.__setattr__ = lambda self, name, value: object.__setattr__(self, name, (name, value))
    print(one(1).shown())
    del Point.__setattr__
    print(one(1).shown())
    old = Point.__init__
    Point.__init__ = lambda self, *args: print("init", args)
    print(one(1).shown())
    Point.__init__ = old
    print(one(1).shown())
    old.__code__ = (lambda self, x, y=2, z=None: None).__code__
    print(one(1).shown())
    Twice.__new__ = lambda cls, x, y: object.__new__(Other)
    print([type(Twice(1, y)).__name__ for y in range(3)])
    Guarded.y = 5
    print(vars(guarded(3)))

    class Descriptor:
        def __get__(self, instance, owner):
            return "descriptor"

    class Plain:
        pass

    plain = Plain()
    Guarded.y = plain
    print(vars(guarded(4)), guarded(4).y)
    Plain.__get__ = lambda self, instance, owner: "now"
    Plain.__set__ = lambda self, instance, value: print("setting", value)
    print(vars(guarded(5)), guarded(5).y)
    global Other
    for i in range(4):
        chain(2)

    class Other(Guarded):
        def __init__(self, x, y):
            self.x = (x, y)

    print([type(v).__name__ for v in vars(chain(2))["x"]])


if __name__ == "__main__":
    several()
    instances()
    changed()

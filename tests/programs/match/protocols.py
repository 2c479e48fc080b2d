from collections import deque
from collections.abc import Mapping, Sequence


class Seq(Sequence):
    def __len__(self):
        print("len")
        return 3

    def __getitem__(self, i):
        print("get", i)
        if i >= 3:
            raise IndexError(i)
        return i * 10


class Map(Mapping):
    def __init__(self, **d):
        self.d = d

    def __getitem__(self, k):
        print("getitem", k)
        return self.d[k]

    def get(self, k, default=None):
        print("get", k)
        return self.d.get(k, default)

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


class Meta(type):
    def __instancecheck__(cls, o):
        print("instancecheck", type(o).__name__)
        return o == 7


class Seven(metaclass=Meta):
    pass


class Attr:
    __match_args__ = ("a", "b")

    def __getattr__(self, name):
        print("getattr", name)
        if name == "b":
            raise AttributeError(name)
        return 5


class BadArgs:
    __match_args__ = ["a"]


class NotStr:
    __match_args__ = (1,)


class Eq:
    def __eq__(self, other):
        print("eq", type(other).__name__)
        return True


def check(value):
    match value:
        case [a, b, *c] if not isinstance(value, deque):
            return "seq", a, b, c
        case {"k": v, **rest}:
            return "map", v, rest
        case Seven():
            return "seven"
        case Attr(5, b=3):
            return "attr 5 3"
        case Attr(a):
            return "attr", a
        case deque([x, *_]):
            return "never: deque takes one self"
        case 42:
            return "equals 42"
        case _:
            return "nothing"


for value in (Seq(), Map(k=1, z=2), Map(z=1), 7, 8, Attr(), deque([1, 2]), "ab", b"ab", Eq()):
    try:
        print(check(value))
    except Exception as error:
        print(type(error).__name__, error)
for code in ("match 1:\n case int(1, 2): pass", "match BadArgs():\n case BadArgs(1): pass", "match NotStr():\n case NotStr(1): pass", "match 1:\n case undefined.x: pass", "match 1:\n case len(): pass", "match Attr():\n case Attr(1, 2, 3): pass", "match Attr():\n case Attr(1, a=2): pass", "match 1:\n case x: pass\n case y: pass", "match 1:\n case x | y: pass", "match {}:\n case {'a': 1, 'a': 2}: pass", "match 1:\n case [x, x]: pass"):
    try:
        exec(code)
        print(code, "no error")
    except Exception as error:
        print(type(error).__name__, error)


def bindings_kept(value):
    match value:
        case [a, b, 99]:
            pass
        case [a, *_] if a > 100:
            pass
        case _:
            pass
    return sorted(locals().items())


print(bindings_kept([1, 2, 3]), bindings_kept([500]), bindings_kept(5))


def no_match(value):
    match value:
        case 1:
            return "one"


print(no_match(1), no_match(2))

# run: mixed
# record: plain
import sys


class Plain:
    def __init__(self, v):
        self.v = v


class Slot:
    __slots__ = ("v",)

    def __init__(self, v):
        self.v = v


class Prop:
    def __init__(self, v):
        self.w = v

    @property
    def v(self):
        return self.w * 10


class Get:
    def __init__(self, v):
        self.w = v

    def __getattr__(self, name):
        return (name, self.w)


class Always:
    def __init__(self, v):
        pass

    def __getattribute__(self, name):
        return 42


class ClassAttr:
    v = "class"

    def __init__(self, v):
        pass


class Empty:
    def __init__(self, v):
        pass


def read(objects):
    out = []
    for o in objects:
        try:
            out.append(o.v)
        except AttributeError as error:
            out.append(str(error))
    return out


def write(objects):
    out = []
    for i, o in enumerate(objects):
        try:
            o.v = i
            out.append(o.v)
        except AttributeError as error:
            out.append(str(error))
    return out


kinds = [Plain] * 4 if sys.argv[1:] == ["plain"] else [Plain, Plain, Slot, Prop, Get, Always, ClassAttr, Empty, Plain, Slot]
objects = [k(i) for i, k in enumerate(kinds)]
print(read(objects), write(objects), read(objects), read([Plain, len, 5, sys]) if len(kinds) > 4 else "")

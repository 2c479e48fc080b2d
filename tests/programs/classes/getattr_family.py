log = []


class Both:
    x = "class x"

    def __getattribute__(self, name):
        log.append(("getattribute", name))
        return super().__getattribute__(name)

    def __getattr__(self, name):
        log.append(("getattr", name))
        if name.startswith("no"):
            raise AttributeError(f"custom {name}")
        return lambda *a: (name, a)

    def __setattr__(self, name, value):
        log.append(("set", name))
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        log.append(("del", name))
        object.__delattr__(self, name)


b = Both()
b.y = 5
print(b.x, b.y, b.z(1), hasattr(b, "nope"), callable(b.never()), getattr(b, "no", "default"))
b.y += 1
del b.y
try:
    del b.y
except AttributeError as error:
    print(error)
try:
    b.nothing()
except AttributeError as error:
    print(error)
print(b.__class__, *log, sep="\n")


class PropertyFails:
    @property
    def broken(self):
        return self.inner.missing

    def __getattr__(self, name):
        return f"fallback {name}"


try:
    print(PropertyFails().broken)
except AttributeError as error:
    print(error)


class RaisesOther:
    def __getattr__(self, name):
        raise KeyError(name)


for use in (lambda: hasattr(RaisesOther(), "q"), lambda: getattr(RaisesOther(), "q", 1), lambda: RaisesOther().q):
    try:
        print(use())
    except KeyError as error:
        print("KeyError", error)


class NoHelp:
    def __getattribute__(self, name):
        return 42


print(NoHelp().anything, NoHelp().__dict__, len.__name__)


class Specials:
    def __getattr__(self, name):
        return lambda *a: 5


for use in (lambda: len(Specials()), lambda: Specials() + 1, lambda: Specials()[0], lambda: Specials()(), lambda: iter(Specials())):
    try:
        print(use())
    except TypeError as error:
        print(error)


def loop():
    out = []
    for i in range(5):
        o = Late()
        if i == 3:
            Late.__getattr__ = lambda self, name: f"late {name}"
        out.append(getattr(o, "q", None))
        if i > 3:
            out.append(o.q)
    return out


class Late:
    pass


print(loop())

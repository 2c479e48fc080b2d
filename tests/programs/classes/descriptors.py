class Data:
    def __init__(self, name):
        self.name = name

    def __get__(self, obj, owner):
        print("get", self.name, obj is None, owner.__name__)
        return f"data {self.name}"

    def __set__(self, obj, value):
        print("set", self.name, value)

    def __delete__(self, obj):
        print("delete", self.name)


class NonData:
    def __get__(self, obj, owner):
        return "nondata"


class SetOnly:
    def __set__(self, obj, value):
        obj.__dict__["set_only"] = value * 2


class Named:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.slot = "_" + name

    def __get__(self, obj, owner):
        return self if obj is None else getattr(obj, self.slot, "unset")

    def __set__(self, obj, value):
        setattr(obj, self.slot, value)


class K:
    d = Data("d")
    n = NonData()
    set_only = SetOnly()
    named = Named()


k = K()
k.__dict__.update(d="instance", n="instance n")
print(k.d, k.n, K.n, K.d, k.named)
k.d = 1
del k.d
k.set_only = 4
k.named = 9
print(k.set_only, k.named, k._named, K.named.slot, isinstance(K.set_only, SetOnly))
try:
    del k.set_only
except AttributeError as error:
    print(error)


def loop(objects):
    out = []
    for i, o in enumerate(objects):
        out.append(o.n)
        if i == 1:
            NonData.__get__ = lambda self, obj, owner: "changed get"
        if i == 3:
            NonData.__set__ = lambda self, obj, value: None
            o.__dict__["n"] = "hidden now"
        if i == 5:
            del NonData.__get__
    return [x if isinstance(x, str) else type(x).__name__ for x in out]


print(loop([K() for _ in range(8)]))


class Raising:
    def __set_name__(self, owner, name):
        raise ValueError("in set_name")


try:

    class Broken:
        r = Raising()

except Exception as error:
    print(type(error).__name__, error, repr(error.__cause__))
print(type(K.__dict__["d"]).__name__, object.__getattribute__(k, "n"), type.__getattribute__(K, "n") is K.__dict__["n"])

class Plugin:
    registry = {}

    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name or cls.__name__] = cls
        print("subclass", cls.__name__, name)

    @classmethod
    def create(cls, name, *args):
        return cls.registry[name](*args)


class A(Plugin, name="first"):
    pass


class B(A):
    def __init__(self, x):
        self.x = x


print(sorted(Plugin.registry), Plugin.create("B", 5).x, type(Plugin.create("first")).__name__)
try:

    class C(Plugin, colour=1):
        pass

except TypeError as error:
    print(error)


class G:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


print(G[int], G["x", 1])
try:
    int[5]
except TypeError as error:
    print(error)
print(list[int], dict[str, int].__args__, (list[int] | None), type[int])
dynamic = type("Dynamic", (Plugin,), {"f": lambda self: "dynamic", "x": 5}, name="dyn")
print(dynamic().f(), Plugin.create("dyn").x, dynamic.__name__, dynamic.__module__, dynamic.__qualname__)

class Frozen:
    __slots__ = ("x",)

    def __setattr__(self, name, value):
        if name != "x":
            raise AttributeError(f"cannot set {name}", name=name, obj=self)
        object.__setattr__(self, name, value)


f = Frozen()
f.x = 1
print(f.x)
f.y = f.x + 1

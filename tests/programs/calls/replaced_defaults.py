def f(a, b=2, *, c=3):
    return a, b, c


def loop(n):
    out = []
    for i in range(n):
        if i == 2:
            f.__defaults__ = (10, 20)
        if i == 4:
            f.__defaults__ = None
        if i == 5:
            f.__kwdefaults__ = {"c": 30}
        if i == 6:
            f.__kwdefaults__ = None
        if i == 7:
            f.__kwdefaults__ = {"c": 7, "zzz": 1}
            f.__defaults__ = (1, 2, 3, 4)[2:]
        try:
            out.append(f(1) if i != 3 else f())
        except TypeError as error:
            out.append(str(error))
    return out


for line in loop(9):
    print(line)
f.__kwdefaults__["c"] = "changed in place"
print(f(0), f.__defaults__, f.__kwdefaults__)
for name, value in (("__defaults__", [1]), ("__kwdefaults__", (1,)), ("__code__", 5), ("__name__", 3), ("__dict__", 1)):
    try:
        setattr(f, name, value)
    except TypeError as error:
        print(error)
del f.__defaults__
print(f.__defaults__)

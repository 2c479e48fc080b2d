class Recorder:
    def __init__(self):
        self.log = []

    def __getitem__(self, k):
        self.log.append(("get", k))
        return 10

    def __setitem__(self, k, v):
        self.log.append(("set", k, v))

    def __delitem__(self, k):
        self.log.append(("del", k))


def use(r):
    r[0] += 5
    r["k"], r[1, 2] = r[3], r[1:2]
    r[:] = r[::2]
    del r[1], r["x":], r[...]
    r[r[0]] = r[r["nested"]]
    return r.log


print(*use(Recorder()), sep="\n")


class OnlyGet:
    def __getitem__(self, k):
        return k


class ClassItems:
    def __class_getitem__(cls, k):
        return f"{cls.__name__}[{k}]"


print(OnlyGet()[1:2, 3], ClassItems["x"], ClassItems[1, 2])
for action in ("OnlyGet()[0] = 1", "del OnlyGet()[0]", "ClassItems()[0]", "ClassItems['x'] = 1", "len[0]", "object()[1] = 2", "del 'abc'[0]", "range(3)[0] = 1"):
    try:
        exec(action)
    except TypeError as error:
        print(action, "->", error)


def swap_protocol(n):
    r = OnlyGet()
    out = []
    for i in range(n):
        out.append(r[i])
        if i == 1:
            OnlyGet.__getitem__ = lambda self, k: f"new {k}"
        if i == 3:
            del OnlyGet.__getitem__
            OnlyGet.__class_getitem__ = lambda k: "class item"
            try:
                r[0]
            except TypeError as error:
                out.append(str(error))
            OnlyGet.__getitem__ = lambda self, k: -k
    return out


print(swap_protocol(6))

import weakref


class Thing:
    pass


def run(n):
    total = 0
    items = list(range(n))
    thing = Thing()
    ref = weakref.ref(thing, lambda r: items.clear())
    for x in items:
        total += x
        if x == 3:
            thing = None
    return total, items


print(run(10))


class Swaps:
    def __init__(self, target):
        self.target = target

    def __del__(self):
        self.target.__class__ = Other
        globals()["constant"] = "changed by del"


class Other:
    def value(self):
        return "other"


class First:
    def value(self):
        return "first"


constant = 1


def uses():
    target = First()
    out = []
    swap = Swaps(target)
    for i in range(4):
        out.append((target.value(), constant))
        if i == 1:
            swap = None
    return out


print(uses())


def store_drops():
    target = First()
    box = [Swaps(target)]
    out = [target.value()]
    box[0] = 1
    out.append(target.value())
    target.__class__ = First
    target.attribute = Swaps(target)
    out.append(target.value())
    target.attribute = None
    out.append(target.value())
    target.__class__ = First
    d = {"k": Swaps(target)}
    out.append(target.value())
    del d["k"]
    out.append(target.value())
    return out


print(store_drops())

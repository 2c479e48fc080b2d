"""What a callee is given may have no owner left but the call, once the callee has changed what the caller took it from."""

from collections import deque


class Box:
    def __init__(self, x):
        self.x = x

    def replace(self, value):
        self.x = None
        return fresh(3), value

    def swap_in(self, value, other=0.5):
        self.x = [other]
        return value, other


class Slotted:
    __slots__ = ("x",)


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)

    def __eq__(self, other):
        ITEMS.clear()
        waiting.clear()
        return (self.name, fresh(2)) == other


def fresh(n):
    return [[i * 1000.5] for i in range(n)]


def empty(items, value):
    items.clear()
    more = fresh(4)
    return value, len(more)


def drop_attribute(o, value):
    o.x = None
    more = fresh(4)
    return value, len(more)


def drop_key(table, value):
    del table["key"]
    more = fresh(4)
    return value, len(more)


def rebind(value):
    global GLOBAL
    GLOBAL = None
    more = fresh(4)
    return value, len(more)


def closing():
    held = fresh(1)

    def change(value):
        nonlocal held
        held = None
        return value, len(fresh(4))

    return change(held)


def native_calls(n):
    for i in range(n):
        items, box, slotted, table = fresh(3), Box(fresh(1)), Slotted(), {"key": fresh(1)}
        slotted.x = fresh(2)
        seen = [
            empty(items, items[1]),
            drop_attribute(box, box.x),
            drop_attribute(slotted, slotted.x),
            drop_key(table, table["key"]),
            closing(),
        ]
        box.x = [i + 0.25]
        seen += [box.replace(box.x)]
        box.x = i + 1000.25
        seen += [box.swap_in(box.x), box.swap_in(box.x, other=box.x)]
        seen += [sorted(fresh(3), key=lambda item: item[0] * -1)]
    return seen


def dying(n):
    for i in range(n):
        box = Box(Noisy(i))
        value, size = drop_attribute(box, box.x)
        print(value.name, size)
        del value
        print("next")


GLOBAL = fresh(1)
print(rebind(GLOBAL), GLOBAL)
print(native_calls(30))
dying(2)
ITEMS = [Noisy("a"), Noisy("b"), 3]
waiting = deque([Noisy("c"), 1, 2])
print(5 in ITEMS, len(ITEMS))
try:
    print(5 in waiting)
except RuntimeError as error:
    print(error, len(waiting))

def run(name, function):
    try:
        print(name, function())
    except Exception as error:
        print(name, type(error).__name__, error)


def dict_grows():
    d = {"a": 1}
    for k in d:
        d[k + "x"] = 2


def dict_shrinks():
    d = {i: i for i in range(5)}
    out = []
    for k in d:
        out.append(k)
        d.pop(4, None)
    return out


def dict_same_size():
    d = {i: i for i in range(3)}
    for k in d:
        del d[k]
        d[k + 10] = 1


def dict_values_changed():
    d = {i: i for i in range(3)}
    for k in d:
        d[k] = "changed"
    return d


def dict_items_grows():
    d = {"a": 1}
    for k, v in d.items():
        d["b"] = v


def dict_cleared():
    d = {1: 1, 2: 2}
    for k in d:
        d.clear()
    return d


def dict_break():
    d = {1: 1}
    for k in d:
        d[2] = 2
        break
    return d


def set_grows():
    s = {1}
    for x in s:
        s.add(x + 1)


def set_shrinks():
    s = {1, 2}
    for x in s:
        s.discard(1)
        s.discard(2)


def list_grows():
    items = [1, 2, 3]
    for x in items:
        if len(items) < 8:
            items.append(x * 10)
    return items


def list_shrinks():
    items = list(range(6))
    seen = []
    for x in items:
        seen.append(x)
        items.remove(x)
    return seen, items


def list_inserts():
    items = [1, 2]
    seen = []
    for x in items:
        seen.append(x)
        if len(items) < 6:
            items.insert(0, "new")
    return seen


def list_cleared():
    items = [1, 2, 3]
    it = iter(items)
    next(it)
    items.clear()
    out = list(it)
    items.extend([7, 8, 9])
    return out, list(it)


def list_replaced():
    items = [1, 2, 3]
    out = []
    for x in items:
        out.append(x)
        items[:] = [9, 9, 9, 9]
        items = []
    return out


def enumerate_grows():
    items = [1]
    for i, x in enumerate(items):
        if i < 4:
            items.append(i)
    return items


def zip_shrinks():
    a, b = [1, 2, 3, 4], [5, 6, 7, 8]
    out = []
    for x, y in zip(a, b):
        out.append((x, y))
        b.pop()
    return out


def bytearray_grows():
    data = bytearray(b"ab")
    out = []
    for byte in data:
        out.append(byte)
        if len(data) < 5:
            data.append(byte + 1)
    return out


def exhausted_stays_exhausted():
    items = [1]
    it = iter(items)
    out = list(it)
    items.append(2)
    return out, list(it)


def deque_mutated():
    from collections import deque

    d = deque([1, 2])
    for x in d:
        d.append(x)


def reversed_shrinks():
    items = [1, 2, 3, 4]
    out = []
    for x in reversed(items):
        out.append(x)
        items.pop(0)
    return out


def comprehension_mutates():
    items = [1, 2, 3]
    return [items.pop() for x in items], items


for name, function in list(globals().items()):
    if callable(function) and name != "run" and not name.startswith("__"):
        run(name, function)

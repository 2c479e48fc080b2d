class Box:
    def __init__(self):
        self.items = [1, 2, 3]
        self.n = 0

    def bump(self):
        self.n += 1
        return self.n


def loop(box):
    out = []
    items = box.items
    n = box.n
    for i in range(4):
        box.bump()
        out.append((box.n, n, len(items), len(box.items)))
        if i == 1:
            box.items = [9]
        if i == 2:
            items.append(5)
    return out


print(loop(Box()))


def length_changes(items):
    i = 0
    while i < len(items):
        if items[i] % 2:
            del items[i]
        else:
            items[i] //= 2
            i += items[i] == 0
            if items[i - 1 : i] == [0]:
                items.append(3) if len(items) < 4 else None
    return items


print(length_changes([8, 3, 4]))


def callback_changes(callback):
    data = {"x": 1.5}
    total = 0.0
    for _ in range(3):
        total += data["x"]
        callback(data)
    return total


print(callback_changes(lambda d: None), callback_changes(lambda d: d.update(x=2)), callback_changes(lambda d: d.__setitem__("x", d["x"] * 2)))
try:
    callback_changes(lambda d: d.clear())
except KeyError as error:
    print("KeyError", error)
try:
    callback_changes(lambda d: d.update(x="s"))
except TypeError as error:
    print(error)


def nested_lists(m):
    row = m[0]
    for i in range(3):
        m[0] = [i] * 2
        row[0] += i
    return m, row


print(nested_lists([[1, 2], [3, 4]]))
a = [1, 2, 3]
b = a
for x in a:
    b.remove(x) if x == 1 else None
    print(x, a)

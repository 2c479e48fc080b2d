class Item:
    compared = 0

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        Item.compared += 1
        if Item.compared == 20:
            raise RuntimeError("enough")
        return self.key < other.key

    def __repr__(self):
        return f"I{self.key}"


items = [Item(k) for k in (5, 2, 8, 1, 9, 3)]
print(sorted(items), Item.compared)
try:
    items.sort()
    items.sort(reverse=True)
    print(items)
except RuntimeError as error:
    print(error, len(items), sorted(i.key for i in items))
Item.compared = 100
print(min(items), max(items), Item.compared)


class Mutating(Item):
    def __lt__(self, other):
        shared.append(1)
        return self.key < other.key


shared = [Mutating(2), Mutating(1), Mutating(3)]
try:
    shared.sort()
except ValueError as error:
    print(error)
print(shared)


def key(item):
    if item == 3:
        raise KeyError("three")
    return -item


numbers = [1, 2, 3, 4]
try:
    numbers.sort(key=key)
except KeyError as error:
    print("KeyError", error, numbers)
print(sorted([(1, "b"), (0, "z"), (1, "a"), (0, "y")], key=lambda p: p[0]), sorted("bAcB", key=str.lower), sorted([3, 1, 2], key=lambda x: 0, reverse=True))

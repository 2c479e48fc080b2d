"""Small functions whose stores release what they return, store elsewhere, or use as an index."""


class Pair:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def swap(self):
        self.x, self.y = self.y, self.x

    def put(self, value):
        old = self.x
        self.x = value
        return old

    def put_same(self, value):
        self.x = value
        return value

    def move(self):
        self.y = self.x
        self.x = None


class Slotted:
    __slots__ = ("x", "y")
    put = Pair.put
    swap = Pair.swap


def swap_first(items):
    items[0], items[1] = items[1], items[0]


def swap_at(items, i, j):
    items[i], items[j] = items[j], items[i]


def exchange(items, i, value):
    old = items[i]
    items[i] = value
    return old


def store_at_what_was_there(items, value):
    i = items[0]
    items[0] = value
    return items[i]


def main(rounds):
    pair, slotted = Pair(rounds * 7001, "y" + str(rounds)), Slotted()
    slotted.x, slotted.y = rounds * 1.25, "s" + str(rounds)
    seen = []
    for i in range(rounds):
        pair.swap()
        slotted.swap()
        seen = [pair.put(pair.put(i * 1.5)), pair.put(10000 * i), pair.put_same(i * 30000), slotted.put(i * 70000)]
        items = [i * 1000, "z" + str(i)]
        swap_first(items)
        swap_at(items, 0, 1)
        swap_at(items, -1, 0)
        swap_at(items, 0, 0)
        seen += [exchange(items, 1, i * 5000), *items]
        items[0] = 300 - 299
        seen.append(store_at_what_was_there(items, i * 1000.5))
        pair.move()
        pair.put("x" + str(i))
    print(seen, pair.x, pair.y, slotted.x, slotted.y, items)


main(7)
main(300)

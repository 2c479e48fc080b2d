# run: mixed
# record: ints
import sys

DATA = [5, 2, 8, 1, 9, 3, 3] if sys.argv[1:] == ["ints"] else [5, 2.5, 8, True, -9, 2**65, 3, 3.0, float("inf")]


def quick(items):
    if len(items) < 2:
        return items
    pivot = items[len(items) // 2]
    return quick([x for x in items if x < pivot]) + [x for x in items if x == pivot] + quick([x for x in items if x > pivot])


def in_place(items, low=0, high=None):
    high = len(items) - 1 if high is None else high
    if low < high:
        i, pivot = low, items[high]
        for j in range(low, high):
            if items[j] <= pivot:
                items[i], items[j] = items[j], items[i]
                i += 1
        items[i], items[high] = items[high], items[i]
        in_place(items, low, i - 1)
        in_place(items, i + 1, high)
    return items


def merge(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    a, b, out, i, j = merge(items[:middle]), merge(items[middle:]), [], 0, 0
    while i < len(a) and j < len(b):
        if b[j] < a[i]:
            out.append(b[j])
            j += 1
        else:
            out.append(a[i])
            i += 1
    return out + a[i:] + b[j:]


class Tree:
    __slots__ = ("value", "left", "right")

    def __init__(self, value):
        self.value, self.left, self.right = value, None, None

    def insert(self, value):
        side = "left" if value < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(value))
        else:
            child.insert(value)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right

    def height(self):
        return 1 + max(self.left.height() if self.left else 0, self.right.height() if self.right else 0)


def binary_search(items, wanted):
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


root = Tree(DATA[0])
for value in DATA[1:]:
    root.insert(value)
print(quick(DATA), in_place(list(DATA)), merge(DATA), list(root), root.height(), [binary_search(sorted(DATA), x) for x in DATA])
for bad in ([1, "a"], [None, 1], [1, [2]]):
    for f in (quick, in_place, merge):
        try:
            print(f(list(bad)))
        except TypeError as error:
            print(f.__name__, error)
print(quick(list("hello")), quick([[2], [1]]), merge([(1, "b"), (1, "a")]))

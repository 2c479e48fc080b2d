# run: sub
# record: plain
import sys


class L(list):
    def __getitem__(self, i):
        return f"item {i}"

    def __len__(self):
        return 2

    def __iter__(self):
        return iter("iterated")

    def append(self, x):
        super().append(("appended", x))

    def __contains__(self, x):
        return x == "magic"

    def __setitem__(self, i, v):
        list.__setitem__(self, 0, (i, v))


class Bare(list):
    pass


def use(items):
    out = [len(items), items[0], items[1:], [x for x in items], list(items), 3 in items, "magic" in items, bool(items)]
    items.append(5)
    items[1] = "set"
    first, *rest = items
    out.append((first, rest, [*items], items == [1], items + [1], items * 2, repr(items), max(len(items), 1), sum(1 for _ in items)))
    for i, x in enumerate(items):
        if i == 2:
            break
    return out, x


for kind in (list, Bare) if sys.argv[1:] == ["plain"] else (list, L, Bare, L):
    for value in use(kind([1, 2, 3]))[0]:
        print(kind.__name__, value)
print(sorted(L([3, 1])), L([1, 2])[::-1], len(L()), list.__len__(L([1, 2, 3])), "".join(map(str, L([1]))), tuple(L([1, 2])), type(L([1]) + [2]).__name__, type(Bare([1])[:]).__name__)

# run: mixed
# record: ints
import sys

DATA = [3, 1, 2] if sys.argv[1:] == ["ints"] else [3, "a", 2.5, None, (1,), [9], 2**70]


def ends(items):
    return items[0], items[-1], items[len(items) - 1], items[1:-1], items[::-1], items[-2:], items[5:2], items[:100]


def modify(items):
    items = list(items)
    items.append("x")
    items.insert(1, "y")
    items.insert(-100, "first")
    items.extend(range(2))
    items += "zz"
    popped = items.pop(), items.pop(0), items.pop(-2)
    items.remove("y")
    items[1:2] = ["slice", "of", "three"]
    items[::2] = [0] * len(items[::2])
    del items[1], items[-1:]
    items *= 2
    items.reverse()
    return items, popped, items.count(0), items.index(0, 1)


print(ends(DATA), modify(DATA))
for bad in (lambda: DATA[100], lambda: DATA[-100], lambda: DATA["a"], lambda: DATA[1.0], lambda: DATA[None], lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: DATA[::0], lambda: DATA["a":], lambda: [1, 2] + (3,), lambda: [1] * "a", lambda: [1] * 2.0, lambda: DATA.sort() if len(DATA) > 3 else DATA[2**70], lambda: DATA[2**70], lambda: [1] * 2**62):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


def assign_errors():
    items = [1, 2, 3]
    for code in ("items[5] = 1", "items[::2] = [1]", "items[1:2] = 5", "del items[9]", "items['k'] = 1", "items[True] = 'true'", "items[-1] = 'last'", "items[2**64] = 0", "items[1.5] = 2"):
        try:
            exec(code, {"items": items})
        except Exception as error:
            print(type(error).__name__, error)
    return items


print(assign_errors())
a = [1, 2]
a.append(a)
print(a, a[2] is a, repr([a]))
print([1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, "a"] == [1, "a"], [1.0] == [1], [2] > [1, 9], sorted([[2], [1, 5], [1]]))

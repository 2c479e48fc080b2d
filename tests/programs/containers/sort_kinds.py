class Reversed:
    def __init__(self, v):
        self.v = v

    def __lt__(self, other):
        return self.v > other.v

    def __repr__(self):
        return f"R{self.v}"


print(sorted([3, 1, 2]), sorted([3, 1.5, True, 2**70]), sorted("banana"), sorted([(2, "a"), (1, "b"), (1, "a")]), sorted([Reversed(i) for i in (1, 3, 2)]), sorted([b"b", b"a"]), sorted([[2], [1]], reverse=True))
for bad in ([1, "a"], [None, None], [1, None], [1j, 2j], ["a", b"a"], [(1, "a"), (1, 2)], [{}, {}]):
    try:
        print(sorted(bad))
    except TypeError as error:
        print(error)
items = [5, 2, 8, 1]
seen = []


def key(x):
    seen.append(list(items))
    return x


items.sort(key=key)
print(items, seen)


def mutating(x):
    items.append(x)
    return x


try:
    items.sort(key=mutating)
except ValueError as error:
    print(error, items)
people = [("x", 3), ("y", 1), ("z", 3), ("w", 1)]
print(sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: p[1], reverse=True), sorted(people, key=lambda p: (-p[1], p[0])))


def recursive(n):
    return sorted(range(3), key=lambda x: recursive(n - 1)[0] if n else -x)


print(recursive(3))
count = 0


def failing(x):
    global count
    count += 1
    if count == 3:
        raise LookupError("key failed")
    return -x


data = [4, 3, 2, 1]
try:
    data.sort(key=failing)
except LookupError as error:
    print(error, data, count)
print(min([3, 1, 2], key=lambda x: -x), max("aB", key=str.lower), sorted({"b": 1, "a": 2}), sorted([0.0, -0.0, 0]), sorted([True, False, 1, 0]), [1, 2, 3].sort())
for arguments in ((), ([1], lambda x: x), (5,)):
    try:
        print(sorted(*arguments))
    except TypeError as error:
        print(error)

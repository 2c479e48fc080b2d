calls = []


def key(x):
    calls.append(x)
    return -x


def keep(x):
    if x == 3:
        raise ValueError("three")
    return x % 2


print(sorted([3, 1, 2], key=key), max([3, 1, 2], key=key), min([3, 1, 2], key=key, default=0), calls)
print(list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a"])), list(zip("ab", [1, 2, 3], strict=False)))
try:
    print(list(filter(keep, range(6))))
except ValueError as error:
    print(error)
try:
    print(list(zip([1], [1, 2], strict=True)))
except ValueError as error:
    print(error)
it = map(keep, range(10))
print(next(it), next(it), next(it))
try:
    next(it)
except ValueError:
    print("continues with", next(it))
from functools import cmp_to_key, reduce

print(reduce(lambda a, b: a * b, range(1, 30)), reduce(lambda a, b: a + [b], "abc", []), sorted("hello", key=cmp_to_key(lambda a, b: (a < b) - (a > b))))
print(sum(x * x for x in range(5)), any(x > 2 for x in range(5)), all(x < 3 for x in range(5)), list(enumerate("ab", 5)), dict(map(lambda k: (k, ord(k)), "xy")))
print(list(iter(iter([1, 2, 0, 3]).__next__, 0)), divmod(7, 2), isinstance(3, int | str), issubclass(bool, (str, int)), list(reversed([1, 2])), callable(key))
print(max("b", "a", key=lambda c: -ord(c)), max([], default="empty"), *map(str, range(3)), sep="-", end="!\n")
nested = sorted(range(6), key=lambda x: sorted(range(3), key=lambda y: (x * y) % 4)[0])
print(nested)
import re

print(re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "a1 b22 c333"), "{0.real} {1[k]} {x!r:>5}".format(3, {"k": 1}, x="q"))

# run: mixed
# record: strings
import sys

MIXED = sys.argv[1:] != ["strings"]


def build(keys):
    d = {}
    for i, key in enumerate(keys):
        d[key] = i
    return d


def count(items):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return counts


def grouped(items):
    groups = {}
    for item in items:
        groups.setdefault(type(item).__name__, []).append(item)
    return groups


keys = ["a", 1, 1.0, True, None, (1, 2), 2**70, 0.5, "a", -1, -2, frozenset([1])] if MIXED else ["a", "b", "a"]
print(build(keys), count(keys), grouped(keys))
d = {"a": 1, "b": 2, "c": 3}
print(d.pop("a"), d.pop("zz", "default"), d.popitem(), d, d.get("b"), d.get("q"), "b" in d, "q" not in d, len(d), list(d), list(d.items()), d | {"b": 9}, {**d, "x": 1})
d["new"] = 5
d["b"] = "kept in place"
del d["new"]
d["new"] = 6
print(d, list(reversed(d)), d.keys() & {"b", "z"}, d.keys() | {"q"} == {"b", "new", "q"}, d.items() >= {("new", 6)}, d == {"new": 6, "b": "kept in place"}, dict.fromkeys("ab", []), dict([("k", 1)], z=2))
for bad in (lambda: d["missing"], lambda: d[(1, 2)], lambda: d.pop("no"), lambda: {}.popitem(), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: {}.fromkeys(5), lambda: d[[]], lambda: d.get({}), lambda: d < d, lambda: d + d, lambda: dict(5)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print({k: v for k, v in zip("abc", range(3)) if v}, {v: k for k, v in {"x": 1, "y": 1}.items()}, {1: "int", 1.0: "float", True: "bool"})
big = {i: i * i for i in range(1000)}
for i in range(0, 1000, 3):
    del big[i]
for i in range(0, 1000, 7):
    big[i] = -i
print(len(big), sum(big.values()), list(big)[:5], list(big)[-3:])

class S(set):
    def __contains__(self, x):
        return "always"

    def __len__(self):
        return 3

    def __or__(self, other):
        return "S or"


def use(s):
    s.add(5)
    s.discard(100)
    s.update([6, 7])
    out = [5 in s, len(s), sorted(s - {6}), sorted(s & {5, 6}), s | {1}, sorted(s ^ {5}), s == {5, 6, 7}, s <= {5, 6, 7, 8}, s > {5}, s.isdisjoint({1})]
    return out


for kind in (set, S):
    result = use(kind())
    result[4] = sorted(result[4]) if isinstance(result[4], set) else result[4]
    print(result)
print(frozenset([1, 2]) | {3} == {1, 2, 3}, type(frozenset() | set()).__name__, type(set() | frozenset()).__name__, {1, 1.0, True}, len({float("nan"), float("nan")}), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), {frozenset([1])} == {frozenset([1])}, {1} in [{1}], {1} in {frozenset([1])})
for bad in (lambda: {[]}, lambda: set(5), lambda: {1}.remove(2), lambda: set().pop(), lambda: {1} + {2}, lambda: {1} < 5, lambda: {1} | [2], lambda: frozenset().add(1), lambda: set()[0], lambda: hash(set())):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print({x % 3 for x in range(10)}, sorted({c for c in "hello" if c > "e"}), set() == frozenset(), {1, 2} != {2, 1}, {1}.union([2], (3,)), {1, 2, 3}.intersection([2], [2, 3]))
s = set(range(100))
for i in range(0, 100, 2):
    s.remove(i)
print(len(s), sum(s), min(s), 3 in s, 4 in s)

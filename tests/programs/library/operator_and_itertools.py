import itertools
import operator


class A:
    def __init__(self, x):
        self.x = x
        self.inner = self

    def double(self, n=2):
        return self.x * n


items = [A(3), A(1), A(2)]
print([i.x for i in sorted(items, key=operator.attrgetter("x"))], list(map(operator.methodcaller("double", 5), items)), operator.itemgetter(1, "k")({1: "a", "k": "b"}), operator.attrgetter("inner.x", "x")(items[0]))
print(operator.add(2**63, 1), operator.index(True), operator.truth([]), operator.contains("abc", "b"), operator.concat([1], [2]), operator.iadd([1], [2]), operator.countOf([1, 1.0, 2], 1), operator.is_not(1, None), operator.neg(-(2**63)), operator.floordiv(-7, 2), operator.length_hint(iter([1, 2])))
for f, args in ((operator.add, (1, "a")), (operator.itemgetter(5), ([1],)), (operator.attrgetter("q"), (1,)), (operator.index, (1.5,)), (operator.methodcaller("nope"), (1,))):
    try:
        print(f(*args))
    except Exception as error:
        print(type(error).__name__, error)
print(list(itertools.combinations("abc", 2)), list(itertools.permutations([1, 2, 3], 2))[:3], list(itertools.zip_longest("ab", [1], fillvalue="-")), list(itertools.compress("abc", [1, 0, 1])), list(itertools.dropwhile(lambda x: x < 3, [1, 5, 2])), list(itertools.filterfalse(lambda x: x % 2, range(5))), list(itertools.pairwise([1, 2, 3])), list(itertools.repeat("x", 2)), list(itertools.islice(itertools.count(2**63 - 2), 4)), list(itertools.islice(itertools.count(0.5, 0.25), 3)), list(itertools.islice(itertools.cycle("ab"), 5)))


def raising(x):
    if x == 2:
        raise LookupError(x)
    return x


for tool in (map(raising, range(4)), filter(raising, range(4)), itertools.takewhile(raising, [1, 2]), itertools.accumulate(range(4), lambda a, b: raising(b)), itertools.groupby(range(4), raising), itertools.starmap(raising, [(1,), (2,)])):
    out = []
    try:
        for item in tool:
            out.append(item if not isinstance(item, tuple) else item[0])
    except LookupError as error:
        print(type(tool).__name__, out, repr(error))

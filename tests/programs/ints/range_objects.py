r = range(0, 20, 3)
print(r, len(r), r[2], r[-1], r[1:4], r[::-1], 9 in r, 10 in r, 9.0 in r, "x" in r, r.index(12), r.count(6), hash(r) == hash(range(0, 21, 3)))
print(r == range(0, 21, 3), range(0) == range(5, 5), r.start, r.stop, r.step, list(reversed(r)), bool(range(0)), bool(r))
huge = range(10**20, 10**20 + 10**19, 3)
print(huge[5], huge[-1], 10**20 + 3 in huge, len(range(2**62)))
try:
    len(range(2**64))
except OverflowError as error:
    print(error)
for bad in (lambda: r[100], lambda: r.index(1), lambda: r["a"], lambda: range(1, 2, 0), lambda: setattr(r, "start", 3)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
iterator = iter(r)
print(next(iterator), iterator.__length_hint__(), list(iterator), next(iterator, "done"))


class Index:
    def __index__(self):
        print("index asked")
        return 3


print(list(range(Index())), list(range(Index(), 6)))
for i in range(Index()):
    print(i)

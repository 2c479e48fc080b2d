def count_true(flags):
    n = 0
    for flag in flags:
        n += flag
    return n


def tally(values, limit):
    below = above = 0
    for v in values:
        below += v < limit
        above += v >= limit
    return below, above


print(count_true([True, False, True]), count_true([1, True, 2.5]), count_true([]), type(count_true([True])).__name__, tally(range(10), 4))
print(True + True, True * 5, -True, ~True, True / 2, True // 1, True % 2, True ** 2, True << 3, True & False, True | 2, True ^ True, True & 1, not True)
print(True == 1, isinstance(True, int), True in [1], {True: "a", 1: "b"}, [10, 20][True], "ab"[False], range(True), sum([True, False, True]), max(True, 2), sorted([True, 0, 2, False]), f"{True:d} {True} {True:>6}", "%d" % True, int(True), str(True), hash(True), True.real, (True).bit_length(), divmod(True, 2), round(True), abs(True), complex(True), float(True), [1, 2, 3][True:])
flag = True
flag += 1
print(flag, type(flag).__name__)
flag = False
flag |= True
print(flag, type(flag).__name__)
flag &= 1
print(flag, type(flag).__name__)

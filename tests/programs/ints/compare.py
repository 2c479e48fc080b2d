def relations(a, b):
    return a < b, a <= b, a == b, a != b, a > b, a >= b


VALUES = [0, False, 1, True, -1, 2**31, 2**63 - 1, 2**63, -(2**63), 2**100, 0.0, 1.0, float("inf"), float("nan"), 2.0**63, 9007199254740993, 9007199254740992.0]
for a in VALUES:
    print(repr(a), ["".join("01"[r] for r in relations(a, b)) for b in VALUES])


def count_up(limit):
    n = 0
    while n < limit:
        n += 1
    return n


print(count_up(1000), count_up(10.5), count_up(True), count_up(-3), count_up(0.0))
for bad in ("x", None, [], 1j):
    try:
        print(count_up(bad))
    except TypeError as error:
        print(error)

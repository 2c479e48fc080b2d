# run: int
# record: small
import sys

KIND = sys.argv[1] if len(sys.argv) > 1 else "int"
EDGES = [2**62, 2**63 - 1, -(2**63), 2**30 - 1, 2**31, -(2**31) - 1] if KIND == "int" else [1, 2, 3]


def total(start, step, count):
    value = start
    for _ in range(count):
        value = value + step
    return value


def difference(start, step, count):
    value = start
    while count:
        value -= step
        count -= 1
    return value


for edge in EDGES:
    for step in (1, -1, 2**30, 7):
        print(edge, step, total(edge, step, 5), difference(edge, step, 5))
print(total(2**63 - 3, 1, 6), total(-(2**63) + 3, -1, 6))
print(total(0, 2**61, 9), difference(0, 2**61, 9))

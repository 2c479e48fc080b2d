# run: mixed
# record: floats
import sys

MIXED = sys.argv[1:] != ["floats"]
DATA = [1.0, 2.5, 3, 2**70, True, 4.0, -(2**63)] if MIXED else [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]


def running(values):
    total = 0.0
    out = []
    for value in values:
        total = total * 0.5 + value
        out.append(total)
    return out


def dot(a, b):
    s = 0
    for i in range(len(a)):
        s += a[i] * b[i]
    return s


def largest(values):
    best = values[0]
    for v in values[1:]:
        if v > best:
            best = v
    return best


print(running(DATA))
print(dot(DATA, DATA), dot(DATA[:2], [1, 2]), dot([2, 3], [2**62, 2**62]), type(dot([1], [1])).__name__, type(dot([], [])).__name__)
print(largest(DATA), type(largest(DATA)).__name__, largest([1, 1.0]), largest([1.0, 1]), largest([True, 1]))
for bad in ([1.0, "x"], [1.0, None], ["a", 1.0]):
    try:
        print(running(bad))
    except TypeError as error:
        print(error)
print(3 == 3.0, hash(3) == hash(3.0), {3: "int"}[3.0], 2**53 + 1 == float(2**53 + 1), 7 // 2.0, 7 % -2.5, 2**-1, 7.0 // 2, divmod(7.5, 2), 10 / 5)

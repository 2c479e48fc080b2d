# run: 1 2.5 -3 1e18
# record: 1.5 2.5
import sys


def parse(text):
    return int(text) if text.lstrip("-").isdigit() else float(text)


def mean(values):
    total = 0
    for value in values:
        total += value
    return total / len(values)


def variance(values):
    m = mean(values)
    acc = 0.0
    for value in values:
        acc += (value - m) ** 2
    return acc / len(values)


def horner(coefficients, x):
    acc = 0
    for c in coefficients:
        acc = acc * x + c
    return acc


values = [parse(a) for a in sys.argv[1:]] or [1]
print(mean(values), variance(values), [type(v).__name__ for v in values])
for x in (0, 1, 2, 0.5, True, 10**10, -1.25):
    print(x, horner(values, x), type(horner(values, x)).__name__)
print(horner([2**40] * 3, 2**40), horner([1, 2.0, 3], 2**60), horner([], 3), horner(["a"], 0) if False else "skipped")
try:
    horner(["a"], 1)
except TypeError as error:
    print(error)

# run: mixed
# record: positive
import sys

KIND = sys.argv[1] if len(sys.argv) > 1 else "mixed"
NUMBERS = [7, 8, 9, 10] if KIND == "positive" else [7, -7, 1, -1, 2**31, -(2**63), 2**63 - 1, 2**64 + 3, -(10**25), True]
DIVISORS = [1, 2, 3] if KIND == "positive" else [1, -1, 2, -2, 3, -3, 10, 2**31, -(2**31), 2**63, -(2**63), 10**20]


def both(a, b):
    return a // b, a % b, divmod(a, b)


for a in NUMBERS:
    for b in DIVISORS:
        print(a, b, *both(a, b))
        quotient, rest = divmod(a, b)
        assert quotient * b + rest == a
for zero in (0, False, 0.0, -0.0):
    for name, function in (("//", lambda a, b: a // b), ("%", lambda a, b: a % b), ("/", lambda a, b: a / b), ("divmod", divmod)):
        for a in (1, 2**70, 1.5, True):
            try:
                print(function(a, zero))
            except ZeroDivisionError as error:
                print(name, a, zero, error)

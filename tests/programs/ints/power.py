# run: all
# record: none
import sys

EXPONENTS = [0, 1, 2, 3, 10, 62, 63, 64, 65, -1, -2, True] if sys.argv[1:] != ["none"] else [2]


def power(a, b):
    return a**b


for a in (0, 1, -1, 2, -2, 3, 10, 2**31, True, 1.5, -2.0):
    for b in EXPONENTS:
        try:
            print(a, b, power(a, b), type(power(a, b)).__name__)
        except ZeroDivisionError as error:
            print(a, b, error)
for a, b in ((-8, 1 / 3), (-1, 0.5), (0.0, -1.0), (0, -1), (10.0, 400), (2, 0.5), (4, -0.5), (1, 10**100), (-1, 10**20 + 1)):
    try:
        result = power(a, b)
        print(a, b, type(result).__name__, f"{result:.6g}" if not isinstance(result, complex) else f"{result:.4f}")
    except ArithmeticError as error:
        print(a, b, type(error).__name__, error)
print(pow(3, 200, 13), pow(3, -1, 7), pow(-5, 3, 7), pow(2, 10, -7))
for arguments in ((2, -1, 4), (2, 2, 0), (2.0, 2, 3)):
    try:
        print(pow(*arguments))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
value = 3
value **= 5
value **= 2
print(value)

# run: mixed
# record: floats
import sys
from decimal import Decimal, getcontext
from fractions import Fraction


def compound(principal, rate, years):
    for _ in range(years):
        principal = principal + principal * rate
    return principal


def average(items):
    total = items[0]
    for item in items[1:]:
        total = total + item
    return total / len(items)


print(compound(100.0, 0.05, 3), average([1.0, 2.0]))
if sys.argv[1:] != ["floats"]:
    getcontext().prec = 20
    print(compound(Decimal(100), Decimal("0.05"), 3), compound(Fraction(100), Fraction(1, 20), 3), average([Decimal(1), 2]), average([Fraction(1, 3), 2]), average([1, Fraction(1, 2), 0.5]))
    for a, b in ((Decimal(1), 1.5), (Decimal(1), "x"), (Fraction(1), Decimal(1)), (1, Decimal(0))):
        try:
            print(compound(a, b, 1), a / b)
        except Exception as error:
            print(type(error).__name__, error)
    print(Decimal(1) == 1, Decimal("0.5") == 0.5, Fraction(1, 2) == 0.5, 1 < Fraction(3, 2) < 2.0, sum([Fraction(1, 3)] * 3), max(Decimal(2), 1.5), {Decimal(1): "d"}[1], hash(Fraction(1, 2)) == hash(0.5), 3 // Fraction(2), -Fraction(1, 3) % 1, round(Fraction(5, 2)), int(Decimal("2.9")), Decimal("NaN") == Decimal("NaN"), 2 ** Fraction(2), Fraction(2) ** -1)

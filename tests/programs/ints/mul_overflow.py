# run: 40
# record: 5
import sys


def factorial(n):
    result = 1
    for i in range(2, n + 1):
        result *= i
    return result


def powers(base, count):
    value = 1
    out = []
    for _ in range(count):
        value = value * base
        out.append(value)
    return out


limit = int(sys.argv[1]) if len(sys.argv) > 1 else 40
for n in range(limit):
    print(n, factorial(n))
print(powers(3, limit + 5)[-1], powers(-7, limit)[-1], powers(2**31, 4))
print((2**32 - 1) * (2**31), (2**32) * (2**31), -(2**32) * (2**31), (-(2**32) - 1) * 2**31)
print((2**63) * -1, (-(2**63)) * -1, (2**62) * 2, (2**62) * -2, (3037000500) ** 2, 3037000499 * 3037000499)

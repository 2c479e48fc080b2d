# run: 70
# record: 10
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 70


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def lucas(n):
    previous, current = 2, 1
    i = 0
    while i < n:
        previous, current = current, previous + current
        i += 1
    return previous


def catalan(n):
    c = 1
    for i in range(n):
        c = c * 2 * (2 * i + 1) // (i + 2)
    return c


def polynomial(n):
    total = 0
    for x in range(-n, n):
        total += x * x * x * x - 3 * x * x + x - 7
    return total


def alternating(n):
    total, sign = 0, 1
    for i in range(1, n):
        total += sign * i**5
        sign = -sign
    return total


def lcg(n, seed):
    for _ in range(n):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
    return seed


def reverse_digits(n):
    result = 0
    while n:
        n, digit = divmod(n, 10)
        result = result * 10 + digit
    return result


print(fibonacci(N), fibonacci(93), fibonacci(92), lucas(N + 20), catalan(N // 2), polynomial(N), alternating(N * 10), lcg(N, 1), reverse_digits(9876543210123456789), reverse_digits(fibonacci(N)))

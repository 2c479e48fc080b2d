import sys


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


sys.setrecursionlimit(80)
print(even(20))
even(10_000)

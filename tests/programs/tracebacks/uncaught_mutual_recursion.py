import sys


def even(n):  # where a comparison's result is not jumped by, CPython checks the depth there, too, as long as it has not specialised it
    if n == 0:
        return True
    return odd(n - 1)


def odd(n):
    if n == 0:
        return False
    return even(n - 1)


sys.setrecursionlimit(80)
print(even(20))
even(10_000)

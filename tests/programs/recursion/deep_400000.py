# uses: memory
import sys

sys.setrecursionlimit(500_000)


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


class Node:
    def __init__(self, n):
        self.n = n

    def walk(self, n):
        if n == 0:
            return self.n
        return self.walk(n - 1)


print(down(400_000))
print(even(400_000))
print(Node("bottom").walk(400_000))


def raising(n):
    if n == 0:
        raise KeyError("deep")
    raising(n - 1)


try:
    raising(150_000)
except KeyError as error:
    print(error)

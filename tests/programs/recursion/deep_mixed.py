# uses: memory
import sys

sys.setrecursionlimit(300_000)


def star(*args):
    n = args[0]
    return n if n == 0 else star(*(n - 1, *args[1:]))


def keyword(*, n):
    return 0 if n == 0 else 1 + keyword(n=n - 1)


def closure(n):
    def inner():
        return 0 if n == 0 else 1 + closure(n - 1)

    return inner()


def with_statement(n):
    if n == 0:
        return 0
    with manager:
        return 1 + with_statement(n - 1)


class Manager:
    exits = 0

    def __enter__(self):
        return self

    def __exit__(self, *a):
        Manager.exits += 1


manager = Manager()


def exceptions(n):
    try:
        if n == 0:
            raise ValueError(0)
        exceptions(n - 1)
    except ValueError as error:
        raise ValueError(error.args[0] + 1) from None


def floats(n, acc=0.0):
    return acc if n == 0 else floats(n - 1, acc + 0.5)


print(keyword(n=100_000), closure(50_000), with_statement(50_000), Manager.exits, floats(200_000))
try:
    exceptions(1000)
except ValueError as error:
    print(error)

"""Fibonacci's numbers by two calls each: fib(28)."""

import harness


def fib(n):
    """The n-th number."""
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def work():
    """Check: the number."""
    return fib(28)


if __name__ == "__main__":
    harness.main(work)

"""Functions of numbers that call themselves and each other: values, and what leaves the quick way."""

import sys
import traceback


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def power(x, n):
    if n == 0:
        return 1.0
    if n % 2:
        return x * power(x, n - 1)
    half = power(x, n // 2)
    return half * half


def series(x, n):
    return x if n == 0 else x / n + series(x * 0.5, n - 1)


def divide(n, d):
    if n == 0:
        return 100 // d
    return divide(n - 1, d - 1) + 1


def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)


def same(n):
    return n if n >= 0 else -n


def thousand(n):
    return 1000 if n > 0 else thousand(n + 1)


def depth(n):
    return 0 if n == 0 else depth(n - 1) + 1


def twice(n):
    m = n * 2
    if m > 10:
        m = m - twice(n - 1)
    return m


def helper(n):
    return n * 3 + 1


def uses_helper(n):
    if n == 0:
        return 0
    here = n * n
    return helper(here) + uses_helper(n - 1)


class Odd(int):
    def __lt__(self, other):
        return int(self) < other

    def __sub__(self, other):
        return Odd(int(self) - other)


def show(*things):
    print(*things)


def attempt(function, *args):
    try:
        show(function.__name__, args, "->", function(*args))
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        show(function.__name__, type(error).__name__, error, len(frames), [(f.name, f.lineno, f.colno) for f in frames[-4:]])


def plain():
    for n in range(20):
        show(n, fib(n), factorial(n), is_even(n), is_odd(n), power(1.5, n), series(3.25, n), twice(n))
    show(ackermann(2, 6), tak(12, 8, 3), gcd(12345, 54321), uses_helper(7))


def strange():
    for value in (True, 3.0, 5.5, Odd(7), 10**20, -3, None, "x"):
        attempt(fib, value)
    attempt(factorial, 25)
    attempt(factorial, 40)
    attempt(gcd, 2**70, 2**40 * 3)
    attempt(gcd, 1000003, 0)
    attempt(power, 2, 70)
    attempt(power, 2.0, -1)
    for n in range(6):
        attempt(divide, n, 3)
    attempt(divide, 3, 2.0)
    attempt(tak, 1000, 2000, 3000)
    attempt(fib)
    attempt(fib, 1, 2)


def identity():
    for value in (7, 1000, 123456789, 10**15):
        show(same(value) is value, same(-value) == value, gcd(value, 0) is value)
    show(thousand(1) is thousand(-3), thousand(0) == 1000)


def limits():
    old = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    for n in (50, 250, 295, 296, 297, 298, 299, 300, 301, 400):
        attempt(depth, n)
    attempt(is_even, 500)
    sys.setrecursionlimit(old)
    attempt(depth, 600)
    attempt(is_odd, 601)


def replaced():
    global helper, fib
    show(uses_helper(5))
    old = helper

    def helper(n):
        frame = sys._getframe(1)
        chain = []
        while frame.f_code.co_name == "uses_helper":
            chain.append((frame.f_locals["n"], frame.f_locals["here"], frame.f_lineno))
            frame = frame.f_back
        show("helper", n, chain)
        return old(n)

    show(uses_helper(4))
    helper.__code__ = (lambda n: n).__code__ if not helper.__code__.co_freevars else helper.__code__
    helper = old
    helper.__code__ = (lambda n: n - 1).__code__
    show(uses_helper(4))
    helper = None
    attempt(uses_helper, 2)
    real = fib
    fib = lambda n: -n
    show(real(10), fib(10))
    fib = real
    del helper
    attempt(uses_helper, 2)
    fib.__defaults__ = (4,)
    show(fib(), fib(12))


def traced():
    calls = []

    def tracer(frame, event, arg):
        calls.append((frame.f_code.co_name, event, frame.f_locals.get("n")))
        return tracer

    sys.settrace(tracer)
    fib(3)
    sys.settrace(None)
    show(len(calls), calls[:6])
    profile = []
    sys.setprofile(lambda frame, event, arg: profile.append((frame.f_code.co_name, event)))
    fib(4)
    sys.setprofile(None)
    show(len(profile), profile[:4])


if __name__ == "__main__":
    plain()
    strange()
    identity()
    limits()
    replaced()
    traced()

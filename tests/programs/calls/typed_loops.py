"""Functions of numbers with loops, and with numbers of the module, that call each other; signals and overflows in their midst."""

import signal
import sys
import traceback

LIMIT = 1000
SCALE = 2.5
DEBUG = 0


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a + 0


def is_prime(n):
    if n < 2:
        return False
    i = 2
    while i * i <= n:
        if n % i == 0:
            return False
        i += 1
    return True


def primes_below(n):
    count = 0
    for i in range(n):
        if is_prime(i):
            count += 1
    return count


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
        if steps > LIMIT:
            return 0 - steps
    return steps


def longest(n):
    best = 0
    for i in range(1, n):
        here = collatz(i)
        if here > best:
            best = here
    return best


def power_sum(x, n):
    total = 0.0
    for i in range(n):
        term = 1.0
        for j in range(i):
            term *= x
        total += term * SCALE
    return total


def product(n):
    out = 1
    for i in range(1, n + 1):
        out *= i
    return out


def last(n):
    for i in range(n):
        pass
    return i + 1


def hanoi(n, a, b, c):
    if n == 0:
        return 0
    moves = 0
    for k in range(1):
        moves = hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
    return moves


def divided(n, d):
    total = 0
    for i in range(n):
        total += 100 // (d - i)
    return total


def nested(n):
    total = 0
    for i in range(n):
        total += divided(i, 7) + DEBUG
    return total


def attempt(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        print(function.__name__, type(error).__name__, error, [(f.name, f.lineno, f.colno) for f in frames])


def usual():
    for n in range(1, 12):
        print(n, gcd(n * 12, 18), is_prime(n), primes_below(n * 10), collatz(n), power_sum(1.5, n), product(n), last(n), hanoi(n, 1, 2, 3))
    print(longest(300), nested(7))


def unusual():
    global LIMIT, SCALE, range, DEBUG
    for function, *args in (
        (gcd, 2**70, 6),
        (gcd, 6.0, 4),
        (gcd, True, 3),
        (gcd, "a", 1),
        (is_prime, 2.5),
        (collatz, 27),
        (collatz, 0),
        (product, 25),
        (product, 21),
        (last, 0),
        (last, 3),
        (divided, 8, 7),
        (nested, 9),
        (nested, 5),
        (power_sum, 2, 5),
        (power_sum, 2.0, 3.0),
        (hanoi, 3, "a", "b", "c"),
        (longest, 2.0),
    ):
        attempt(function, *args)
    LIMIT = 5
    attempt(longest, 30)
    LIMIT = "x"
    attempt(longest, 30)
    del LIMIT
    attempt(longest, 30)
    LIMIT = 2**70
    attempt(longest, 30)
    SCALE = 2
    attempt(power_sum, 1.5, 4)
    SCALE = None
    attempt(power_sum, 1.5, 4)
    DEBUG = 0.5
    attempt(nested, 4)
    old = range
    range = lambda *args: reversed(old(*args))
    attempt(last, 5)
    attempt(nested, 4)
    del range
    attempt(last, 5)


seen = []


def handler(number, frame):
    chain = []
    while frame is not None:
        if frame.f_code.co_name in ("longest", "collatz", "primes_below", "is_prime", "divided", "nested", "hanoi"):
            chain.append((frame.f_code.co_name, sorted(frame.f_locals), {k: type(v).__name__ for k, v in frame.f_locals.items()}))
        frame = frame.f_back
    seen.append(all(set(kinds.values()) <= {"int"} for _, _, kinds in chain))


def signals():
    global LIMIT
    LIMIT = 1000
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    answers = set()
    while len(seen) < 30:
        answers.add((longest(200), primes_below(300), hanoi(6, 1, 2, 3)))
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(answers, all(seen))


def traced():
    lines = []

    def tracer(frame, event, arg):
        lines.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer

    sys.settrace(tracer)
    primes_below(5)
    sys.settrace(None)
    print(len(lines), lines[:12])


if __name__ == "__main__":
    usual()
    unusual()
    signals()
    traced()

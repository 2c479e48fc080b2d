# run: 7
# record: 2
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 7


def for_else(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            break
    else:
        return "absent"
    return i


def while_else(n):
    while n:
        n -= 1
        if n == 3:
            break
    else:
        return "exhausted"
    return "broken"


def nested_breaks(n):
    out = []
    for i in range(n):
        for j in range(n):
            if j > i:
                break
            if (i + j) % 3 == 0:
                continue
            out.append((i, j))
        else:
            out.append(("else", i))
            continue
        if i == 4:
            break
    return out


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def loop_variable():
    for i in range(3):
        pass
    for i in []:
        pass
    for i, i in [(1, 2)]:
        pass
    return i


class Target:
    pass


def odd_targets():
    t, d, items = Target(), {}, [0, 0]
    for t.attr in range(3):
        pass
    for d["key"] in "ab":
        pass
    for items[0], *items[1:] in [(1, 2, 3)]:
        pass
    for x in range(3):
        for x in range(2):
            pass
    return t.attr, d, items, x


def while_true():
    n = 0
    while True:
        n += 1
        if n % 2:
            continue
        if n > 6:
            return n


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def sieve(n):
    flags = [True] * (n + 1)
    flags[0:2] = [False, False]
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = [False] * len(range(i * i, n + 1, i))
    return [i for i, f in enumerate(flags) if f]


print(for_else([1, 2, 3], 3), for_else([1], 2), for_else([], 0), while_else(N), while_else(0), while_else(3), nested_breaks(N), [collatz(n) for n in range(1, 20)], collatz(837799), loop_variable(), odd_targets(), while_true(), gcd(2**70, 6**20), gcd(12, 18), gcd(0.75, 0.5), sieve(N * 10))

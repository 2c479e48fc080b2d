"""A local that is a number within a loop over a range, and too large for one before it: the interpreter goes on at the loop's start."""


def once(n, x):
    large = 2**62
    total = 0
    for i in range(n):
        total += i
        if x > i:
            large = i
    return large, total


def nested(n):
    large = 2**65
    seen = []
    for i in range(n, 0, -1):
        small = -(2**63)
        for j in range(i):
            if j > 1:
                large = small = j * i
        seen.append((large, small))
    return seen


def twice(n, large):
    for i in range(2, n):
        for large in range(i):
            pass
        large = max(large * i, 2)
    return large


for n in (0, 1, 5):
    print(once(n, 0), once(n, 3), nested(n), twice(n, 2**70), twice(n, 1))

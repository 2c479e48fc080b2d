# record: numbers
"""Numbers that are taken out of lists, tuples and instances which are gone as soon as they were taken."""

import sys


class Holder:
    def __init__(self, x):
        self.x = x


def make(x):
    return [x, x]


def first_of(text, n):
    total = 0
    for i in range(n):
        word = text.split()[0]
        total = total + len(word)
        if word * 2 != text.split()[0] + text.split()[-1]:
            total += 1
    return total


def add(x, n):
    total = x - x
    for i in range(n):
        total = total + make(x * 1.5)[0]
        total = total - make(x + 1000)[1] * 2
        if make(x * 3)[0] > total:
            total = total + Holder(x * 2.5).x
        total = total + Holder(x + 70000).x
    return total


def text(x, n):
    seen = []
    for i in range(n):
        seen.append(make(x + str(i))[0] + Holder(x + "!").x)
        seen.append(make(x * 3)[-1] * 2)
    return seen[-2:]


numbers = sys.argv[1:] == ["numbers"]
print(first_of("one two", 20), add(7, 20), add(0.3, 20), add(2**70, 3), add(True, 3))
print(text("a", 20) if not numbers else "")
for wrong in ("a", None):
    try:
        print(add(wrong, 2))
    except TypeError as error:
        print(error)

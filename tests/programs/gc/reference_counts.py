"""What sys.getrefcount says in functions, loops and methods."""

import sys
from sys import getrefcount


class Box:
    def count(self):
        return sys.getrefcount(self)


def local():
    value = object()
    again = value
    return sys.getrefcount(value), getrefcount(again), getrefcount(object()), sys.getrefcount([value])


def argument(value):
    return getrefcount(value)


def looped():
    found = []
    for n in range(3):
        value = [n]
        found.append(getrefcount(value))
        kept = value
        found.append(sys.getrefcount(kept))
    return found


def main():
    print(local(), argument([]), looped())
    box = Box()
    print(box.count(), Box().count(), getrefcount(box))


main()

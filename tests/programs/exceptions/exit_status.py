import atexit
import sys

atexit.register(print, "atexit runs")


class Holder:
    def __del__(self):
        print("deleted at the end")


holder = Holder()


def deeper(n):
    if n == 0:
        raise SystemExit(42)
    try:
        deeper(n - 1)
    finally:
        print("unwinding", n)


deeper(3)

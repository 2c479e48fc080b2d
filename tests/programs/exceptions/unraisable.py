import gc
import sys


class Bad:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        raise ValueError(f"in del of {self.name}")

    def __repr__(self):
        return f"<Bad {self.name}>"


def hook(unraisable):
    print("hook", type(unraisable.exc_value).__name__, unraisable.exc_value, unraisable.err_msg, unraisable.object.__qualname__)


def work():
    bad = Bad("local")
    return 5


sys.unraisablehook = hook
print(work())
bad = Bad("reassigned")
bad = None
Bad("temporary")
try:
    bad = Bad("kept by traceback")
    1 / 0
except ZeroDivisionError:
    del bad
    print("handled")
cycle = Bad("cycle")
cycle.me = cycle
del cycle
print(gc.collect() > 0)
sys.unraisablehook = sys.__unraisablehook__

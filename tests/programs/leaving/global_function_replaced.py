# run: replace
# record: keep
import sys

REPLACE = sys.argv[1:] != ["keep"]


def helper(x):
    return x + 1


class Callable:
    def __call__(self, x):
        return ("callable", x)


def loop(n):
    global helper
    out = []
    for i in range(n):
        out.append(helper(i))
        if REPLACE:
            if i == 1:
                helper = lambda x: x * 100
            elif i == 3:
                helper = Callable()
            elif i == 5:
                helper = str
            elif i == 7:
                helper = [].append
            elif i == 9:
                helper = Callable().__call__
            elif i == 11:
                helper = type("K", (), {"__init__": lambda self, x: None, "__repr__": lambda self: "K made"})
            elif i == 13:
                helper = None
    return out


try:
    print(loop(14))
    print(loop(1))
except TypeError as error:
    print(error)

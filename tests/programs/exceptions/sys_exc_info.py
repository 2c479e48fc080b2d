import sys


def info():
    kind, value, tb = sys.exc_info()
    return kind.__name__ if kind else None, str(value), tb is not None and tb.tb_lineno, sys.exception() is value


def generator():
    try:
        yield info()
        raise KeyError("in generator")
    except KeyError:
        yield info()
    yield info()


print(info())
try:
    1 / 0
except ZeroDivisionError:
    print(info())
    try:
        [][1]
    except IndexError:
        print(info())
        for item in generator():
            print(item)
    print(info())
    print([info() for _ in range(1)])

    def nested():
        return info()

    print(nested())
print(info())
try:
    raise ValueError("a")
except ValueError:
    g = generator()
    print(next(g))
print(next(g), next(g), info())


def in_finally():
    try:
        raise ValueError("f")
    finally:
        print(info())


try:
    in_finally()
except ValueError:
    print(info())

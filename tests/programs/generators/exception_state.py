import sys


def swallow():
    try:
        yield 1
    except ValueError:
        print("inside", sys.exc_info()[0].__name__)
        yield 2
        print("still", sys.exc_info()[0].__name__)
    print("out", sys.exc_info()[0])
    yield 3


g = swallow()
next(g)
print(g.throw(ValueError), sys.exc_info()[0])
try:
    raise KeyError("outer")
except KeyError:
    print(next(g), sys.exc_info()[0].__name__)


def raising_in_finally():
    try:
        yield 1
    finally:
        raise OSError("in finally")


g = raising_in_finally()
next(g)
try:
    g.throw(ValueError("thrown"))
except OSError as error:
    print(repr(error), repr(error.__context__))
g = raising_in_finally()
next(g)
try:
    g.close()
except OSError as error:
    print(repr(error), repr(error.__context__))


def returns_in_finally():
    try:
        yield 1
    finally:
        return "from finally"


g = returns_in_finally()
next(g)
try:
    g.throw(ValueError)
except StopIteration as stop:
    print(stop.value)


def context():
    try:
        raise ValueError("in generator")
    except ValueError:
        yield sys.exc_info()[1]
        raise


g = context()
print(repr(next(g)))
try:
    try:
        raise TypeError("caller")
    except TypeError:
        next(g)
except ValueError as error:
    print(repr(error), repr(error.__context__))


def with_inside():
    class M:
        def __enter__(self):
            print("enter")

        def __exit__(self, *a):
            print("exit", a[0])
            return True

    with M():
        yield 1
    yield 2


g = with_inside()
next(g)
print(g.throw(KeyError))
g = with_inside()
next(g)
try:
    g.close()
except RuntimeError as error:
    print(error)
import contextlib


@contextlib.contextmanager
def managed(x):
    print("before", x)
    try:
        yield x * 2
    except ZeroDivisionError:
        print("suppressed")
    finally:
        print("after")


with managed(4) as value:
    print(value)
    1 / 0
with managed("s") as v, managed(v) as w:
    print(v, w)
try:
    with managed(1):
        raise KeyError("passes")
except KeyError as error:
    print(repr(error))


@managed(0)
def decorated():
    print("in decorated")


decorated()
with contextlib.suppress(KeyError), contextlib.ExitStack() as stack:
    stack.enter_context(managed("stack"))
    stack.callback(print, "callback")
    raise KeyError

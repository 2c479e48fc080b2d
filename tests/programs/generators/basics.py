def count(n):
    print("started")
    try:
        for i in range(n):
            received = yield i
            if received:
                print("received", received)
    except GeneratorExit:
        print("closing")
        raise
    except ValueError as error:
        print("thrown", error)
        yield "after throw"
    finally:
        print("finally")
    return "done"


g = count(3)
print(next(g), g.send("hello"), next(g))
try:
    next(g)
except StopIteration as stop:
    print("stop", stop.value)
g = count(3)
next(g)
g.close()
g.close()
g = count(3)
next(g)
print(g.throw(ValueError("v")))
print(list(g))
g = count(1)
for bad in (lambda: g.send(5), lambda: g.throw(5), lambda: g.throw(KeyError("unstarted")), lambda: next(g)):
    try:
        print(bad())
    except BaseException as error:
        print(type(error).__name__, error)


def recursive_use():
    try:
        next(me)
    except ValueError as error:
        yield str(error)


me = recursive_use()
print(next(me))


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("refusing")


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)
import sys

sys.unraisablehook = lambda u: print("unraisable", u.exc_value)
s = None


def infos(x):
    y = yield x
    yield y


g = infos(5)
print(g.gi_running, g.gi_yieldfrom, g.gi_code.co_name, g.__name__, g.__qualname__, g.gi_frame.f_lineno - g.gi_frame.f_code.co_firstlineno)
next(g)
print(g.gi_frame.f_locals, g.gi_suspended)
list(g)
print(g.gi_frame)


def dropped():
    try:
        yield 1
    finally:
        print("dropped generator cleans up")


d = dropped()
next(d)
del d
for x in dropped():
    break
print("end")

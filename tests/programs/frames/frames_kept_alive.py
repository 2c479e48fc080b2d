import sys
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def leaves_frame(keep):
    thing = Thing(f"local keep={keep}")
    number = 12345.678
    if keep:
        return sys._getframe()
    return None


def by_exception():
    thing = Thing("in exception frame")
    raise ValueError("x")


print("no frame", leaves_frame(False))
frame = leaves_frame(True)
print("frame kept", frame.f_locals["thing"].name, frame.f_locals["number"])
frame.clear()
print("cleared", frame.f_locals)
del frame
try:
    by_exception()
except ValueError as error:
    kept = error
print("handled")
print(kept.__traceback__.tb_next.tb_frame.f_locals["thing"].name)
kept.__traceback__ = None
print("traceback dropped")


def generator():
    thing = Thing("generator local")
    yield sys._getframe()
    yield 2


g = generator()
frame = next(g)
print(frame is g.gi_frame, frame.f_locals["thing"].name, frame.f_back)
try:
    frame.clear()
    print("closed by clear", next(g, "exhausted"))
except RuntimeError as error:
    print(error)
del g, frame


def running():
    try:
        sys._getframe().clear()
    except RuntimeError as error:
        return str(error)


print(running())
ref = None


def weak():
    global ref
    thing = Thing("weak")
    ref = weakref.ref(thing)
    frame = sys._getframe()
    frame.f_locals
    del thing
    return ref() is not None


print(weak(), ref() is not None)
import gc

gc.collect()
print(ref())

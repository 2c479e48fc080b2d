import gc
import weakref


class Tracker:
    alive = 0

    def __init__(self):
        Tracker.alive += 1

    def __del__(self):
        Tracker.alive -= 1


def closure_cycle():
    tracker = Tracker()

    def inner():
        return inner, tracker

    return weakref.ref(inner)


def method_cycle():
    tracker = Tracker()
    tracker.m = tracker.__del__
    return weakref.ref(tracker)


def class_cycle():
    class Local:
        tracker = Tracker()

    Local.me = Local()
    return weakref.ref(Local)


def exception_cycle():
    tracker = Tracker()
    try:
        raise ValueError
    except ValueError as error:
        kept = error
    return weakref.ref(tracker)


def generator_cycle():
    tracker = Tracker()

    def gen():
        me = g
        yield tracker

    g = gen()
    next(g)
    return weakref.ref(tracker)


def frame_cycle():
    import sys

    tracker = Tracker()
    frame = sys._getframe()
    return weakref.ref(tracker)


gc.collect()
gc.disable()
for make in (closure_cycle, method_cycle, class_cycle, exception_cycle, generator_cycle, frame_cycle):
    ref = make()
    before = ref() is not None, Tracker.alive
    gc.collect()
    print(make.__name__, before, ref(), Tracker.alive)
gc.enable()


def no_cycle(n):
    for _ in range(n):
        t = Tracker()
        x = [t, (t,), {"k": t}]
    return Tracker.alive


print(no_cycle(5), Tracker.alive)
print(gc.is_tracked([]), gc.is_tracked(5), gc.is_tracked(()), gc.is_tracked(no_cycle))

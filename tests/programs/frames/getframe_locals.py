import sys

stored = []


def inspect_caller():
    frame = sys._getframe(1)
    stored.append(frame)
    return {k: v for k, v in frame.f_locals.items() if k != "frame"}


def caller(a, b=2, *args, **kw):
    x = a + b
    first = inspect_caller()
    x = "changed"
    for i in range(2):
        second = dict(inspect_caller())
    del x
    return first, sorted(second), sorted(inspect_caller())


def outer():
    cell = 1

    def inner():
        nonlocal cell
        cell += 1
        return inspect_caller(), sys._getframe(1).f_locals["cell"]

    result = inner()
    cell = "after"
    return result, stored[-1].f_locals, stored[-1].f_back is sys._getframe()


print(caller(1), caller(2**70, 1.5, "extra", k=1))
print(outer())
print([(f.f_code.co_name, sorted(k for k in f.f_locals if k not in ("first", "second", "result"))) for f in stored])
print([f.f_back is None or f.f_back.f_code.co_name for f in stored], stored[0].f_lineno - stored[0].f_code.co_firstlineno, stored[0].f_globals is globals(), stored[0].f_builtins["len"] is len)
stored[0].clear()
print(stored[0].f_locals)


def keeps_itself(n):
    frame = sys._getframe()
    local = [n]
    return frame


frame = keeps_itself(5)
print(frame.f_locals["local"], frame.f_locals["frame"] is frame, frame.f_back is sys._getframe(), frame.f_lineno - frame.f_code.co_firstlineno, frame.f_lasti > 0)
frame.clear()


def loop(n):
    frames = []
    for i in range(n):
        value = i * 1.5
        frames.append(sys._getframe())
        frames[0].f_locals
    return all(f is frames[0] for f in frames), frames[0].f_locals["i"], frames[0].f_locals["value"]


print(loop(3))
try:
    sys._getframe(1000)
except ValueError as error:
    print(error)


def writes():
    x = 1
    sys._getframe().f_locals["x"] = 99
    return x


print(writes())

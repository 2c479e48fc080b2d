import sys


def loop(n):
    total = 0.0
    for i in range(n):
        total += i * 0.5
        if i == 5:
            snapshot = locals()
        if i == 7:
            frame_locals = sys._getframe().f_locals
            before = dict(frame_locals)
    return total, snapshot["i"], snapshot["total"], before["total"], frame_locals is snapshot, sorted(before)


print(loop(10))


def callee():
    caller = sys._getframe(1)
    return {k: v for k, v in caller.f_locals.items() if isinstance(v, (int, float))}


def typed(n):
    a, b, c = 1, 2.5, 2**62
    seen = []
    for i in range(n):
        a = a * 3
        b = b * 1.5
        c = c + c
        seen.append(callee())
    return seen


for line in typed(4):
    print(line)


def unbound():
    seen = []
    for i in range(3):
        if i == 1:
            late = i
        seen.append(sorted(callee()))
        if i == 1:
            del late
    return seen


print(unbound())


def deep(n):
    local = n * 1.5
    if n == 0:
        frame, out = sys._getframe(), []
        while frame.f_code.co_name == "deep":
            out.append((frame.f_locals["n"], frame.f_locals["local"]))
            frame = frame.f_back
        return out
    return deep(n - 1)


print(deep(5))

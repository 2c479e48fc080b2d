import sys

log = []


def jumper(frame, event, arg):
    if frame.f_code.co_name == "target" and event == "line" and frame.f_lineno - frame.f_code.co_firstlineno == 3:
        log.append(dict(frame.f_locals))
        if frame.f_locals["n"] < 2:
            frame.f_lineno = frame.f_code.co_firstlineno + 2
    return jumper


def target(n):
    x = 0
    n += 1
    x += 10
    return n, x


sys.settrace(jumper)
result = target(0)
sys.settrace(None)
print(result, log)


def changer(frame, event, arg):
    if frame.f_code.co_name == "loop" and event == "line":
        if frame.f_locals.get("i") == 3 and not changed:
            changed.append(1)
            frame.f_locals["total"] = 1000
    return changer


changed = []


def loop(n):
    total = 0
    for i in range(n):
        total += i
    return total


sys.settrace(changer)
print(loop(6))
sys.settrace(None)
print(changed, loop(6))
frame = sys._getframe()
try:
    frame.f_lineno = 1
except ValueError as error:
    print(error)
try:
    frame.f_lineno = "x"
except (ValueError, TypeError) as error:
    print(error)

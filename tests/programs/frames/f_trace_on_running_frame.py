import sys

events = []


def local_trace(frame, event, arg):
    events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    return local_trace


def set_on_caller():
    sys.settrace(lambda frame, event, arg: None)
    sys._getframe(1).f_trace = local_trace


def loop(n):
    total = 0
    for i in range(n):
        total += i
        if i == 2:
            set_on_caller()
        total *= 2
    sys.settrace(None)
    return total


print(loop(5))
print(*events, sep="\n")
events.clear()


def opcodes():
    frame = sys._getframe()
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    frame.f_trace = local_trace
    sys.settrace(lambda *a: None)
    x = 1
    y = x + 2
    sys.settrace(None)
    return y


print(opcodes(), len(events) > 4, {e[0] for e in events})
events.clear()


def deep(n):
    if n == 0:
        frame = sys._getframe()
        sys.settrace(lambda *a: None)
        while frame and frame.f_code.co_name == "deep":
            frame.f_trace = local_trace
            frame = frame.f_back
        return 0
    result = deep(n - 1)
    result += n
    return result


print(deep(3))
sys.settrace(None)
print(*events, sep="\n")

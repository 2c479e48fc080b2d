# run: trace
# record: none
import sys

TRACE = sys.argv[1:] != ["none"]
events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ("hot", "leaf"):
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer
    return None


def leaf(x):
    return x * 2


def hot(n, trigger):
    total = 0
    for i in range(n):
        total += leaf(i)
        if i == trigger and TRACE:
            sys.settrace(tracer)
            sys._getframe().f_trace = tracer
        if i == trigger + 2:
            sys.settrace(None)
    return total


print(hot(2000, 1000), len(events), events[:12])
events.clear()
print(hot(10, 3), events)
events.clear()


def recursive(n):
    if n == 3 and TRACE:
        sys.settrace(tracer2)
    result = 0 if n == 0 else recursive(n - 1) + 1
    if n == 5:
        sys.settrace(None)
    return result


def tracer2(frame, event, arg):
    events.append((event, frame.f_code.co_name, frame.f_locals.get("n"), arg if event == "return" else None))
    return tracer2


print(recursive(8), *events, sep="\n")

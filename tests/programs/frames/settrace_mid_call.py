import sys

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    shown = arg if event in ("return",) else (arg[0].__name__, str(arg[1])) if event == "exception" else None
    events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, shown))
    return tracer


def helper(x):
    y = x + 1
    return y


def switches_on(n):
    total = 0
    for i in range(n):
        if i == 1:
            sys.settrace(tracer)
        total += helper(i)
        if i == 2:
            sys.settrace(None)
    return total


def raises(n):
    try:
        if n:
            raises(n - 1)
        else:
            [][1]
    except IndexError:
        if n:
            raise


def generator():
    yield 1
    yield 2


print(switches_on(4))
print(*events, sep="\n")
events.clear()
sys.settrace(tracer)
raises(2)
print(list(generator()))
result = [helper(i) for i in range(2)]
lambda_result = (lambda a: a * 2)(3)
sys.settrace(None)
print(*events, sep="\n")
events.clear()


class K:
    def __init__(self):
        self.x = 1

    @property
    def p(self):
        return self.x

    def __add__(self, o):
        return helper(o)


sys.settrace(tracer)
K().p
K() + 1
sorted([2, 1], key=helper)
sys.settrace(None)
print(*events, sep="\n")

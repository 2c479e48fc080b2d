import sys

events = []


def profiler(frame, event, arg):
    name = arg.__name__ if event.startswith("c_") else frame.f_code.co_name
    if name != "setprofile":
        events.append((event, name, arg if event == "return" else None))


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def work(items):
    out = []
    for item in items:
        out.append(len(item))
        try:
            int(item)
        except ValueError:
            pass
    return sorted(out, key=abs)


def toggles(n):
    for i in range(n):
        if i == 1:
            sys.setprofile(profiler)
        fib(1)
        if i == 2:
            sys.setprofile(None)


class K:
    def __init__(self):
        pass

    def __len__(self):
        return 2


sys.setprofile(profiler)
fib(3)
work(["1", "x"])
K()
len(K())
list(x for x in "ab")
[x for x in "ab"]
sys.setprofile(None)
print(*events, sep="\n")
events.clear()
toggles(4)
print(*events, sep="\n")
events.clear()


def raising_profiler(frame, event, arg):
    if frame.f_code.co_name == "victim":
        raise KeyError("from the profiler")


def victim():
    return 1


sys.setprofile(raising_profiler)
try:
    victim()
except KeyError as error:
    sys.setprofile(None)
    print(error, sys.getprofile())

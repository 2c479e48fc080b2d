# Finalisers that run where a loop ends, or behind a call of a small function, look at the caller's locals, which are machine numbers there.
import sys


class Seen:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe(1)
        print(self.name, {key: value for key, value in frame.f_locals.items() if key in ("total", "i", "x")})


def small(thing, other=0):
    return 1


class Holder:
    def small(self, thing):
        return 2


def assigned_meanwhile(n):
    x = 0.25
    for i in range(n):
        x = x * 2.0
        small(Seen("assigned meanwhile"), (x := x * 3.0) > 1.0)
    return x


def behind_calls(n, holder):
    total = 0
    x = 0.25
    for i in range(n):
        total += i + 5
        x = x * 2.0
        small(Seen("function"))
        total += 1
        holder.small(Seen("method"))
    return total, x


def make(n):
    return [Seen("item %d" % i) for i in range(n)]


def where_loops_end(n):
    total = 0
    x = 1.0
    for i in range(n):
        total += 1
        x = x + 0.5
        for thing in make(2):
            thing = None
            total += 2
    return total, x


for seen in range(3):
    print(assigned_meanwhile(2))
print(behind_calls(4, Holder()))
print(where_loops_end(3))

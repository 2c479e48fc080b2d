# Looking a method up runs code that looks at the caller's locals, which are machine numbers there.
import sys


class Lookup:
    def __getattr__(self, name):
        seen = sys._getframe(1).f_locals
        print(name, {key: value for key, value in seen.items() if key != "o"})
        return lambda *args: args


def count(o, n):
    total = 0
    x = 0.5
    for i in range(n):
        total += i * 3
        x = x * 2.0 + i
        o.found()
        o.found_with(7)
    return total, x


def late(o, n):
    for i in range(n):
        if i == 2:
            half = i / 4
        if i > 2:
            o.after(n)
    return half


print(count(Lookup(), 3))
print(late(Lookup(), 5))

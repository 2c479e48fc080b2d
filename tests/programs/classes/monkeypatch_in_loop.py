# run: patch
# record: keep
import sys

PATCH = sys.argv[1:] != ["keep"]


class Worker:
    speed = 1

    def work(self, n):
        return n * self.speed

    def run(self, n):
        total = 0
        for i in range(n):
            total += self.work(i)
            self.step(i)
        return total

    def step(self, i):
        if not PATCH:
            return
        if i == 3:
            Worker.work = lambda self, n: n * 100
        elif i == 6:
            self.work = lambda n: 0.5
        elif i == 9:
            del self.work
            Worker.speed = 2**62
            Worker.work = original
        elif i == 12:
            Worker.__getattribute__ = lambda self, name: object.__getattribute__(self, name) if name != "work" else (lambda n: 7)
        elif i == 15:
            del Worker.__getattribute__


original = Worker.work
print(Worker().run(20), Worker().run(2))


class Meter:
    def __add__(self, other):
        return 1

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return i

    def __call__(self):
        return "called"


def use(m, n):
    out = []
    for i in range(n):
        out.append((m + 1, len(m), m[i], m(), bool(m), m == 1))
        if i == 1 and PATCH:
            Meter.__add__ = lambda self, other: "patched add"
            Meter.__len__ = lambda self: 0
            Meter.__getitem__ = lambda self, i: "patched item"
            Meter.__call__ = lambda self: "patched call"
            Meter.__eq__ = lambda self, other: "patched eq"
            m.__add__ = m.__len__ = lambda *a: "ignored on instances"
        if i == 2 and PATCH:
            del Meter.__add__, Meter.__len__
            Meter.__radd__ = lambda self, other: "radd"
            break
    return out


print(*use(Meter(), 4), sep="\n")
m = Meter()
try:
    print(m + 1)
except TypeError as error:
    print(error)
if PATCH:
    print(1 + m)

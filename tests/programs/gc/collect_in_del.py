import gc
import weakref


class Node:
    count = 0

    def __init__(self, name):
        self.name = name
        self.me = self

    def __del__(self):
        Node.count += 1
        gc.collect()
        log.append(self.name)


class Resurrect:
    saved = []

    def __del__(self):
        Resurrect.saved.append(self)


log = []
for i in range(5):
    Node(i)
print(Node.count, gc.collect() >= 0, Node.count, sorted(log))
Resurrect()
print(len(Resurrect.saved))
Resurrect.saved.clear()
print(len(Resurrect.saved))


def work(n):
    total = 0
    for i in range(n):
        node = [i]
        node.append(node)
        total += node[0]
        if i % 10 == 0:
            gc.collect()
    return total


print(work(50))


class Adds:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        gc.collect()
        return Adds(self.v + o.v)

    def __del__(self):
        dead.append(self.v)


dead = []
print((Adds(1) + Adds(2) + Adds(3)).v, dead)
gc.callbacks.append(lambda phase, info: phases.append(phase))
phases = []
gc.collect()
gc.callbacks.clear()
print(phases, gc.isenabled(), gc.get_threshold())
gc.set_threshold(1)
items = [[i, (i, {})] for i in range(200)]
gc.set_threshold(700)
print(sum(i[0] for i in items))


class Clears:
    def __del__(self):
        shared.clear()


def iterate():
    seen = []
    for x in shared:
        seen.append(type(x).__name__)
        x = None
    return seen


shared = [Clears(), 1, 2]
shared[0] = shared[0]
print(iterate(), len(shared))
x = 0
victim = Clears()
shared = [1, 2, 3]
for x in shared:
    victim = None
print(x, shared)
d = {"a": Clears(), "b": 2}
shared = d
d["a"] = 5
print(d)

import collections
import enum
import threading
from collections.abc import MutableMapping, MutableSequence, MutableSet


class Lower(MutableMapping):
    def __init__(self, **k):
        self.d = {}
        self.update(k)

    def __getitem__(self, k):
        return self.d[k.lower()]

    def __setitem__(self, k, v):
        self.d[k.lower()] = v

    def __delitem__(self, k):
        del self.d[k.lower()]

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)


class Seq(MutableSequence):
    def __init__(self, *items):
        self.items = list(items)

    def __getitem__(self, i):
        return self.items[i]

    def __setitem__(self, i, v):
        self.items[i] = v

    def __delitem__(self, i):
        del self.items[i]

    def __len__(self):
        return len(self.items)

    def insert(self, i, v):
        self.items.insert(i, v)


class Ordered(MutableSet):
    def __init__(self, items=()):
        self.d = dict.fromkeys(items)

    def __contains__(self, x):
        return x in self.d

    def __iter__(self):
        return iter(self.d)

    def __len__(self):
        return len(self.d)

    def add(self, x):
        self.d[x] = None

    def discard(self, x):
        self.d.pop(x, None)


m = Lower(A=1, b=2)
m["C"] = 3
print(m["a"], "B" in m, m.pop("c"), m.get("zz", 0), sorted(m.items()), m.setdefault("D", 4), dict(m), m == {"a": 1, "b": 2, "d": 4}, len(m), list(m.keys()))
s = Seq(1, 2)
s.append(3)
s.extend([4, 5])
s += [6]
s.reverse()
print(list(s), s.pop(), s.index(4), 3 in s, s.count(2), list(reversed(s)), s.remove(6), len(s))
o = Ordered("cab")
print(list(o | {"z"})[:3], list(o & Ordered("ab")), o <= {"a", "b", "c", "d"}, list(o - {"a"}), o.isdisjoint("x"), list(o ^ Ordered("ad")))
o |= {"q"}
o.remove("a")
print(list(o), o == {"c", "b", "q"})
try:
    m["missing"]
except KeyError as error:
    print(error)


class T(threading.Thread):
    def run(self):
        self.result = sum(range(10))


t = T()
t.start()
t.join()


class C(collections.Counter):
    def __missing__(self, k):
        return -1


print(t.result, C("aab")["zz"], C("aab")["a"], C("ab") + C("a"))

"""Every form of call at one place, thrice: signatures, classes, C functions, what changes between the calls."""
import gc, sys, weakref
def va(a, b=2, *rest, c, d=4, **kw): return a, b, rest, c, d, sorted(kw.items())
def kwonly(*, x=1, y): return x, y
def pos(a, b, /, c=3): return a, b, c
def dfl(a, b=10, c=20): return a, b, c
class A:
    def __init__(self, x, y=5): self.x = x; self.y = y
class B(A):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw); self.k = 1
class C: pass
class D:
    __slots__ = ('p', 'q')
    def __init__(self, p): self.p = p
class E:
    def __init__(self): return 3
class F:
    def __init__(self, *, a, b=2): self.a = a; self.b = b
    def __del__(self): print('del F', hasattr(self, 'a'))
class G:
    def m(self, a, b=1, *r, k=3): return a, b, r, k
def attempt(f):
    try: return f()
    except Exception as e: return type(e).__name__, str(e)
for i in range(3):
    print(va(1, c=3), va(1, 2, 3, 4, c=5, z=6, y=7), va(c=1, a=2), va(1, c=0, b=9, d=8))
    print(attempt(lambda: va(1)), attempt(lambda: va(c=1)), attempt(lambda: va(1, a=2, c=3)))
    print(kwonly(y=1), kwonly(x=3, y=2), attempt(lambda: kwonly(x=1)), attempt(lambda: kwonly(1, y=2)))
    print(pos(1, 2), pos(1, 2, c=4), attempt(lambda: pos(1, b=2)), attempt(lambda: pos(1, 2, 3, 4)))
    print(dfl(1), dfl(1, c=2), dfl(c=1, a=2), dfl(*(1, 2)), dfl(**{'a': 1, 'c': 2}), attempt(lambda: dfl(1, 2, a=3)))
    a = A(1); b = B(1, y=2) if i < 2 else B(1); b.y = b.k if i > 1 else b.y; c = C(); d = D(4); print(a.x, a.y, b.x, b.y, b.k, type(c), d.p, attempt(lambda: d.q))
    print(attempt(lambda: A(y=1, x=2).x), type(attempt(lambda: A())).__name__, attempt(lambda: A(1, 2, 3)), attempt(lambda: C(1)), type(attempt(lambda: E())))
    f = F(a=1); print(f.a, f.b); del f; print(attempt(lambda: F()))
    g = G(); m = g.m; print(m(1), m(1, 2, 3, k=4), g.m(5), g.m(b=1, a=2), G.m(g, 1))
    dfl.__defaults__ = (100, 200) if i else (7,)
    dfl2 = attempt(lambda: dfl(1)); print(dfl2, attempt(lambda: dfl(1, 2)))
    va.__kwdefaults__ = {'d': 44} if i == 0 else None
    print(attempt(lambda: va(1, c=3)))
    va.__kwdefaults__ = {'d': 4}
    dfl.__defaults__ = (10, 20)
    if i == 1:
        def init(self, x=0): self.x = ('new', x); self.y = 0
        A.__init__ = init
        C.__init__ = lambda self: setattr(self, 'v', 1)
        E.__init__.__code__ = (lambda self: None).__code__
    print(attempt(lambda: vars(C())), attempt(lambda: E().__class__.__name__), attempt(lambda: A(3).x))
class Meta(type):
    def __call__(cls, *a): return ('meta', a)
class M: 
    def __init__(self, a): self.a = a
def mk(): return M(1)
print(type(mk()))
import abc
class Ab(abc.ABC):
    def __init__(self, v): self.v = v
    @abc.abstractmethod
    def f(self): ...
class Co(Ab):
    def f(self): return self.v
for i in range(3): print(attempt(lambda: Ab(1)), Co(i).f())
# gc of instances created quickly
class Node:
    def __init__(self, n): self.n = n; self.me = self
refs = []
for i in range(3000):
    n = Node(i); refs.append(weakref.ref(n))
del n; gc.collect(); print(sum(r() is not None for r in refs), len(refs))
class Bag:
    pass
def fill(i):
    b = Bag()
    if i % 2: b.x = i; b.y = 1
    else: b.y = i; b.x = 1
    return b
print([list(vars(fill(i))) for i in range(6)], sorted(gc.get_referents(fill(3)), key=str)[:2])
# builtins
L = []
class LL(list):
    def append(self, x): super().append(x * 2)
def app(l, x): return l.append(x)
for l in (L, LL(), [1]): print(app(l, 3), l)
def ln(x): return len(x)
print(ln([1]), ln('ab'), ln({1: 2}), attempt(lambda: ln(3)))
for f in (type, str, tuple, list, int, float, bool, repr, abs, ord, chr, iter):
    print(f.__name__, [attempt(lambda: f(v) if f is not iter else None) for v in (3, 'a', -2.5, (1, 2), '7')])
print(max(1, 2), min('a', 'b'), max([3, 4]), sorted([3, 1], key=lambda v: -v), 'x'.join(['a', 'b']), 'a b'.split(), {1: 2}.get(1), {1: 2}.get(3, 4), [3, 1].index(1), 'abc'.find('c'), attempt(lambda: [].pop()), attempt(lambda: [1].index(2)))
print(attempt(lambda: list.append(3, 4)), attempt(lambda: str.upper(3)), attempt(lambda: 'a'.upper(1)), attempt(lambda: [].append()), attempt(lambda: [].append(1, 2)), attempt(lambda: 'a'.join()), attempt(lambda: str.join('a', ['b', 'c'])))
class H: 
    upper = str.upper
    def __init__(self): self.f = lambda x: ('f', x)
print(attempt(lambda: H().upper()), H().f(3))
class I: 
    f = lambda x, y=0: ('cls', y)
def nm(o): return o.f(3) if not isinstance(o, H) else o.f(4)
for o in (H(), I(), H(), I()): print(nm(o))
def one(x): return ('one', x)
class J: pass
j = J(); j.f = one
class K: f = one
def callf(o): return o.f(3)
print(callf(j), attempt(lambda: callf(K())), callf(j))
def rec(n): return n if n == 0 else len([rec(n - 1)])
def deep(n): return A2(n)
class A2:
    def __init__(self, n): self.c = A2(n + 1)
print(attempt(lambda: A2(0))[0])
G1 = 0
def count():
    global G1
    for i in range(1000): G1 = G1 + 1
    return G1
print(count(), G1, count())
def newg():
    global NEWG
    NEWG = 1
    NEWG = 2
    return NEWG
print(newg()); del NEWG; print(newg(), NEWG)

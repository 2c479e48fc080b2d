"""Operators of all pairs of types at one place each: caches that fill, overflow and fail."""
import sys
def attempt(f):
    try: return f()
    except Exception as e: return type(e).__name__, str(e)
log = []
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o):
        log.append('V+'); return NotImplemented if isinstance(o, (str, R, list)) else V(self.x + getattr(o, 'x', o))
    def __radd__(self, o): log.append('rV+'); return ('radd', o)
    def __sub__(self, o): return V(self.x - o.x)
    def __mul__(self, o): return NotImplemented if isinstance(o, V) else V(self.x * o) if not isinstance(o, (list, str)) else NotImplemented
    def __iadd__(self, o): log.append('i'); return NotImplemented if isinstance(o, str) else self
    def __eq__(self, o): log.append('eq'); return NotImplemented if not isinstance(o, V) else self.x == o.x
    def __lt__(self, o): log.append('lt'); return NotImplemented if not isinstance(o, V) else self.x < o.x
    def __gt__(self, o): log.append('gt'); return NotImplemented if isinstance(o, (R, int)) else True
    def __repr__(self): return f'V({self.x})'
    def __truediv__(self, o): return ('div', o)
    def __floordiv__(self, o): return ('fdiv', o)
    def __mod__(self, o): return NotImplemented
    def __lshift__(self, o): return ('<<', o)
    def __and__(self, o): return NotImplemented
    def __matmul__(self, o): return ('@', o)
    def __pow__(self, o): return ('**', o)
class R:
    def __radd__(self, o): log.append('R'); return NotImplemented
    def __lt__(self, o): log.append('Rlt'); return 'Rlt'
    def __rmod__(self, o): return 'rmod'
class S(V):
    def __add__(self, o): log.append('S+'); return 'S'
    def __radd__(self, o): log.append('rS'); return 'rS'
    def __lt__(self, o): log.append('Slt'); return False
    def __gt__(self, o): log.append('Sgt'); return 'sgt'
class T(V):
    pass
class LV(list):
    def __add__(self, o): return NotImplemented
    def __mul__(self, o): return NotImplemented
class IntSub(int):
    def __add__(self, o): return ('is', int(self), o)
    def __eq__(self, o): return 'iseq'
    __hash__ = int.__hash__
ops = {
 'add': lambda a, b: a + b, 'sub': lambda a, b: a - b, 'mul': lambda a, b: a * b, 'div': lambda a, b: a / b, 'fdiv': lambda a, b: a // b,
 'mod': lambda a, b: a % b, 'shl': lambda a, b: a << b, 'shr': lambda a, b: a >> b, 'and': lambda a, b: a & b, 'or': lambda a, b: a | b, 'xor': lambda a, b: a ^ b,
 'mat': lambda a, b: a @ b, 'pow': lambda a, b: a ** b,
 'lt': lambda a, b: a < b, 'le': lambda a, b: a <= b, 'eq': lambda a, b: a == b, 'ne': lambda a, b: a != b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b,
 'in': lambda a, b: a in b, 'sub_': lambda a, b: a[b],
 'tlt': lambda a, b: 'y' if a < b else 'n', 'teq': lambda a, b: 'y' if a == b else 'n', 'tne': lambda a, b: 'y' if a != b else 'n',
}
def iadd(a, b): a += b; return a
def isub(a, b): a -= b; return a
def imul(a, b): a *= b; return a
def imod(a, b): a %= b; return a
def iand(a, b): a &= b; return a
def ishr(a, b): a >>= b; return a
def idiv(a, b): a /= b; return a
ops.update(iadd=iadd, isub=isub, imul=imul, imod=imod, iand=iand, ishr=ishr, idiv=idiv)
vals = [V(1), V(2), R(), S(3), T(4), LV([1]), IntSub(5), 3, 2.5, 'a', 'abc', [1, 2.0, 'a'], (1, 'é', 3), {1: 2, 'a': 3}, 10**20, float('nan'), True, None, {1}, -0.0, 0, 'é', '\U0001F600x', 2**53 + 1, float(2**53), -2]
def show(x):
    r = repr(x)
    return r[:30] if ' at 0x' not in r else type(x).__name__
for n, f in ops.items():
    for i, a in enumerate(vals):
        line = []
        for j, b in enumerate(vals):
            if n in ('shl', 'pow', 'mul') and isinstance(b, int) and b > 100: continue
            if n in ('mul','imul') and isinstance(a, int) and a > 100: continue
            if type(a) is list and n.startswith('i') and n != 'in': a = list(a)
            if type(a) is LV: a = LV(a)
            log.clear()
            r = attempt(lambda: f(a, b))
            line += [show(r) if not isinstance(r, tuple) else [show(q) for q in r], *log]
        print(n, i, *line)
# change under way
class W:
    def __init__(self, v): self.v = v
    def __add__(self, o): return self.v + o.v
    def __lt__(self, o): return self.v < o.v
def loop(n):
    a, b, out = W(1), W(2), []
    for i in range(n):
        out.append((a + b, a < b, a == b))
        if i == 3: W.__add__ = lambda s, o: 'changed'
        if i == 5: W.__lt__ = lambda s, o: NotImplemented; W.__gt__ = lambda s, o: 'gt'
        if i == 7: W.__add__.__code__ = (lambda s, o: 'code').__code__
        if i == 9: del W.__add__
        if i == 10: b = 3
    return out
print(attempt(lambda: loop(9)), attempt(lambda: loop(12)))
class Rec:
    def __eq__(self, o): return self == o
    def __add__(self, o): return self + o
print(attempt(lambda: Rec() == Rec())[0], attempt(lambda: Rec() + Rec())[0])
def unp(x):
    a, b = x
    c, d, e = x + x[:1]
    return a, b, c, d, e
print(unp((1, 2)), unp([1, 2]), attempt(lambda: unp((1, 2, 3))), attempt(lambda: unp((1,))), attempt(lambda: unp(3)))
def chars(s):
    return [s[i] for i in range(-len(s), len(s))], s[0] is s[:1], attempt(lambda: s[99]), attempt(lambda: s[-99])
print(chars('aé\u20ac'), [c for c in 'xy'])
class Tr:
    def __bool__(self): print('bool'); return False
print([1 if t else 0 for t in (Tr(), [], [1], (), 0, 5, '', 'a', {}, 0.0, 2.0)])

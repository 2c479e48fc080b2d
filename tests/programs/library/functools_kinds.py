import functools
from functools import cache, cached_property, lru_cache, partial, partialmethod, reduce, singledispatch, singledispatchmethod, total_ordering, wraps


@lru_cache(maxsize=2)
def slow(x, y=0):
    calls.append((x, y))
    return x + y


calls = []
print(slow(1), slow(1), slow(1.0), slow(2), slow(x=1), slow(3), slow(1), calls, slow.cache_info())
slow.cache_clear()
try:
    slow([])
except TypeError as error:
    print(error)


@lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info().currsize)


class K:
    def __init__(self):
        self.computed = 0

    @cached_property
    def value(self):
        self.computed += 1
        return self.computed * 10

    @cache
    def method(self, x):
        return [x]

    def add(self, a, b=5):
        return a + b

    add_one = partialmethod(add, 1)

    @singledispatchmethod
    def kind(self, x):
        return "any"

    @kind.register
    def _(self, x: int):
        return "int"

    @kind.register(str)
    def _(self, x):
        return "str"


k = K()
print(k.value, k.value, k.__dict__["value"], k.method(1) is k.method(1), k.add_one(), k.add_one(7), k.kind(1), k.kind("a"), k.kind(1.5), k.kind(True))
del k.value
print(k.value)


@singledispatch
def show(x):
    return "object"


@show.register
def _(x: list):
    return f"list of {[show(i) for i in x]}"


@show.register(int)
@show.register(float)
def _(x):
    return "number"


print(show([1, "a", 2.5, [True]]), show.dispatch(bool) is show.registry[int], show({}))
p = partial(lambda *a, **k: (a, k), 1, x=2)
print(p(3, y=4), partial(p, 5).args, p.keywords, partial(int, base=2)("101"), repr(partial(print, 1)))


@total_ordering
class V:
    def __init__(self, v):
        self.v = v

    def __eq__(self, o):
        return self.v == o.v

    def __lt__(self, o):
        return self.v < o.v


print(V(1) <= V(1), V(2) > V(1), V(1) >= V(2), max([V(1), V(3)], key=lambda v: v.v).v, sorted([V(2), V(1)])[0].v, reduce(lambda a, b: a * b, range(1, 25)), reduce(max, [3], 9))
try:
    reduce(lambda a, b: a, [])
except TypeError as error:
    print(error)


def deco(f):
    @wraps(f)
    def inner(*a):
        return f(*a)

    return inner


@deco
def documented(a: int):
    """Doc."""


print(documented.__name__, documented.__doc__, documented.__wrapped__.__name__, documented.__annotations__, functools.cmp_to_key(lambda a, b: b - a)(1) < functools.cmp_to_key(lambda a, b: b - a)(0))

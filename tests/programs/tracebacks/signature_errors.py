def none(): pass
def one(a): pass
def two(a, b): pass
def default(a, b=2): pass
def keyword_only(a, *, b, c=3): pass
def keyword_only_many(*, b, c, d): pass
def positional_only(a, b, /, c): pass
def star(*args): pass
def star_kw(**kwargs): pass
def mixed(a, /, b, *args, c, d=4, **kwargs): pass


class K:
    def method(self, a): pass
    @classmethod
    def cls(cls, a): pass
    @staticmethod
    def static(a): pass
    def __init__(self, x): pass
    def __call__(self): pass


k = K(1)
for function in (none, one, two, default, keyword_only, keyword_only_many, positional_only, star, star_kw, mixed, k.method, K.method, k.cls, k.static, K, k, len, print, [].append, "".join, int, dict, sorted, lambda x: x):
    for args, kwargs in (((), {}), ((1,), {}), ((1, 2), {}), ((1, 2, 3, 4), {}), ((), {"a": 1}), ((1,), {"a": 2}), ((1,), {"b": 2}), ((1,), {"zz": 2}), ((1, 2), {"c": 3, "e": 5}), ((1, 2, 3), {"b": 9}), ((), {"a": 1, "b": 2, "c": 3})):
        try:
            function(*args, **kwargs)
            print(getattr(function, "__qualname__", "K()"), args, kwargs, "ok")
        except TypeError as error:
            print(error)
        except Exception as error:
            print(type(error).__name__)

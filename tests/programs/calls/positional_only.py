def f(a, b=2, /, c=3, *, d=4, **kw):
    return a, b, c, d, kw


print(f(1), f(1, 5, 6), f(1, a=9, b=8), f(1, c=0, d=1, e=2))


def g(a, /, *args, a_=1, **kwargs):
    return a, args, a_, kwargs


print(g(1, 2, a=3), g(1, a_=5))
for call in (lambda: f(), lambda: f(a=1), lambda: f(1, 2, 3, 4), lambda: f(1, c=2, **{"c": 3}), lambda: f(b=1), lambda: (lambda x, /: x)(x=1), lambda: (lambda x, y, /: x)(x=1, y=2)):
    try:
        print(call())
    except TypeError as error:
        print(error)

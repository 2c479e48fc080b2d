import functools

log = []


def trace(f):
    @functools.wraps(f)
    def wrapper(*a, **k):
        log.append(f.__name__)
        return f(*a, **k)

    return wrapper


def repeat(n):
    def decorate(f):
        def run(*a):
            return [f(*a) for _ in range(n)]

        return run

    return decorate


class Counted:
    def __init__(self, f):
        self.f, self.n = f, 0
        functools.update_wrapper(self, f)

    def __call__(self, *a):
        self.n += 1
        return self.f(*a)

    def __get__(self, obj, owner=None):
        return self if obj is None else functools.partial(self, obj)


@trace
@repeat(2)
def add(a, b):
    return a + b


@repeat(3)
@trace
def name(x):
    """doc"""
    return x


@Counted
def counted(x):
    return x * 2


class K:
    @Counted
    def method(self, x):
        return x + 1

    @staticmethod
    @trace
    def static(x):
        return x

    @classmethod
    @trace
    def cls(cls, x):
        return cls.__name__, x

    @property
    @trace
    def prop(self):
        return "prop"


print(add(1, 2), name("n"), counted(4), counted.n, counted.__name__, K().method(1), K().method(2), K.method.n, K.static(1), K.cls(2), K().prop, log)


@(lambda c: type(c.__name__ + "2", (c,), {"extra": 1}))
class Decorated:
    pass


@[trace][0]
def subscripted():
    return 1


print(Decorated.__name__, Decorated.extra, subscripted())
try:

    @len
    def length():
        pass

except TypeError as error:
    print(error)

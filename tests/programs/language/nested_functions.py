def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x

    return run


def curry(f, n, *got):
    return f(*got) if n == 0 else lambda x: curry(f, n - 1, *got, x)


def memo(f):
    cache = {}

    def inner(*a):
        if a not in cache:
            cache[a] = f(*a)
        return cache[a]

    inner.cache = cache
    return inner


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def accumulator(total=0):
    def add(x):
        nonlocal total
        total += x
        return total

    return add


y = (lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a))))
fact = y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))
print(compose(str, lambda x: x + 1, abs)(-5), curry(lambda a, b, c: (a, b, c), 3)(1)(2)(3), fib(100), len(fib.cache), fact(30))
acc = accumulator(2**63 - 1)
print(acc(1), acc(0.5), accumulator()(True))
try:
    acc("x")
except TypeError as error:
    print(error, acc(0))


def mutual(n):
    def even(n):
        return n == 0 or odd(n - 1)

    def odd(n):
        return n != 0 and even(n - 1)

    return even(n), odd(n)


print(mutual(7), mutual(0))

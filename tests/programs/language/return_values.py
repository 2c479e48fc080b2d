def nothing():
    pass


def bare():
    return


def conditional(x):
    if x:
        return x


def many():
    return 1, 2, 3


def through(x):
    return x


def from_loop(items):
    for x in items:
        if x > 2:
            return x
    else:
        return "none"


def from_try(x):
    try:
        return 10 / x
    except ZeroDivisionError:
        return "zero"
    finally:
        log.append(x)


def from_while(n):
    while True:
        n -= 1
        if n < 0:
            return n
        if n > 100:
            return


log = []
value = [1]
print(nothing(), bare(), conditional(0), conditional(5), many(), through(value) is value, from_loop([1, 2, 3]), from_loop([]), from_try(2), from_try(0), from_while(3), from_while(500), log)
print((lambda: None)(), (lambda: (yield))().__class__.__name__, [conditional(i) for i in range(3)])
try:
    from_loop(["a"])
except TypeError as error:
    print(error)
try:
    from_try("x")
except TypeError as error:
    print(error, log)

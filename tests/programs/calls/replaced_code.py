# run: replace
# record: keep
import sys

REPLACE = sys.argv[1:] != ["keep"]


def original(a, b=1):
    return a + b


def other(a, b=2):
    return f"other {a} {b}"


def three(a, b, c=5):
    return a, b, c


def makes_closure():
    x = "cell"

    def inner(a, b=0):
        return x, a, b

    return inner


def loop(n):
    out = []
    for i in range(n):
        if REPLACE and i == 3:
            original.__code__ = other.__code__
        if REPLACE and i == 6:
            original.__code__ = three.__code__
        try:
            out.append(original(i))
        except TypeError as error:
            out.append(str(error))
    return out


print(loop(9))
try:
    original.__code__ = makes_closure().__code__
except ValueError as error:
    print(error)
first, second = makes_closure(), makes_closure()
first.__code__ = second.__code__
print(first(1), original.__name__, original.__code__.co_name)


class K:
    def m(self):
        return "m"

    def n(self):
        return "n " + self.m()


k = K()
for i in range(4):
    print(k.n())
    if i == 1:
        K.m.__code__ = (lambda self: "replaced").__code__


def replaces_itself(n):
    if n == 1:
        replaces_itself.__code__ = (lambda n: "new body").__code__
        return [n, replaces_itself(n)]
    return n


print(replaces_itself(0), replaces_itself(1), replaces_itself(1))
replaced = original.__code__.replace(co_name="renamed", co_consts=original.__code__.co_consts)
original.__code__ = replaced
try:
    original()
except TypeError as error:
    print(error)

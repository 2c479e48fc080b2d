class Everything:
    def __repr__(self):
        return "repr"

    def __str__(self):
        return "str"

    def __bytes__(self):
        return b"bytes"

    def __format__(self, spec):
        return f"format {spec!r}"

    def __hash__(self):
        return 42

    def __bool__(self):
        return False

    def __int__(self):
        return 1

    def __float__(self):
        return 1.5

    def __complex__(self):
        return 2j

    def __index__(self):
        return 3

    def __len__(self):
        return 4

    def __dir__(self):
        return ["b", "a"]

    def __sizeof__(self):
        return 100

    def __reversed__(self):
        return iter("rev")

    def __round__(self, n=0):
        return ("round", n)

    def __call__(self, *a, **k):
        return a, k

    def __instancecheck__(self, o):
        return o == 1

    def __fspath__(self):
        return "/a/path"

    def __length_hint__(self):
        return 10


import operator
import os

e = Everything()
print(repr(e), str(e), bytes(e), f"{e:x}", f"{e}", f"{e!r}", hash(e), bool(e), int(e), float(e), complex(e), operator.index(e), len(e), dir(e), e.__sizeof__(), list(reversed(e)), round(e), round(e, 2), e(1, k=2), isinstance(1, e), os.fspath(e), operator.length_hint(e), hex(e), "abcd"[e], [e], {e: 1}, "%s %r %d" % (e, e, e), not e, e or "falsy")


class Wrong:
    def __repr__(self):
        return 5

    __hash__ = lambda self: "x"
    __bool__ = lambda self: 2
    __int__ = lambda self: 1.5
    __float__ = lambda self: 1
    __len__ = lambda self: "x"
    __index__ = lambda self: 1.5
    __iter__ = lambda self: 5
    __bytes__ = lambda self: "s"
    __format__ = lambda self, s: 3
    __dir__ = lambda self: 5
    __str__ = lambda self: None


w = Wrong()
for f in (repr, hash, bool, int, float, len, operator.index, iter, bytes, format, dir, str, list, lambda x: f"{x}", lambda x: [1][x], lambda x: "%s" % x):
    try:
        print(f(w))
    except TypeError as error:
        print(error)

# run: mixed
# record: plain
import sys


def f(a, b=2, *args, c=3, **kw):
    return a, b, args, c, kw


def plain(a, b):
    return a - b


def calls(n):
    out = []
    for i in range(n):
        shape = i % 8 if sys.argv[1:] != ["plain"] else 0
        if shape == 0:
            out.append(plain(i, 1))
        elif shape == 1:
            out.append(plain(b=i, a=1))
        elif shape == 2:
            out.append(plain(*(i, 2)))
        elif shape == 3:
            out.append(plain(i, **{"b": 5}))
        elif shape == 4:
            out.append(f(i, *"xy", c=i, z=1))
        elif shape == 5:
            out.append(f(*[i], **{"b": 1, "c": 2}))
        elif shape == 6:
            try:
                plain(i)
            except TypeError as error:
                out.append(str(error))
        else:
            try:
                plain(i, 2, 3)
            except TypeError as error:
                out.append(str(error))
    return out


print(calls(17))

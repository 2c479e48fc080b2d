# run: 6
# record: 2
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 6
effects = []


def inner(i):
    effects.append(("inner", i))
    if i == 3:
        raise ValueError(i)
    if i == 4:
        return "text"
    if i == 5:
        return None
    return i


def outer(n):
    total = 0
    for i in range(n):
        try:
            total = total + inner(i)
        except ValueError as error:
            effects.append(repr(error))
            total += 100
        except TypeError as error:
            effects.append(str(error))
    return total


print(outer(N), effects)


def chain(n):
    def a(i):
        return b(i) * 2

    def b(i):
        return c(i) + 1

    def c(i):
        return 10 // (i - 2)

    out = []
    for i in range(n):
        try:
            out.append(a(i))
        except ZeroDivisionError as error:
            tb, names = error.__traceback__, []
            while tb:
                names.append(tb.tb_frame.f_code.co_name)
                tb = tb.tb_next
            out.append(names)
    return out


print(chain(N))

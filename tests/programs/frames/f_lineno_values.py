import sys


def here():
    return sys._getframe(1).f_lineno - sys._getframe(1).f_code.co_firstlineno


def multi():
    a = here()
    b = [
        here(),
        here(),
    ]
    c = (here()
         + here())
    d = {"k":
         here()}
    e = here() if here() else (
        here())
    with open(__file__) as f:
        g = here()
    for _ in range(1):
        h = here()
    try:
        i = here()
        raise ValueError
    except ValueError:
        j = here()
    finally:
        k = here()
    l = (lambda:
         here())()
    m = f"{here()}"\
        f"{here()}"
    return a, b, c, d, e, g, h, i, j, k, l, m


print(multi())


def tracked():
    frame = sys._getframe()
    lines = [frame.f_lineno]
    lines.append(frame.f_lineno)

    lines.append(
        frame.f_lineno)
    return [line - frame.f_code.co_firstlineno for line in lines], frame


lines, frame = tracked()
print(lines, frame.f_lineno - frame.f_code.co_firstlineno)


class Body:
    line = sys._getframe().f_lineno
    name = sys._getframe().f_code.co_name
    qualname = sys._getframe().f_code.co_qualname

    @property
    def p(self):
        return sys._getframe().f_code.co_qualname, here()


print(Body.line, Body.name, Body.qualname, Body().p, sys._getframe().f_code.co_name, sys._getframe().f_lineno)

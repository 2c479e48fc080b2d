import sys
import traceback


def lines(error):
    tb = error.__traceback__
    out = []
    while tb:
        code = tb.tb_frame.f_code
        positions = list(code.co_positions())[tb.tb_lasti // 2]
        out.append((code.co_name, tb.tb_lineno - code.co_firstlineno, tb.tb_lasti % 2, positions[2:], tb.tb_frame.f_lineno - code.co_firstlineno))
        tb = tb.tb_next
    return out


def a(n):
    x = 1

    return b(n,
             x) + \
        c(n)


def b(n, x):
    if n == 1:
        return [][n]
    return n


def c(n):
    try:
        return {}[
            n
        ]
    finally:
        n = 0


for n in (1, 2):
    try:
        a(n)
    except LookupError as error:
        for line in lines(error):
            print(line)
        print([entry.name for entry in traceback.extract_tb(error.__traceback__)])

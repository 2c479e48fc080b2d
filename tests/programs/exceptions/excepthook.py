import sys


def hook(kind, value, tb):
    print("hook:", kind.__name__, value)
    while tb:
        print("  ", tb.tb_frame.f_code.co_name, tb.tb_lineno, sorted(k for k in tb.tb_frame.f_locals if not k.startswith("__"))[:4])
        tb = tb.tb_next


def outer(a):
    b = a + 1
    return inner(b)


def inner(x):
    y = x * 2
    raise LookupError(y)


sys.excepthook = hook
outer(3)

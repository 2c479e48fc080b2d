import sys
import traceback
import types


def a():
    return b()


def b():
    raise ValueError("b")


try:
    a()
except ValueError as error:
    tb = error.__traceback__
    print([f.f_code.co_name for f, _ in traceback.walk_tb(tb)], tb.tb_next.tb_next.tb_next, tb.tb_frame is sys._getframe())
    tb.tb_next = tb.tb_next.tb_next
    traceback.print_tb(tb, file=sys.stdout)
    made = types.TracebackType(None, sys._getframe(), 0, 99)
    new = ValueError("new").with_traceback(made)
    print(new.__traceback__.tb_lineno)
    for bad in (5, "x"):
        try:
            error.__traceback__ = bad
        except TypeError as problem:
            print(problem)
        try:
            error.__cause__ = bad
        except TypeError as problem:
            print(problem)
    error.__context__ = None
    print(traceback.format_exception_only(error), traceback.format_exc(limit=1).count("File"))
print(traceback.format_exc())
print("".join(traceback.format_list([("made.py", 3, "f", "text")])), traceback.extract_stack(limit=1)[0].name)
try:
    tb.tb_next = tb
except ValueError as error:
    print(error)

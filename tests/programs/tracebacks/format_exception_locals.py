import traceback


def divide(numerator, denominator):
    scale = 10
    parts = [numerator, denominator]
    return numerator * scale / denominator


def caller(values):
    label = "caller"
    for index, value in enumerate(values):
        result = divide(10, value)
    return label


try:
    caller([5, 2, 0])
except ZeroDivisionError as error:
    formatted = traceback.TracebackException.from_exception(error, capture_locals=True)
    for frame in list(formatted.stack)[1:]:
        print(frame.name, frame.lineno, frame.line, sorted(frame.locals.items()), frame.colno, frame.end_colno)
    tb = error.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print(tb.tb_frame.f_locals, tb.tb_frame.f_back is not None, tb.tb_frame.f_back.f_locals["index"])
    tb.tb_frame.clear()
    print(tb.tb_frame.f_locals)

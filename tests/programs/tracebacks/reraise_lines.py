import traceback


def fail():
    raise ValueError("first")


def again():
    try:
        fail()
    except ValueError as error:
        saved = error
    for _ in range(2):
        try:
            raise saved
        except ValueError:
            pass
    return saved


def passes_through():
    try:
        fail()
    except ValueError:
        x = 1
        raise
    finally:
        y = 2


for function in (passes_through,):
    try:
        function()
    except ValueError:
        traceback.print_exc()
saved = again()
print([(e.name, e.lineno) for e in traceback.extract_tb(saved.__traceback__)])
try:
    raise saved.with_traceback(None)
except ValueError as error:
    traceback.print_exc()
    print(error is saved)
try:
    raise ValueError("b").with_traceback(saved.__traceback__)
except ValueError as error:
    print(len(traceback.extract_tb(error.__traceback__)))

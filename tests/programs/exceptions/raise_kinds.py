class Custom(Exception):
    def __init__(self, a, b=2):
        super().__init__(a, b)
        print("made", a, b)


class NotException:
    pass


class BadInit(Exception):
    def __init__(self):
        raise KeyError("in init")


class NewReturnsOther(Exception):
    def __new__(cls, *args):
        return 5


for code in ("raise Custom(1)", "raise Custom", "raise NotException", "raise NotException()", "raise 'text'", "raise None", "raise BadInit", "raise NewReturnsOther", "raise",
             "raise ValueError, 1", "raise ValueError from Custom(1)", "raise ValueError from ValueError", "raise Custom(1) from None", "raise StopIteration(7)", "raise int"):
    try:
        exec(code)
    except BaseException as error:
        print(code, "->", type(error).__name__, error, repr(error.__cause__), error.args)


def reraise_later():
    saved = None
    try:
        1 / 0
    except ZeroDivisionError as error:
        saved = error
    try:
        raise saved
    except ZeroDivisionError as error:
        return error is saved, error.__context__


print(reraise_later())
try:
    raise
except RuntimeError as error:
    print(error)


def bare_in_function():
    raise


try:
    raise KeyError("outer")
except KeyError:
    try:
        bare_in_function()
    except KeyError as error:
        print("re-raised", error)

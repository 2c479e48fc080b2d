import traceback


def inner():
    raise KeyError("inner")


def middle():
    try:
        inner()
    except KeyError:
        raise ValueError("middle")


def outer(mode):
    try:
        middle()
    except ValueError as error:
        if mode == "cause":
            raise RuntimeError("outer") from error
        if mode == "none":
            raise RuntimeError("outer") from None
        if mode == "other":
            raise RuntimeError("outer") from OSError("unrelated")
        raise RuntimeError("outer")


for mode in ("context", "cause", "none", "other"):
    try:
        outer(mode)
    except RuntimeError as error:
        print(mode, repr(error.__context__), repr(error.__cause__), error.__suppress_context__, repr(error.__context__.__context__))
        traceback.print_exc()
try:
    raise ValueError from 3
except TypeError as error:
    print(error)
try:
    try:
        raise ValueError("a")
    finally:
        raise KeyError("b")
except KeyError as error:
    print(repr(error.__context__))

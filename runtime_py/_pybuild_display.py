"""What the interpreter prints by itself: tracebacks with kept sources, and the names that `site` gives to builtins.

The printed text is that of the interpreter's own printers, byte for byte (tests/unit/runtime/test_tracebacks.py).
"""

import builtins
import sys


def print_exception(kind, value, trace):
    """sys.excepthook."""
    import traceback

    if sys.stderr is None:
        return
    traceback.print_exception(kind, value, trace, file=sys.stderr)
    sys.stderr.flush()


def print_in_thread(arguments):
    """_thread._excepthook, which threading uses as threading.excepthook."""
    import traceback

    if arguments.exc_type is SystemExit:
        return
    stream = sys.stderr
    if stream is None:
        stream = getattr(arguments.thread, "_stderr", None)
        if stream is None:
            return
    name = arguments.thread.name if arguments.thread is not None else _identity()
    stream.write(f"Exception in thread {name}:\n")
    traceback.print_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback, file=stream)
    stream.flush()


def _identity():
    import _thread

    return _thread.get_ident()


def print_unraisable(unraisable):
    """sys.unraisablehook."""
    import traceback

    stream = sys.stderr
    if stream is None:
        return
    kind, value = unraisable.exc_type, unraisable.exc_value
    if unraisable.object is not None:
        message = "Exception ignored in" if unraisable.err_msg is None else unraisable.err_msg
        stream.write(f"{message}: {_repr(unraisable.object)}\n")
    elif unraisable.err_msg is not None:
        stream.write(f"{unraisable.err_msg}:\n")
    if unraisable.exc_traceback is not None:
        stream.write("Traceback (most recent call last):\n")
        traceback.print_tb(unraisable.exc_traceback, file=stream)
    if kind is None:
        return
    module = kind.__module__
    qualified = kind.__qualname__ if module in ("builtins", "__main__") else f"{module}.{kind.__qualname__}"
    stream.write(qualified)
    if value is not None:
        stream.write(f": {_str(value)}")
    stream.write("\n")
    stream.flush()


def _repr(value):
    try:
        return repr(value)
    except Exception:
        return "<object repr() failed>"


def _str(value):
    try:
        return str(value)
    except Exception:
        return "<exception str() failed>"


_SETTERS = {"exit": "setquit", "quit": "setquit", "help": "sethelper", "copyright": "setcopyright", "credits": "setcopyright", "license": "setcopyright"}


def site_name(name, stand_in):
    """The object that `site` would have put into builtins under `name`, in the place of `stand_in` from now on."""
    import site

    before = {other: vars(builtins).get(other) for other, setter in _SETTERS.items() if setter == _SETTERS[name]}
    getattr(site, _SETTERS[name])()
    real = vars(builtins)[name]
    for other, value in before.items():
        if type(value) is not type(stand_in):  # the program had put something else there, or removed it
            if value is None:
                delattr(builtins, other)
            else:
                setattr(builtins, other, value)
    return real

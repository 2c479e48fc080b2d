# run: plain
# run: cause
# run: context
# run: group
# run: syntax
# run: notes
# run: recursion
# run: thread
# run: excepthook
# run: unraisable
# run: atexit
# run: assertion
# run: import
# run: deep-library
# run: formatted
"""Uncaught exceptions: what stderr says, and the exit status."""

import sys


class Odd(Exception):
    def __str__(self):
        return f"odd: {self.args}"


def inner(value):
    raise Odd(value)


def outer(value):
    try:
        inner(value)
    except Odd as error:
        raise ValueError("outer") from error


def main(what):
    if what == "plain":
        inner("plain")
    elif what == "cause":
        outer(1)
    elif what == "context":
        try:
            inner(2)
        except Odd:
            {}["missing"]
    elif what == "group":
        raise ExceptionGroup("several", [ValueError(1), ExceptionGroup("inner", [TypeError("2")])])
    elif what == "syntax":
        exec("x = = 3")
    elif what == "notes":
        error = RuntimeError("with notes")
        error.add_note("first note")
        error.add_note("second\nnote")
        raise error
    elif what == "recursion":
        sys.setrecursionlimit(120)

        def down(n):
            return down(n + 1)

        try:
            down(0)
        except RecursionError as error:
            print(type(error).__name__)
    elif what == "thread":
        import threading

        thread = threading.Thread(target=inner, args=("in a thread",), name="worker")
        thread.start()
        thread.join()
        print("still here")
    elif what == "excepthook":
        sys.excepthook = lambda kind, value, trace: print("hook:", kind.__name__, value, trace.tb_lineno > 0)
        inner("hooked")
    elif what == "unraisable":

        class Bad:
            def __del__(self):
                inner("in del")

        Bad()
    elif what == "atexit":
        import atexit

        atexit.register(inner, "at exit")
        print("registered")
    elif what == "assertion":
        assert what == "other", "not the other"
    elif what == "import":
        import no_such_module_anywhere  # noqa: F401
    elif what == "deep-library":
        import json

        json.loads("{")
    elif what == "formatted":
        import os
        import traceback

        try:
            outer(3)
        except ValueError as error:
            frames = traceback.extract_tb(error.__traceback__)
            print([(os.path.basename(frame.filename), frame.lineno, frame.name) for frame in frames])
            print(traceback.format_exception_only(error))


main(sys.argv[1])

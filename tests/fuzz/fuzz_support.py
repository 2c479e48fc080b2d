"""What every random program imports; it lies beside them."""

import traceback

BUDGET = [0]


def set_budget(calls):
    BUDGET[0] = calls


def tick():
    BUDGET[0] -= 1
    if BUDGET[0] < 0:
        raise SystemExit("budget")


def short(value):
    text = repr(value)
    return text if len(text) < 120 else text[:100] + f"...{len(text)}"


def show(*values):
    print(*map(short, values))


def report(error):
    entries = traceback.extract_tb(error.__traceback__)
    places = [(e.name, e.lineno, e.colno, e.end_colno) for e in entries][-4:]
    if isinstance(error, UnboundLocalError):  # CPython's STORE_FAST__LOAD_FAST, once it is one, is where the store is
        places[-1] = places[-1][0]
    print(type(error).__name__, str(error)[:150], places)
    if error.__context__ is not None:
        print("  context", type(error.__context__).__name__)


class Problem(Exception):
    pass


class Manager:
    def __init__(self, suppress):
        self.suppress = suppress

    def __enter__(self):
        return self.suppress

    def __exit__(self, kind, value, tb):
        print("exit", kind and kind.__name__)
        return self.suppress

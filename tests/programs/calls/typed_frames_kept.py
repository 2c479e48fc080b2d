"""Frames of recursive functions of numbers that somebody keeps: locals, callers and lines long after the call, and what they keep alive."""

import gc
import sys
import traceback

kept = []


def leaf(n):
    return n * 2


def tree(n, weight):
    here = n * weight
    if n == 0:
        return 10 // weight
    return tree(n - 1, weight - 1) + leaf(here)


def top(n):
    label = "top" * n
    total = tree(n, n)
    return label, total


def describe(frame):
    out = []
    while frame is not None and frame.f_code.co_name != "main":
        values = {name: value for name, value in frame.f_locals.items() if isinstance(value, (int, str))}
        out.append((frame.f_code.co_name, frame.f_lineno, values))
        frame = frame.f_back
    return out


def after_errors():
    for n in (3, 2):
        try:
            top(n)
        except ZeroDivisionError as error:
            kept.append(error)
    for error in kept:
        for frame, line in traceback.walk_tb(error.__traceback__):
            print(frame.f_code.co_name, line, {k: v for k, v in frame.f_locals.items() if isinstance(v, (int, str))})
        last = error.__traceback__
        while last.tb_next is not None:
            last = last.tb_next
        print(describe(last.tb_frame))
        last.tb_frame.clear()
        print(last.tb_frame.f_locals)
    kept.clear()
    print(gc.collect() >= 0)


def during_calls():
    global leaf
    frames = []
    old = leaf

    def watching(n):
        if n % 2 == 0:
            frames.append(sys._getframe())
        return old(n)

    leaf = watching

    print(top(-1) if False else tree(4, 9))
    for frame in frames:
        print(describe(frame))
    for frame in frames:
        frame.clear()
    frames.clear()

    def failing(n):
        raise KeyError(n)

    leaf = failing

    for n in (1, 4):
        try:
            top(n) if n == 1 else tree(n, 9)
        except (KeyError, ZeroDivisionError) as error:
            print(type(error).__name__, error, [(f.name, f.lineno, f.line) for f in traceback.extract_tb(error.__traceback__)])

    def listing(n):
        return [n]

    leaf = listing

    try:
        tree(3, 9)
    except TypeError as error:
        traceback.print_exception(error, file=sys.stdout)
    leaf = old
    print(tree(3, 9))


def main():
    for _ in range(20):
        tree(3, 50)
    after_errors()
    during_calls()


if __name__ == "__main__":
    main()

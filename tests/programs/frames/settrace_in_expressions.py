"""Tracing begins in the middle of expressions of functions that are called once: what is on the stack then must not be lost."""

import sys

LOG = []


class Noisy:
    """Says when it goes."""

    def __init__(self, name):
        self.name = name

    def __del__(self):
        LOG.append(f"del {self.name}")

    def method(self, value, *rest, key=None):
        return f"{self.name}.method({value!r}, {rest!r}, {key!r})"

    def __add__(self, other):
        return f"{self.name}+{other!r}"

    def __enter__(self):
        return self

    def __exit__(self, *details):
        LOG.append(f"exit {self.name} {details[0] and details[0].__name__}")
        return details[0] is KeyError


def tracer(frame, event, argument):
    if frame.f_code.co_filename == __file__ and frame.f_code.co_name not in ("on", "off", "tracer"):
        LOG.append(f"{frame.f_code.co_name} {event} {frame.f_lineno - frame.f_code.co_firstlineno}")
    return tracer


def on(value="on"):
    sys.settrace(tracer)
    sys._getframe(1).f_trace = tracer
    return value


def off(value="off"):
    sys.settrace(None)
    sys._getframe(1).f_trace = None
    return value


def fails(value):
    sys.settrace(tracer)
    sys._getframe(1).f_trace = tracer
    raise ValueError(value)


def show(*values, **named):
    return values, named


def statement():
    on()
    x = 1
    off()
    return x


def nested():
    a, b = Noisy("a"), Noisy("b")
    result = show(a.method(1), b + on("two"), Noisy("c").method(on(3), 4, key=on(5)), last=[on(6), {7: on(8)}])
    result = show(result, a.name)
    off()
    return result


def binary():
    total = 1 + (2 * (3 + on(4)))
    total += on(5) + len(off())
    return total


def subscripts():
    table = {"x": [1, 2, 3]}
    value = table[on("x")][on(1)]
    table[off("y")] = value
    return table


def with_blocks():
    with Noisy("w") as w, Noisy("v"):
        w.method(on())
        {}[off()]
    return w.name


def handlers():
    try:
        show(1, fails("first"))
    except ValueError as error:
        text = str(error) + on("!")
        off()
    try:
        show(Noisy("lost"), [fails("second")])
    except (KeyError, ValueError):
        off()
    finally:
        text += on("?")
        off()
    return text


def comparisons(value):
    if value < on(5) < off(value + 7):
        return "between"
    return "outside"


def conversions(value):
    return f"{value!r:>5} {on('x')} {off('y')!s}"


def deleted(value):
    del value
    try:
        return value
    except UnboundLocalError as error:
        return str(error)


def closures(value):
    def inner():
        return value + on(1)

    result = inner()
    off()
    return result


def kwargs(*args, **named):
    return show(*args, on(1), **named, more=off(2))


def main():
    for name, run in (
        ("statement", statement),
        ("nested", nested),
        ("binary", binary),
        ("subscripts", subscripts),
        ("with", with_blocks),
        ("handlers", handlers),
        ("comparisons", lambda: comparisons(3)),
        ("conversions", lambda: conversions(12)),
        ("deleted", lambda: deleted(1)),
        ("closures", lambda: closures(41)),
        ("kwargs", lambda: kwargs(1, 2, three=3)),
    ):
        LOG.clear()
        value = run()
        print(name, value)
        for line in LOG:
            print("   ", line)


if __name__ == "__main__":
    main()

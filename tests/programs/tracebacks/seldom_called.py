"""Errors of every kind of operation in functions that are called once: places, notes, what is released when."""

import traceback

ORDER = []


class Held:
    """Says where its holder's frame is when it goes."""

    def __init__(self, name):
        self.name = name

    def __del__(self):
        ORDER.append(self.name)

    def __call__(self, *args):
        raise RuntimeError(f"call {self.name}")

    def __getattr__(self, name):
        raise AttributeError(f"{self.name} has no {name}")

    def __bool__(self):
        raise TypeError(f"truth of {self.name}")

    def __iter__(self):
        raise TypeError(f"iter of {self.name}")

    def __getitem__(self, key):
        raise KeyError(key)

    def __setitem__(self, key, value):
        raise KeyError((key, value))

    def __contains__(self, item):
        raise LookupError(item)

    def __eq__(self, other):
        raise ArithmeticError("eq")

    def __add__(self, other):
        raise OverflowError("add")

    def __iadd__(self, other):
        raise OverflowError("iadd")

    def __format__(self, spec):
        raise ValueError(f"format {spec!r}")

    def __repr__(self):
        return f"<{self.name}>"


def attribute():
    return Held("one").missing + Held("never").missing


def method():
    return [Held("kept"), Held("two").missing(Held("argument"))]


def called():
    return print(Held("kept"), Held("three")(1, 2, Held("inner")))


def named():
    return dict(a=Held("kept"), b=Held("four")(*[1], **{"x": 2}))


def subscript():
    return (Held("kept"), Held("five")[Held("key").name])


def stored():
    target = Held("six")
    target[1] = Held("value")


def contained():
    return 1 if 3 in Held("seven") else 2


def compared():
    if Held("eight") == Held("other"):
        return 1


def truth():
    return [1, not Held("nine")]


def iterated():
    for _ in Held("ten"):
        pass


def unpacked():
    kept = Held("kept")
    a, b = [kept, 1, 2]
    return a, b


def starred():
    a, *b, c = (1,)
    return a, b, c


def added():
    x = Held("eleven")
    x += Held("right")


def summed():
    return Held("kept"), (Held("twelve") + 1) * Held("thirteen").name


def formatted():
    return f"{Held('kept')!r} {Held('fourteen'):>3}"


def globally():
    return [Held("kept"), undefined_name]  # noqa: F821


def unbound(flag):
    if flag:
        value = 1
    return [Held("kept"), value]


def in_handler():
    try:
        Held("first").missing
    except AttributeError:
        Held("second")[{}]


def in_finally():
    try:
        return Held("first").missing
    finally:
        Held("second")()


def in_with():
    with open(Held("third").name + "/no/such/file"):
        pass


def chained():
    try:
        attribute()
    except AttributeError as error:
        raise KeyError("chained") from error


def grouped():
    try:
        raise ExceptionGroup("group", [ValueError(1), TypeError(2)])
    except* ValueError:
        Held("group").missing


def deleted():
    held = Held("gone")
    del held
    return held  # noqa: F821


def asserted():
    assert Held("kept").name == "other", f"message {Held('message').name}"


def imported():
    from os import nothing_of_that_name  # noqa: F401


def deeper():
    return [Held("outer"), chained(), Held("never")]


def main():
    runs = (
        attribute, method, called, named, subscript, stored, contained, compared, truth, iterated, unpacked, starred, added, summed, formatted,
        globally, lambda: unbound(False), in_handler, in_finally, in_with, chained, grouped, deleted, asserted, imported, deeper,
    )  # fmt: skip
    for run in runs:
        ORDER.clear()
        try:
            print(run())
        except BaseException:
            traceback.print_exc()
        print(run.__name__, ORDER)


if __name__ == "__main__":
    main()

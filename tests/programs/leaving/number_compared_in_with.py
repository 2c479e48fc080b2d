"""A comparison with a number that cannot raise: nothing leads to the handler of its `with` any more."""


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print("exit", kind and kind.__name__)
        return True


def compare(x):
    with Manager():
        0 == b"\0"
    with Manager():
        b"\0" != 0
    with Manager():
        print(0 == x, x != 1)
    with Manager():
        print(0 < x)
    return "done"


for x in (0, 0.5, b"\0", None, 2**70):
    print(compare(x))

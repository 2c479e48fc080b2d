class Weird:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        print("asked")
        if self.truth is None:
            raise ValueError("no truth")
        return self.truth


class Manager:
    def __init__(self, answer):
        self.answer = answer

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return self.answer


for truth in (True, False, None):
    try:
        with Manager(Weird(truth)):
            raise KeyError("body")
        print("suppressed")
    except Exception as error:
        print(repr(error), repr(error.__context__))
    with Manager(Weird(truth)):
        pass


class Changing:
    def __enter__(self):
        Changing.__exit__ = lambda self, *d: print("changed exit")
        return self

    def __exit__(self, *d):
        print("original exit")


for _ in range(2):
    with Changing():
        print("body")

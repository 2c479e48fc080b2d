def generator():
    raise StopIteration("inside")
    yield


def returning():
    yield 1
    return "value"


def delegating():
    result = yield from returning()
    print("got", result)
    return result


class Iterator:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration(self.n)
        return self.n


try:
    next(generator())
except RuntimeError as error:
    print(error, repr(error.__cause__))
print(list(delegating()), list(Iterator()), [x for x in Iterator()], sum(Iterator()))
g = returning()
next(g)
try:
    next(g)
except StopIteration as error:
    print(error.value, error.args)


def first(items):
    return next(iter(items))


def loop():
    for item in [1, [], 3]:
        for x in (first([item]),):
            print(x)
    first([])


try:
    loop()
except StopIteration as error:
    print("StopIteration", error.args)
print(list(map(first, [[1], [2], [], [3]])))
iterator = Iterator()
for value in iterator:
    if value == 2:
        break
print(list(iterator), list(iterator))

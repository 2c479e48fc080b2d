def inner(tag):
    try:
        while True:
            x = yield f"{tag} waits"
            if x == "stop":
                return f"{tag} result"
            print(tag, "got", x)
    except KeyError as error:
        print(tag, "caught", repr(error))
        yield "handled"
        return "after error"
    finally:
        print(tag, "ends")


def outer():
    a = yield from inner("one")
    print("outer has", a)
    b = yield from [1, 2]
    print("list gave", b)
    c = yield from inner("two")
    return a, b, c


g = outer()
for action in (lambda: next(g), lambda: g.send("x"), lambda: g.send("stop"), lambda: next(g), lambda: next(g), lambda: g.throw(KeyError("k")), lambda: next(g)):
    try:
        print(action())
    except StopIteration as stop:
        print("stopped", stop.value)


class Manual:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def send(self, x):
        return f"send {x}"

    def throw(self, *a):
        return f"throw {a[0]!r}"

    def close(self):
        print("close called")


def delegate(x):
    yield from x


g = delegate(Manual())
print(next(g), g.send(4), g.throw(ValueError("v")), next(g))
g.close()
for bad in (5, None):
    try:
        list(delegate(bad))
    except TypeError as error:
        print(error)


def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


def chain(*iterables):
    for it in iterables:
        yield from it


def nested_close():
    try:
        yield from inner("n")
    finally:
        print("outer finally")


print(list(tree(4)), list(chain("ab", range(2), (x for x in [9]))))
g = nested_close()
next(g)
g.close()


def deep(n):
    if n == 0:
        raise LookupError("deep")
    yield n
    yield from deep(n - 1)


try:
    print(list(deep(20)))
except LookupError as error:
    depth, tb = 0, error.__traceback__
    while tb:
        depth, tb = depth + 1, tb.tb_next
    print(depth)

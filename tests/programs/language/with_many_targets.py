class M:
    def __init__(self, value, log):
        self.value, self.log = value, log

    def __enter__(self):
        self.log.append(("in", self.value))
        return self.value

    def __exit__(self, *a):
        self.log.append(("out", self.value, a[0] and a[0].__name__))
        return self.value == "suppress"


log = []


def run(kind):
    with M(1, log) as a, M((2, 3), log) as (b, c), M("suppress", log):
        if kind == "raise":
            raise KeyError(a + b + c)
        if kind == "return":
            return a, b, c
        if kind == "unpack":
            with M(5, log) as (x, y):
                pass
    return "after"


for kind in ("plain", "raise", "return", "unpack"):
    try:
        print(kind, run(kind))
    except TypeError as error:
        print(error)
    print(log)
    log.clear()
for i in range(4):
    with M(i, log) as v:
        if v == 1:
            continue
        if v == 3:
            break
print(log)


def generator():
    with M("g", log):
        yield 1
        yield 2


log.clear()
for x in generator():
    break
print(log)

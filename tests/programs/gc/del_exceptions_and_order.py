class Noisy:
    def __init__(self, name, child=None):
        self.name, self.child = name, child

    def __del__(self):
        print("del", self.name)


def raising():
    a = Noisy("a")
    b = Noisy("b", Noisy("child of b"))
    raise LookupError("x")


def swallow():
    local = Noisy("swallow local")
    try:
        raising()
    except LookupError as error:
        print("caught", error)
    print("after except")


def chain():
    try:
        try:
            raising()
        except LookupError:
            inner = Noisy("in handler")
            raise KeyError("second")
    except KeyError as error:
        print("context", type(error.__context__).__name__)
    print("chain ends")


def loop():
    for i in range(3):
        n = Noisy(f"loop {i}")
        if i == 1:
            continue
        if i == 2:
            break
    print("loop ends")


def nested_call(n):
    x = Noisy(f"depth {n}")
    if n:
        nested_call(n - 1)
    print("leaving", n)


def early(flag):
    x = Noisy("early")
    if flag:
        return 1
    y = Noisy("late")
    return 2


def generator():
    x = Noisy("gen local")
    yield 1
    yield 2


for f in (swallow, chain, loop):
    print("--", f.__name__)
    f()
nested_call(2)
print(early(True), early(False))
g = generator()
next(g)
print("dropping")
del g
for _ in generator():
    break
print("after for")
items = [Noisy("i0"), Noisy("i1"), Noisy("i2")]
items[1] = None
del items[0]
items.clear()
d = dict(a=Noisy("da"), b=Noisy("db"))
d.pop("a")
d = {}
(lambda x: None)(Noisy("argument"))
print([Noisy("c").name for _ in range(1)])
try:
    Noisy("operand") + 1
except TypeError:
    print("type error")
x, y = Noisy("x"), Noisy("y")
x = y = None
print("end")

class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __add__(self, other):
        print("add", self.name, other.name)
        return Thing(self.name + other.name)

    def method(self):
        print("method", self.name)
        return 5

    def chain(self):
        return Thing(self.name + "'")

    def __enter__(self):
        return self

    def __exit__(self, *a):
        print("exit", self.name)
        return True


def local_end():
    a = Thing("a")
    b = Thing("b")
    print("end of body")


def reassigned():
    x = Thing("first")
    x = Thing("second")
    print("reassigned")
    x = None
    print("none")


def deleted():
    x = Thing("x")
    y = x
    del x
    print("one name gone")
    del y
    print("both gone")


def temporaries():
    Thing("t1").method()
    print("after t1")
    Thing("t2").chain().chain().method()
    print("after chain")
    (Thing("l") + Thing("r")).method()
    print("after add")
    [Thing("i0"), Thing("i1")][1].method()
    print("after list")


def arguments(a, b):
    a = None
    print("argument dropped")
    return b


def loop():
    for thing in [Thing("l1"), Thing("l2")]:
        print("in loop", thing.name)
    print("after loop")
    for i in range(2):
        item = Thing(f"item{i}")
    print("loop end")


def in_exception():
    held = Thing("held")
    try:
        other = Thing("other")
        raise ValueError
    except ValueError as error:
        print("handler")
    print("after handler")


def returned():
    x = Thing("returned")
    y = Thing("not returned")
    return x


def nested():
    def inner():
        return captured

    captured = Thing("captured")
    return inner


def with_block():
    with Thing("manager") as m:
        Thing("inside")
        raise ValueError
    print("after with")


def swapped():
    a, b = Thing("A"), Thing("B")
    a, b = b, a
    del a
    print("swapped")


def unpacked():
    a, *b = Thing("u1"), Thing("u2"), Thing("u3")
    del b
    print("rest gone")


for f in (local_end, reassigned, deleted, temporaries, loop, in_exception, with_block, swapped, unpacked):
    print("--", f.__name__)
    f()
print("-- arguments")
arguments(Thing("arg a"), Thing("arg b"))
print("-- returned")
returned()
kept = returned()
f = nested()
del f
print("-- comprehension")
[Thing(f"c{i}").name for i in range(2)]
sum(Thing(n).method() for n in "pq")
print("-- conditional")
Thing("cond") and Thing("and").method()
x = Thing("left") if Thing("test") else None
d = {"k": Thing("value")}
d["k"] = Thing("replaced")
d.clear()
print("end of module")

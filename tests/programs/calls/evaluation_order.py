def note(name, value=None):
    print(name, end=" ")
    return value if value is not None else name


def f(*args, **kwargs):
    print("called", args, kwargs)
    return note


note("f", f)(note("a"), *note("b", [1]), note("c"), k=note("d"), **note("e", {"z": 1}), m=note("g"))
note("dict", {})[note("key")] = note("value")
x = {note("k1"): note("v1"), note("k2"): note("v2")}
a = note("left", 1) + note("mid", 2) * note("right", 3) ** note("exp", 2)
print(a)


class Target:
    def __setattr__(self, name, value):
        print("set", name, value)

    def __setitem__(self, key, value):
        print("setitem", key, value)


t = Target()
t.a, t.b, *t.c = note("unpacked", [1, 2, 3, 4])
t[note("i")] = t.d = note("chain")
(t[note("x")], t.y), t.z = [1, 2], 3
note("t", t)[note("sub")] = note("rhs")
print(note("cond") if note("test", 1) else note("never"))
print([note(n) for n in "ab" if note("if")])
lambda_default = lambda a=note("default"): a


@note("deco", lambda g: g)
def decorated(a: note("annotation") = note("dflt")) -> note("return"):
    pass


class C(note("base", object), metaclass=note("meta", type)):
    note("body")


i = 0
items = [10, 20, 30]
i, items[i] = 1, 99
print(i, items)
assert note("assert", True), note("never")
del note("deltarget", items)[note("delkey", 0)]
print(note("a", 0) or note("b", "") or note("c"), note("x") and note("y", 0) and note("z"), note("p", 1) < note("q", 2) < note("r", 3))
f"{note('f1')}{note('f2'):{note('spec', 10)}}"

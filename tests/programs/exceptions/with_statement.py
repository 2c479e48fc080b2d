class Manager:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise RuntimeError("in enter")
        return self.name.upper()

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb and tb.tb_lineno)
        if self.fail == "exit":
            raise RuntimeError("in exit")
        return self.suppress


def flow(how):
    out = []
    for i in range(3):
        with Manager(f"{how}{i}") as name:
            if how == "continue":
                continue
            if how == "break":
                break
            if how == "return":
                return out, name
            out.append(name)
    return out


for how in ("plain", "continue", "break", "return"):
    print(flow(how))
with Manager("a", suppress=True), Manager("b"):
    raise ValueError("suppressed")
with Manager("c", suppress="yes") as c, Manager("d", suppress=[]) as d:
    [][1]
print("after", c, d)
for fail in ("enter", "exit"):
    try:
        with Manager("outer"), Manager("x", fail=fail):
            raise KeyError("body")
    except Exception as error:
        print(repr(error), repr(error.__context__))


def suppressed_value():
    with Manager("s", suppress=True):
        return 1 / 0
    return "after with"


print(suppressed_value())
for thing in (5, type("NoExit", (), {"__enter__": lambda s: s})(), type("NoEnter", (), {"__exit__": lambda s, *a: None})()):
    try:
        with thing:
            pass
    except (TypeError, AttributeError) as error:
        print(error)
with (Manager("p") as p, Manager("q") as q,):
    print(p, q)
instance = Manager("instance")
instance.__exit__ = lambda *a: print("not this one")
with instance:
    pass
with Manager("attr") as instance.target, Manager("item") as [first, *rest]:
    print(instance.target, first, rest)

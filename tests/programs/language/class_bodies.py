log = []


class Outer:
    x = 1
    y = x + 1
    z = [y for _ in range(2)] if False else [y] * 2
    for i in range(3):
        log.append(i)
    if y == 2:

        def conditional(self):
            return "conditional"

    try:
        1 / 0
    except ZeroDivisionError as error:
        message = str(error)

    class Inner:
        x = 2

        def get(self):
            return self.x, Outer.x

    def method(self, default=y):
        return default, self.Inner().get()

    lambdas = [lambda self, i=i: i for i in range(2)]
    locals()["dynamic"] = 5
    del i
    with open(__file__) as handle:
        first_line = handle.readline().strip()
    import math as m

    def uses_import(self):
        return self.m.pi

    match x:
        case 1:
            matched = True
    global made_global
    made_global = "g"


o = Outer()
print(o.y, o.z, log, o.conditional(), o.message, o.method(), o.lambdas[1](o), o.dynamic, hasattr(o, "i"), o.first_line, o.uses_import(), o.matched, made_global, hasattr(o, "error"), Outer.Inner.__qualname__, sorted(n for n in vars(Outer) if not n.startswith("_")))

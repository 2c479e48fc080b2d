x = "global"


def outer():
    x = "outer"

    class A:
        x = "class"
        seen = x

        def method(self):
            return x

        comp = [x for _ in range(1)]
        lam = lambda self: x

        class Inner:
            seen = x

    class B:
        seen_before = x

        def f(self):
            nonlocal x
            x = "changed"

    b = B()
    b.f()

    class G:
        global x
        x = "set from class body"
        seen = x

    return A.seen, A().method(), A.comp, A().lam(), A.Inner.seen, B.seen_before, x, G.seen, hasattr(G, "x")


print(outer(), x)


class Reads:
    try:
        undefined_yet
    except NameError as error:
        message = str(error)
    undefined_yet = 1
    del undefined_yet
    try:
        undefined_yet
    except NameError as error:
        message2 = str(error)
    if True:
        for i in range(2):
            exec(f"v{i} = {i}")


print(Reads.message, Reads.message2, Reads.v0, Reads.v1, Reads.i, "error" in vars(Reads))


def conditional_global(flag):
    if flag:
        global g
    g = flag


conditional_global(1)
print(g)


def class_cell():
    class K:
        y = 1

        def f(self):
            return __class__, y

        y = 2

    y = "enclosing"
    return K().f()[1]


print(class_cell())

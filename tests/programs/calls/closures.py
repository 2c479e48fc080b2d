def counter(start):
    n = start

    def up(by=1):
        nonlocal n
        n += by
        return n

    def get():
        return n

    def reset():
        nonlocal n
        del n

    return up, get, reset


up, get, reset = counter(2**63 - 2)
print(up(), up(), up(0.5), get())
reset()
for f in (get, up):
    try:
        f()
    except NameError as error:
        print(type(error).__name__, error)
up.__closure__[0].cell_contents = 5
print(get(), up())


def unassigned(flag):
    def inner():
        return x

    if flag:
        x = 1
    try:
        return inner()
    except NameError as error:
        return str(error)


print(unassigned(True), unassigned(False))


def parameter_cell(a, *args, k=1, **kw):
    def show():
        return a, args, k, kw

    a += 1
    args = args + (9,)
    return show()


print(parameter_cell(1, 2, z=3))


def shared():
    fs = []
    for i in range(3):
        fs.append(lambda: i * 10)
    i = 7
    return [f() for f in fs]


print(shared())


def deep():
    x = 0

    def one():
        def two():
            def three():
                nonlocal x
                x += 1
                return x

            return three

        return two

    return one()()


d = deep()
print(d(), d(), deep()())


class Body:
    x = "class"

    def f(self):
        return __class__.__name__, x

    y = [x for _ in range(1)] if False else x


x = "module"
print(Body().f(), Body.y)
cell = up.__closure__[0]
del cell.cell_contents
try:
    cell.cell_contents
except ValueError as error:
    print(error)

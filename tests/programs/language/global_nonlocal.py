x = "module"


def writer(value):
    global x
    x = value


def outer():
    x = "outer"

    def middle():
        def inner():
            nonlocal x
            x = x + "!"
            return x

        return inner

    def reader():
        return x

    def global_reader():
        global x
        return x

    inner = middle()
    return inner(), inner(), reader(), global_reader(), x


print(outer(), x)
writer(5)
print(x, outer()[3])


def swap():
    a, b = 1, 2

    def do():
        nonlocal a, b
        a, b = b, a

    do()
    return a, b


def loop_cells():
    fs = []
    for i in range(3):
        def f():
            nonlocal i
            i += 10
            return i
        fs.append(f)
    return [f() for f in fs], i


print(swap(), loop_cells())


class C:
    x = "class"

    def m(self):
        global x
        x = "from method"
        return self.x, x


print(C().m(), x)


def counter_factory():
    count = 0

    class Counter:
        def __call__(self):
            nonlocal count
            count += 1
            return count

    return Counter()


c, d = counter_factory(), counter_factory()
print(c(), c(), d())

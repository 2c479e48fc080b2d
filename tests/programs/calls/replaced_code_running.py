def running(n):
    total = 0
    for i in range(n):
        total += i
        if i == 3:
            running.__code__ = (lambda n: "second body").__code__
    return total


print(running(6), running(6))


def helper(x):
    return x + 1


def caller(items):
    out = []
    for item in items:
        out.append(helper(item))
        if item == 2:
            globals()["helper"] = lambda x: x * 100
    return out


print(caller([1, 2, 3, 4]))


def gen():
    for i in range(4):
        yield helper(i)


g = gen()
print(next(g))
helper = str
print(list(g))


def recursive(n):
    global recursive
    if n == 2:
        recursive = lambda n: f"stopped at {n}"
    return n if n == 0 else (n, recursive(n - 1))


print(recursive(4))

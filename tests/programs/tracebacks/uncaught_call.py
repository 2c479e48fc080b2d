def outer():
    return middle(1, 2)(3)


def middle(a, b):
    return lambda c: inner(a,
                           b, c=c,
                           d=4)


def inner(a, b, *, c):
    return a + b + c


print("start")
outer()

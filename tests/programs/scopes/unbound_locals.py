def conditional(flag):
    if flag:
        x = 1
    return x


def deleted():
    x = 1
    del x
    return x


def deleted_twice():
    x = 1
    del x
    del x


def loop(items):
    for last in items:
        pass
    return last


def later():
    print(value)
    value = 1


def augmented():
    count += 1
    return count


def in_except():
    try:
        y = 1 / 0
    except ZeroDivisionError:
        pass
    return y


def comprehension():
    [z for z in range(3)]
    return z


def delete_global():
    global never_there
    del never_there


def deleted_parameter(a):
    del a
    a


def deleted_in_loop(n):
    x = 0
    for i in range(n):
        x += i
        if i == 3:
            del x
    return x


value = count = "global"
for f, args in ((conditional, (0,)), (conditional, (1,)), (deleted, ()), (deleted_twice, ()), (loop, ([],)), (loop, ([1, 2],)), (later, ()), (augmented, ()), (in_except, ()), (comprehension, ()), (delete_global, ()), (deleted_parameter, (1,)), (deleted_in_loop, (3,)), (deleted_in_loop, (9,))):
    try:
        print(f.__name__, f(*args))
    except NameError as error:
        print(f.__name__, type(error).__name__, error, error.name)

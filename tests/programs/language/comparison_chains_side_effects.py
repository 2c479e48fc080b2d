calls = []


def v(x):
    calls.append(x)
    return x


def between(a, b, c):
    return v(a) < v(b) < v(c)


def long_chain(*x):
    return v(x[0]) <= v(x[1]) != v(x[2]) > v(x[3]) in v(x[4])


for args in ((1, 2, 3), (3, 2, 1), (1, 2.5, 3), ("a", "b", "c"), (1, 1, 2)):
    print(between(*args), calls)
    calls.clear()
print(long_chain(1, 1, 2, 0, [0]), calls)
calls.clear()
print(long_chain(1, 0, 2, 0, [0]), calls)
calls.clear()
for args in ((1, "a", 2), (1, 2, "a"), (None, 1, 2), (3, 2, "a")):
    try:
        print(between(*args))
    except TypeError as error:
        print(error)
    print(calls)
    calls.clear()
x = 5
print(1 < x < 10 < 20, 1 < x > 3 < 4, (1 < x) < 2, x == x == 5 == 5.0, not 1 < x < 3, 1 < 2 == 2, 3 in [3] == True, "a" in "abc" in ["abc"])

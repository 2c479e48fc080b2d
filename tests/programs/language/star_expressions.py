a = [1, 2]
b = (3, *a, *"xy", *range(2), *{5: 6}, *(i for i in [7]))
print(b, [*a, *a], {*a, 1}, {**{"k": 1}, "k": 2}, (*a,), [*()], print(*a, *b, sep="|"))


def f():
    return *a, 0


def g():
    yield *a, 1


print(f(), next(g()), [*map(str, a)], *zip(*[(1, 2), (3, 4)]))
for x in *a, 9:
    print(x, end=" ")
print()
first, *middle, last = *a, *a
print(first, middle, last)
d = {"x": 1}
print({**d, **{"y": 2}, "x": 3}, dict(**d, z=4), (lambda **k: k)(**d, **{"w": 1}))
for bad in ("[*5]", "{*5}", "(*5,)", "{**5}", "{**[1]}", "print(*5)", "print(**5)", "[*None]", "(lambda *a: a)(*1)"):
    try:
        eval(bad)
    except TypeError as error:
        print(bad, error)
index = {(1, 2): "t"}
print(index[*a])

def f(data):
    if (n := len(data)) > 2:
        return n
    while (item := data.pop() if data else None) is not None:
        print("popped", item)
    return item


print(f([1, 2, 3]), f([1, 2]))
total = 0
print([total := total + x for x in range(5)], total)
print([y for x in range(6) if (y := x * x) % 2], y)


def scope():
    [inner := i for i in range(3)]
    return inner


print(scope(), (a := 1, b := 2), a, b, {k: (v := k) for k in "ab"}, v)
print(any((hit := x) > 3 for x in [1, 5, 2]), hit)


def nested():
    z = 0
    f = lambda: (z := 5)
    f()
    return z


print(nested(), f"{(w := 10)}", w, (q := [1, 2])[0], q)


def gl():
    global from_walrus
    return [from_walrus := i for i in range(2)]


print(gl(), from_walrus)

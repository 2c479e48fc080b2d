x = 10
print([x for x in range(3)], x, [x + y for y in range(2)], {x: x for x in "ab"}, x)


def f():
    items = [lambda: i for i in range(3)]
    i = "outer"
    return [g() for g in items], i


def nested():
    return [[(a, b, c) for c in range(b)] for a in range(3) for b in range(a)]


def shadow(x):
    return [x for x in [x, x + 1]], x


def uses_locals():
    a = 1
    return [a for b in [a] for a in [b, b + 1]], a


def first_iterable_is_evaluated_outside():
    class K:
        items = [1, 2]
        doubled = [i * 2 for i in items]
        try:
            crossed = [i + j for i in items for j in items]
        except NameError as error:
            crossed = str(error)

    return K.doubled, K.crossed


def walrus_leaks():
    out = [last := i for i in range(4)]
    return last, out


def generator_late():
    k = 1
    g = (i * k for i in range(3))
    k = 100
    return list(g)


def exceptions():
    try:
        return [1 // (2 - i) for i in range(5)]
    except ZeroDivisionError:
        return "i" in locals()


print(f(), nested(), shadow(5), uses_locals(), first_iterable_is_evaluated_outside(), walrus_leaks(), generator_late(), exceptions())
print([i for i in range(3)][-1], sum(i for i in range(4)), [*(i for i in "ab")], dict((k, v) for k, v in [("a", 1)]), {i % 2 for i in range(5)})

def same_after(value):
    other = value + 0
    return value == other, value is other


def loop_identity(values):
    kept = []
    for value in values:
        kept.append(value)
    return [a is b for a, b in zip(values, kept)]


for value in (0, 5, 256, -5):
    print(value, same_after(value))
big = 10**10
numbers = [big, big + 1, 2**70, 1.5, -0.0, float("nan"), 1000]
print(loop_identity(numbers))
x = 1000
y = x
print(x is y, [x][0] is x, (x,)[0] is y, {1: x}[1] is x)
f = 2.5
kept = [f]
g = f
total = 0.0
for _ in range(3):
    total += f
print(kept[0] is f, g is kept[0], f is f, total)


def give(value):
    return value


def through(value):
    return give(give(value))


print(through(big) is big, through(f) is f, max(big, 5) is big, min(f, 9.9) is f, (big or 0) is big, (0 or f) is f)
nan = float("nan")
print(nan in [nan], nan == nan, [nan] == [nan], [nan].index(nan), [nan].count(nan), (nan,) == (nan,))
a = b = 12345678
a += 1
print(a is b, b == 12345678)
print(id(big) == id(give(big)), id(f) == id(kept[0]))

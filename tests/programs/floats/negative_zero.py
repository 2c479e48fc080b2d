import math


def sign(x):
    return math.copysign(1.0, x)


def negate(x):
    return -x


def sums(values):
    total = 0.0
    for v in values:
        total += v
    return total


zero = 0.0
print(negate(zero), sign(negate(zero)), -0.0 == 0.0, sign(-0.0 + 0.0), sign(-0.0 - 0.0), sign(-0.0 * 1), sign(0.0 * -1), sign(0 * -1.0))
print(sums([-0.0, -0.0]), sum([-0.0, -0.0]), sum([-0.0], -0.0), sign(sum([-0.0], -0.0)), max(0.0, -0.0), max(-0.0, 0.0), min(0.0, -0.0))
print({0.0: "a", -0.0: "b"}, [0.0].index(-0.0), abs(-0.0), round(-0.4), round(-0.4, 0), int(-0.0), str(-0.0), f"{-0.0:.0f}", "%g" % -0.0)
print(-0.0 // 3, -0.0 % 3, 0.0 % -3, -1e-300 % 3, 5.0 // -0.1, -0.0**3, (-0.0) ** 3, (-0.0) ** 2)
x = 0.0
for _ in range(3):
    x = -x
    print(x, x or "falsy", not x)
constants = (0.0, -0.0, 0, -0)
print(constants, [sign(c) for c in constants])

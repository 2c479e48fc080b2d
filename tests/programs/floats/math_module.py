import math


def distance(points):
    total = 0.0
    for i in range(len(points) - 1):
        (x1, y1), (x2, y2) = points[i], points[i + 1]
        total += math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2)
    return total


def wave(n):
    return [round(math.sin(i / 3) * math.cos(i), 6) for i in range(n)]


print(distance([(0, 0), (3, 4), (3.5, 4)]), wave(6), math.floor(-2.5), math.ceil(2.1), math.trunc(-2.9), math.isqrt(10**30), math.gcd(12, 18, 27), math.factorial(25), math.comb(30, 15), math.hypot(3, 4), math.fsum([0.1] * 10), math.prod([1, 2, 3.5]), math.isclose(0.1 + 0.2, 0.3), math.copysign(1, -0.0), math.fmod(-7, 3), math.inf, math.log2(2**100), math.exp(1))
for bad in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.exp(1000), lambda: math.sqrt("x"), lambda: math.floor(math.inf), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.gcd(1.5), lambda: math.isqrt(-1), lambda: math.sqrt(10**400)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)


class F:
    def __float__(self):
        return 2.25

    def __floor__(self):
        return "own floor"

    def __round__(self, n=None):
        return f"own round {n}"

    def __abs__(self):
        return "own abs"

    def __divmod__(self, o):
        return "own divmod"

    def __trunc__(self):
        return 9

    def __ceil__(self):
        return "own ceil"


print(math.sqrt(F()), math.floor(F()), round(F()), round(F(), 2), abs(F()), divmod(F(), 1), math.trunc(F()), math.ceil(F()))
saved = math.sqrt
math.sqrt = lambda x: 1.0
print(distance([(0, 0), (3, 4), (3.5, 4)]))
math.sqrt = saved

# run: 30
# record: 4
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 30


def newton(x):
    guess = x
    for _ in range(50):
        if guess == 0:
            return guess
        guess = (guess + x / guess) / 2
    return guess


def integrate(f, a, b, n):
    h = (b - a) / n
    total = 0.5 * (f(a) + f(b))
    for i in range(1, n):
        total += f(a + i * h)
    return total * h


def mandelbrot(cr, ci, limit):
    zr = zi = 0.0
    for n in range(limit):
        zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
        if zr * zr + zi * zi > 4.0:
            return n
    return limit


def compound(p, r, n):
    history = []
    for _ in range(n):
        p *= 1 + r
        history.append(p)
    return history


def kahan(values):
    total = c = 0.0
    for v in values:
        y = v - c
        t = total + y
        c = (t - total) - y
        total = t
    return total


def overflow():
    x = 1e300
    out = []
    for _ in range(5):
        x *= 1e5
        out.append(x)
        out.append(x - x)
    return out


def underflow():
    x = 1e-300
    n = 0
    while x > 0:
        x /= 1e10
        n += 1
    return n, x


print(newton(2.0), newton(2), newton(10**30), newton(0.0), newton(1e-300), newton(True))
print(integrate(lambda x: x * x, 0, 3, N), integrate(lambda x: 1, 0, 1, N), integrate(abs, -1.5, 1, 7))
print([mandelbrot(x / 10, y / 10, N) for x in range(-20, 6, 3) for y in range(-10, 11, 5)])
print(compound(100, 0.05, 3), compound(2**60, 1, 4), compound(1.0, -1, 2), kahan([0.1] * N), sum([0.1] * 10), overflow(), underflow())
for bad in (lambda: newton("x"), lambda: newton(None), lambda: newton(-1.0) if False else newton([]), lambda: compound("a", 1, 1), lambda: newton(1j)):
    try:
        print(bad())
    except TypeError as error:
        print(error)

def mandel(c, limit):
    z = 0
    for n in range(limit):
        if abs(z) > 2:
            return n
        z = z * z + c
    return limit


print([mandel(complex(x / 4, y / 4), 30) for x in range(-8, 3, 2) for y in range(-4, 5, 2)])
print(mandel(0.3, 50), mandel(-1, 50), mandel(1, 50), mandel(0.5j, 50))
print(1j * 1j, (1 + 2j) / (3 - 1j), abs(3 + 4j), (1 + 2j).conjugate(), -1j, +1j, 1j**2, complex("1+2j"), complex(1, -0.0), 1j == 1j, 0j == 0, 1 + 0j == 1)
for bad in (lambda: 1j < 2, lambda: 1j // 1, lambda: 1j % 1, lambda: 1j / 0, lambda: complex("x"), lambda: int(1j), lambda: 1j ** (1 / 0)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(f"{1+2j:.2f}", repr(-0j), str(complex(float("nan"), float("inf"))), hash(1j), bool(0j), sum([1, 2.0, 3j]))

def many():
    a0 = 0; a1 = a0 + 1; a2 = a1 + 1; a3 = a2 * 2; a4 = a3 - a1; a5 = a4 / 2; a6 = [a5]; a7 = (a6, a4); a8 = {"k": a7}; a9 = str(a8)
    b0 = a9 + "x"; b1 = len(b0); b2 = b1 * 1.5; b3 = b2 > b1; b4 = not b3; b5 = b3 and b1 or b2; b6 = None; b7 = b6 is None; b8 = lambda: b1; b9 = b8()
    c0, c1, *c2 = range(6); c3 = sum(c2); c4 = [x + a1 for x in c2]; c5 = max(c4); c6 = c5 ** 2; c7 = c6 % 7; c8 = f"{c7:03}"; c9 = c8 * 2
    del a0, b0
    for d0 in range(3):
        d1 = d0 * c7
        a1, a2, a3 = a3, a1, a2
        a4 += d1
        b2 -= 0.5
        c9 += str(d1)
    return sorted((k, v) for k, v in locals().items() if not callable(v) and isinstance(v, (int, float, str, list)) and not isinstance(v, bool)), b4, b5, b7, b9


for pair in many()[0]:
    print(pair)
print(many()[1:])


def parameters(a, b, c, d, e, f, g, h, i, j, k=1, l=2.5, m="m", *n, o, p=3, **q):
    return a + b + c + d + e + f + g + h + i + j, k, l, m, n, o, p, q


print(parameters(*range(10), o=1), parameters(*range(20), o=2, z=5), parameters(*[0.5] * 10, o=0))
try:
    parameters(*range(9), o=1)
except TypeError as error:
    print(error)

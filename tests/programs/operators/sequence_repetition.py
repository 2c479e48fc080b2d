def repeat(x, n):
    try:
        result = x * n
        return result if len(result) < 20 else len(result)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Sub(int):
    pass


class Index:
    def __index__(self):
        return 2


class Mul:
    def __mul__(self, o):
        return ["mul", o]

    def __rmul__(self, o):
        return ["rmul", o]


for x in ([1, 2], "ab", (1,), b"x", bytearray(b"y"), [], "", [[]]):
    print([repeat(x, n) for n in (0, 1, 3, -1, True, 100, Sub(2), Index(), 1.5, "2", None, Mul(), 2**63, 2**70)], [repeat(n, x) for n in (2, False, -5, Sub(1), Index(), Mul())])
rows = [[0] * 3] * 2
rows[0][0] = 1
print(rows, rows[0] is rows[1])
fresh = [[0] * 3 for _ in range(2)]
fresh[0][0] = 1
print(fresh)


def concat(a, b):
    try:
        return a + b
    except TypeError as error:
        return str(error)


for a in ([1], (1,), "s", b"b", range(1), {1}, {1: 1}, None):
    print([concat(a, b) for b in ([2], (2,), "t", b"c", range(2), {2}, {2: 2}, None)])

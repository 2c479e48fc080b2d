def read(x, a, b, c):
    return x[a:b], x[a:], x[:b], x[a:b:c], x[::c], x[-2:], x[:-1]


class Key:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


for x in ("hello", [1, 2, 3, 4, 5], (1, 2, 3, 4, 5), b"bytes", range(5), bytearray(b"array")):
    for a, b, c in ((1, 3, 1), (0, 5, 2), (-3, -1, -1), (4, 1, -2), (None, None, None), (10, 20, 3), (-100, 100, 1), (2**70, -(2**70), 2**65), (Key(1), Key(3), Key(2)), (True, 4, None)):
        print(type(x).__name__, *read(x, a, b, c))
for x in ("hello", [1], (1,), b"b", range(3), {}, 5):
    for key in (slice("a"), slice(1.0), slice(None, None, 0), slice(1, 2), 9, "k", None, 1.5):
        try:
            print(x[key])
        except Exception as error:
            print(type(error).__name__, error)
s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(None, None, -1).indices(3), s == slice(1, 10, 2), s < slice(1, 11))
items = list(range(10))
items[2:5] = "ab"
items[::3] = [0, 0, 0]
items[5:5] = [100, 200]
items[-1:] = []
del items[::4]
print(items)
data = bytearray(b"0123456789")
data[2:4] = b"xyz"
data[::5] = b"AB" if len(data[::5]) == 2 else b"ABC"
del data[-2:]
print(data)
n = 3
print(items[n:], items[: n + 1], items[n - 5 :], items[n:n], "abc"[n:], "abc"[-n])

log = []


def note(x, value=None):
    log.append(x)
    return value


class T:
    def __init__(self):
        self.v = 1

    def __getattr__(self, name):
        log.append(("getattr", name))
        return 5

    def __setattr__(self, name, value):
        log.append(("setattr", name, value))
        object.__setattr__(self, name, value)


t = T()
t.v += 2
t.new += 3
d = {"k": 1}
note("container", d)[note("key", "k")] += note("value", 10)
items = [[1], 2]
items[0] += [5]
items[note("i", 1)] **= 3
x = y = [1]
x += y
print(log, t.__dict__, d, items, x, y is x)


class Refuse:
    def __iadd__(self, other):
        raise ValueError("refused")


class Half:
    def __iadd__(self, other):
        self.seen = other
        return NotImplemented


class HalfAdd(Half):
    def __add__(self, other):
        return ("add", other)


def try_it(target, value):
    try:
        target += value
    except Exception as error:
        return type(error).__name__, str(error)
    return target


h = Half()
print(try_it(Refuse(), 1), try_it(h, 2), h.seen, try_it(HalfAdd(), 3), try_it((1,), (2,)), try_it((1,), [2]), try_it([1], (2,)), try_it({1}, {2}), try_it("a", "b"), try_it(1, 0.5), try_it(None, 1), try_it(b"a", bytearray(b"b")), try_it([], 5), try_it(2**63 - 1, 1))
z = 1


def fails_midway():
    box = {"n": 1}
    try:
        box["n"] += note("evaluated", 1) + box["missing"]
    except KeyError:
        pass
    return box


print(fails_midway())
n = 7
n -= 2; n *= 3; n //= 4; n **= 5; n %= 100; n <<= 3; n >>= 1; n &= 127; n |= 64; n ^= 5; n /= 3; n -= n
print(n)

import sys


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def forever():
    return forever()


def guarded(n):
    try:
        return forever()
    except RecursionError:
        return n


print([guarded(i) for i in range(5)], down(500))


def handler_recurses(n):
    try:
        forever()
    except RecursionError:
        try:
            return down(50)
        except RecursionError:
            return "too deep in handler"


print(handler_recurses(1))


def catch_at_the_bottom(n):
    try:
        return catch_at_the_bottom(n + 1)
    except RecursionError:
        return "caught"


print(catch_at_the_bottom(0))


def near_limit(n):
    if n == 0:
        try:
            return len([1, 2]), sorted([2, 1]), "x" + str(5)
        except RecursionError:
            return "no room"
    return near_limit(n - 1)


sys.setrecursionlimit(200)
results = []
for n in range(150, 200):
    try:
        results.append(str(near_limit(n))[:1])
    except RecursionError:
        results.append("R")
print("".join(results))
sys.setrecursionlimit(1000)
print(down(900))
try:
    down(1000)
except RecursionError as error:
    tb, n = error.__traceback__, 0
    while tb:
        n += 1
        tb = tb.tb_next
    print(n)


class Eq:
    def __eq__(self, other):
        return self == other


class Hash:
    def __hash__(self):
        return hash(self)


class Repr:
    def __repr__(self):
        return repr(self)


class Bool:
    def __bool__(self):
        return bool(self)


class Len:
    def __len__(self):
        return len(self)


class Iter:
    def __iter__(self):
        return iter(self)


class Index:
    def __index__(self):
        return [1][self]


for name, f in (("eq", lambda: Eq() == 1), ("hash", lambda: hash(Hash())), ("repr", lambda: repr(Repr())), ("bool", lambda: bool(Bool())), ("len", lambda: len(Len())), ("iter", lambda: iter(Iter())), ("index", lambda: [1][Index()])):
    try:
        f()
    except RecursionError as error:
        print(name, str(error).split(" while")[0])

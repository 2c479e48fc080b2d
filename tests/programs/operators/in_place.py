class Bag:
    def __init__(self, *items):
        self.items = list(items)

    def __add__(self, other):
        return Bag(*self.items, *other.items)

    def __iadd__(self, other):
        self.items.extend(other.items)
        return self

    def __imul__(self, n):
        return f"replaced {n}"

    def __isub__(self, other):
        return NotImplemented

    def __sub__(self, other):
        return "sub called"

    def __repr__(self):
        return f"Bag{self.items}"


def grow(target, items):
    for item in items:
        target += item
    return target


bag = alias = Bag(1)
bag += Bag(2)
print(bag is alias, bag)
bag -= 3
print(bag)
bag = alias
bag *= 4
print(bag, alias)
numbers = same = [1]
print(grow(numbers, [(2,), [3], "ab", {4: 5}, range(2)]) is same, same)
text = "x"
print(grow(text, ["a", "b"]), text, grow(1, [2, 3.5]), grow((1,), [(2,), (3,)]))
table = ([1], 2)
try:
    table[0] += [9]
except TypeError as error:
    print(error, table)
d = {"a": 1}
d |= {"b": 2}
d |= [("c", 3)]
s = {1, 2}
s |= {3}
s &= {2, 3, 4}
s ^= {9}
s -= {2}
print(d, sorted(s), bytearray(b"a") * 2)
for code in ("x = None; x += 1", "x = 'a'; x -= 'a'", "x = []; x += 5", "x = {}; x += {}", "x = 1; x @= 2"):
    try:
        exec(code)
    except TypeError as error:
        print(error)

class Stack:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        print("len", end=" ")
        return len(self.items)

    def __getitem__(self, i):
        print("get", i, end=" ")
        return self.items[i]

    def __setitem__(self, i, v):
        print("set", i, v)
        self.items[i] = v

    def __delitem__(self, i):
        print("del", i)
        del self.items[i]

    def __contains__(self, x):
        return x in self.items

    def __missing__(self, k):
        return "never"

    def __reversed__(self):
        return "own reversed"

    def __length_hint__(self):
        return 50

    def __bool__(self):
        return True


s = Stack(1, 2, 3)
print(len(s), s[0], s[-1], s[1:], s[::2], s[1:2, 3] if False else "", 2 in s, reversed(s))
s[0] = 10
s[1:2] = [7, 8]
s[0] += 5
del s[0], s[-1:]
print(list(s), bool(s), [x for x in s], *s)
try:
    for x in s:
        print("item", x)
    s[100]
except IndexError as error:
    print(error)


class OnlyGetitem:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(OnlyGetitem()), 9 in OnlyGetitem(), max(OnlyGetitem()), tuple(OnlyGetitem()), dict(enumerate(OnlyGetitem())), *OnlyGetitem())
a, b, *c = OnlyGetitem()
print(a, b, c)


class Sliced:
    def __getitem__(self, key):
        return key


z = Sliced()
print(z[1:2], z[:], z[::3], z[1:2, ..., None], z[()], z[1,], z["a":"b"], z[*[1, 2], 3])

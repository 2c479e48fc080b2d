class Traced:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        print(f"{self.value}<{other.value}")
        return Answer(self.value < other.value)


class Answer:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        print("bool", self.truth)
        return self.truth

    def __repr__(self):
        return f"Answer({self.truth})"


def value(n):
    print("evaluate", n)
    return Traced(n)


print(value(1) < value(2) < value(3))
print(value(5) < value(2) < value(3))
print(value(1) < value(5) < value(3) < value(9))
if value(1) < value(2) < value(0):
    print("no")
else:
    print("else")
x = 5
print(1 < x < 10, 1 < x > 3, 10 > x >= 5 == 5 != 4, x in [5] in [[5]], 0 < x < 5 or 0, (1 < x) < 10, not 1 < x < 3)
while 0 <= x < 8 != 9:
    x += 1
print(x, [n for n in range(10) if 2 < n <= 6 != n])
try:
    1 < 2 < "a"
except TypeError as error:
    print(error)
print(3 < 2 < "a")

class Metres(float):
    def __add__(self, other):
        print("add")
        return Metres(float(self) + float(other))

    __radd__ = __add__

    def __mul__(self, other):
        return Metres(float(self) * other)

    def __repr__(self):
        return f"{float(self)}m"


class Bare(float):
    pass


def polygon(sides):
    total = 0.0
    for side in sides:
        total = total + side
    return total


def scale(values, by):
    return [value * by for value in values]


for sides in ([1.0, 2.0], [Metres(1), 2.0], [1.0, Metres(2)], [Bare(1), Bare(2)], [1, 2], [Metres(1), Bare(2), True]):
    result = polygon(sides)
    print(result, type(result).__name__, scale(sides, 2), scale(sides, 0.5), [type(s).__name__ for s in scale(sides, Bare(2))])
print(-Metres(2), type(-Metres(2)), abs(Metres(-2)), Metres(2) ** 2, 2 * Metres(2), Metres(1) < Bare(2), Metres(1) == 1, sum([Metres(1), Metres(2)]))

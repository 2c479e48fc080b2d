# run: change
# record: keep
import sys

CHANGE = sys.argv[1:] != ["keep"]


class Point:
    scale = 2

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def length(self):
        return (self.x * self.x + self.y * self.y) * self.scale


def other_length(self):
    return f"other {self.x}"


def loop(points):
    out = []
    for i, p in enumerate(points):
        out.append(p.length())
        if not CHANGE:
            continue
        if i == 2:
            Point.scale = 10
        if i == 4:
            Point.length = other_length
        if i == 6:
            Point.length = lambda self: ("lambda", self.y)
        if i == 8:
            points[9].length = lambda: "on the instance"
        if i == 10:
            del Point.length
            Point.__getattr__ = lambda self, name: lambda: f"getattr {name}"
        if i == 12:
            Point.length = property(lambda self: lambda: "property wins")
        if i == 14:
            Point.length = staticmethod(lambda: "static")
        if i == 16:
            Point.x = property(lambda self: "x property")
            Point.length = other_length
    return out


for line in loop([Point(i, i + 1) for i in range(20)]):
    print(line)

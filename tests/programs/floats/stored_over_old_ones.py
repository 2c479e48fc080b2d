"""A float attribute or item that is stored again, while its old value is still needed somewhere."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def put(self, value):
        old = self.x
        self.x = value * 2.0
        return old

    def swap(self):
        self.x, self.y = self.y * 1.0, self.x

    def step(self, dt):
        self.x += self.y * dt
        return self.x

    def both(self, dt):
        return self.x, self.step(dt), self.x

    def sum(self, dt):
        return self.x + self.step(dt) + self.x

    def compare(self, dt):
        return self.x < self.step(dt) < self.x * 2.0


def items(values, n):
    seen = []
    for i in range(n):
        old = values[0]
        values[0] = old * 1.5
        values[1] = values[0] + values[1]
        seen.append(old)
        seen.append(values[0])
        values[0], values[1] = values[1] * 0.5, values[0]
    return seen


def shared(n):
    value = n * 1.25
    a, b = Point(value, value), Point(value, 2.0)
    values = [value, value]
    for i in range(n):
        a.x = a.x + 0.5
        values[0] = values[0] * 2.0
        b.y = b.y - value
    return value, a.x, a.y, b.x, b.y, values


def constants(n):
    point, values = Point(1.5, 2.5), [1.5, 2.5]
    for i in range(n):
        point.x = 1.5
        values[0] = 1.5
        point.x = point.x * 2.0
        values[0] = values[0] * 3.0
    return point.x, values, 1.5


def kept(n):
    point = Point(0.5, 0.25)
    before = [point.x]
    table = {point.x: "first"}
    for i in range(n):
        point.x = point.x * 1.5
        before.append(point.x)
        table[point.x] = i
    return before, table


for n in (1, 2, 40):
    point = Point(n * 0.1, n * 0.2)
    for _ in range(n):
        old = point.put(n * 0.3), point.put(n * 0.4)
        point.swap()
        more = point.both(0.1), point.sum(0.2), point.compare(0.3)
    print(old, more, point.x, point.y)
    print(items([n * 0.5, n * 0.75], min(n, 4)), shared(n), constants(n), kept(min(n, 3)))

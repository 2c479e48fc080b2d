class P:
    kind = "class attribute"

    def __init__(self, x, y):
        self.x, self.y = x, y

    def total(self):
        return self.x + self.y


def loop(objects):
    out = []
    for i, p in enumerate(objects):
        if i == 2:
            p.__dict__ = {"y": 100, "x": 200}
        if i == 3:
            p.__dict__["x"] = "s"
            p.__dict__["y"] = "t"
        if i == 4:
            del p.__dict__["x"]
            p.__dict__["x"] = 5.5
        if i == 5:
            p.__dict__.clear()
            p.__dict__.update(x=1, y=2, z=3)
        if i == 6:
            del p.x
        if i == 7:
            p.__dict__["total"] = lambda: "from __dict__"
        if i == 8:
            del p.__dict__
        if i == 9:
            p.__dict__ = objects[0].__dict__
            p.x = "shared"
        try:
            out.append(p.total())
        except (AttributeError, TypeError) as error:
            out.append(str(error))
    return out


objects = [P(i, i) for i in range(11)]
for line in loop(objects):
    print(line)
print(objects[0].x, objects[0].__dict__ is objects[9].__dict__, vars(objects[1]), objects[8].__dict__)


class D(dict):
    def __getitem__(self, key):
        return "never asked"

    def __missing__(self, key):
        return "missing"


p = P(1, 2)
p.__dict__ = D(x=5, y=6)
print(p.total(), p.x, type(p.__dict__).__name__)
for bad in (5, None, []):
    try:
        p.__dict__ = bad
    except TypeError as error:
        print(error)
p.__dict__[3] = "int key"
p.__dict__["x y"] = "blank"
print(getattr(p, "x y"), sorted(map(str, p.__dict__)), P.__dict__["kind"])

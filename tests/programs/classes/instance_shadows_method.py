class K:
    def m(self):
        return "method"

    @property
    def p(self):
        return "property"

    data = "class data"

    def call(self):
        return self.m(), self.p, self.data


def loop(objects):
    return [o.call() for o in objects]


objects = [K() for _ in range(6)]
objects[1].m = lambda: "instance"
objects[2].__dict__["p"] = "ignored"
objects[3].data = "instance data"
objects[4].m = K.m.__get__(objects[5])
print(*loop(objects), sep="\n")
K.m = 5
try:
    objects[0].call()
except TypeError as error:
    print(error)
print(objects[1].call())
K.m = objects[0].__class__.__init_subclass__
print(objects[0].call())
try:
    objects[0].p = 1
except AttributeError as error:
    print(error)
del objects[1].m, objects[3].data
K.m = lambda self: "new method"
print(*loop(objects[:4]), sep="\n")
try:
    del objects[1].m
except AttributeError as error:
    print(error)

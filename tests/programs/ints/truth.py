class Odd(int):
    def __bool__(self):
        print("bool of", int(self))
        return self % 2 == 1


def choose(value):
    if value:
        return "yes"
    return "no"


def both(a, b):
    return (a and b), (a or b), (not a)


for value in (0, 1, -1, 2**70, 0.0, -0.0, float("nan"), "", "x", (), (0,), [], {}, None, Odd(2), Odd(3), Odd(0)):
    print(repr(value), choose(value), both(value, "other"))
while (n := Odd(4)) and True:
    print("never")
countdown = 3
while countdown:
    countdown -= 1
print(countdown)

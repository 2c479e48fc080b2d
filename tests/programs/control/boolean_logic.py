def t(x):
    print("t", x, end="; ")
    return x


def table(a, b, c):
    return (a and b or c, a or b and c, not a and b, not (a or b), a if b else c, (a and b) is b, bool(a) ^ bool(b))


for a in (0, 1, "", "x", None, [], [0], 0.0):
    for b in (False, "b"):
        print(table(a, b, "c"))
print(t(0) or t("") or t("last"))
print(t(1) and t(2) and t(0) and t(3))
print((t(0) or t(1)) and (t(2) or t(3)))
print(not t(0), not (t(1) and t(0)))
x = t(5) if t(0) else t(6) if t(1) else t(7)
print(x)
if t(1) and not t(0) or t(2):
    print("taken")
while t(0) or t(0):
    pass
print([i for i in range(5) if t(i) > 1 and t(i) < 4 or i == 0])


class B:
    def __init__(self, v):
        self.v = v

    def __bool__(self):
        print("bool", self.v, end="; ")
        if self.v == 3:
            raise ValueError("three has no truth")
        return self.v > 1

    def __repr__(self):
        return f"B{self.v}"


print(B(1) or B(2), B(2) and B(1), not B(1), B(1) if B(2) else B(0), B(0) and B(3), all([B(2), B(1), B(3)]), any([B(1), B(2), B(3)]))
for code in ("B(3) and 1", "not B(3)", "1 if B(3) else 2", "[1 for _ in (1,) if B(3)]", "any([B(3)])", "B(1) or B(3) or 5"):
    try:
        print(eval(code))
    except ValueError as error:
        print(code, error)


def assert_chain(a, b):
    assert a and b, (a, b)
    assert not (a and not b)
    return True


print(assert_chain(1, 2), True and (None is not False), None is None, (1, 2) and [], [] == False, 0 == False, "" == False, None == False, not None)

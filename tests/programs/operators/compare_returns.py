class Vector:
    def __init__(self, *values):
        self.values = values

    def __eq__(self, other):
        return Vector(*(a == b for a, b in zip(self.values, other.values)))

    def __lt__(self, other):
        return Vector(*(a < b for a, b in zip(self.values, other.values)))

    def __contains__(self, item):
        print("contains", item)
        return "truthy" if item in self.values else ""

    def __bool__(self):
        raise ValueError("truth of a vector is ambiguous")

    def __repr__(self):
        return f"V{self.values}"


def compare(a, b):
    return a < b, a == b, a > b


a, b = Vector(1, 5), Vector(2, 5)
print(compare(a, b), 5 in a, 9 in a, 9 not in a)
for test in ("a == b and 1", "not a", "a < b < a", "[x for x in [a] if x]", "bool(a)", "any([a])", "a in [b]"):
    try:
        print(eval(test))
    except ValueError as error:
        print(test, error)
try:
    if a == b:
        print("?")
except ValueError as error:
    print("if:", error)
try:
    while a:
        pass
except ValueError as error:
    print("while:", error)
try:
    assert a < b
except ValueError as error:
    print("assert:", error)


class NoLen:
    def __len__(self):
        return -1


for bad in (NoLen(), type("L", (), {"__len__": lambda self: "x"})(), type("B", (), {"__bool__": lambda self: 1})()):
    try:
        print(bool(bad))
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

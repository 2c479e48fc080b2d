def negate(values):
    return [-value for value in values]


def invert(values):
    return [~value for value in values]


def absolute(values):
    return [abs(value) for value in values]


EDGES = [0, 1, -1, 2**30, -(2**30), 2**31 - 1, -(2**31), 2**62, -(2**62), 2**63 - 1, -(2**63), 2**63, -(2**63) - 1, 10**30]
for function in (negate, invert, absolute):
    print(function.__name__, function(EDGES))
print(negate([True, False]), invert([True, False]), absolute([True]), +True, type(+True))
value = -(2**63)
for _ in range(3):
    value = -value
    print(value)
    value = ~value
    print(value)

def accumulate(step, count):
    """Each value that is kept must be one object, however often it is looked at."""
    value = 0.0
    history = []
    for _ in range(count):
        value = value + step
        history.append(value)
        history.append(value)
        pair = (value, value)
        assert pair[0] is pair[1]
        assert history[-1] is history[-2] is value
    return history


def returns_argument(value):
    return value, value * 2


def stores_argument(box, value):
    box["value"] = value
    box["list"].append(value)
    return value


history = accumulate(0.5, 6)
print(history, len({id(item) for item in history}))
z = 3.25
first, double = returns_argument(z)
print(first is z, double)
box = {"list": []}
got = stores_argument(box, z)
print(got is z, box["value"] is z, box["list"][0] is z)
n = 10**15
for _ in range(2):
    n += 1
    alias = n
    closure = lambda: n
    print(closure() is alias, alias is n)
seen = set()
for i in range(300, 310):
    keep = i
    seen.add(id(keep))
    seen.add(id(i))
    assert keep is i
print(len(seen) >= 1)

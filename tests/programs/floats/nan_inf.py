nan, inf = float("nan"), float("inf")


def smallest(values):
    best = values[0]
    for value in values:
        if value < best:
            best = value
    return best


def equal_count(values, wanted):
    n = 0
    for value in values:
        if value == wanted:
            n += 1
        elif value != wanted:
            n += 100
    return n


print(smallest([3.0, nan, 1.0]), smallest([nan, 1.0]), smallest([inf, -inf]), equal_count([nan, 1.0, nan], nan), equal_count([1, 1.0, True], 1.0))
print(sorted([3.0, nan, 1.0, inf]), max(nan, 1), max(1, nan), nan in [nan], nan in (1, nan), [nan] == [nan], nan != nan, not nan < nan, nan is nan)
print(inf - inf, inf * 0, inf / inf if True else 0, inf > 10**400, -inf < -(10**400), nan < 10**400, 10**400 == inf, 1e400 == inf, int(1e300) > inf)
print({nan: 1, nan: 2}, len({nan, float("nan")}), hash(inf), hash(-inf), nan**0, 1**nan, inf**0, (-inf) ** 3, 2.0**-inf)
for function in (int, round, lambda x: x // 1, lambda x: x % 1, lambda x: divmod(x, 1), float.as_integer_ratio):
    for value in (nan, inf):
        try:
            print(function(value))
        except Exception as error:
            print(type(error).__name__, error)
print(1 < nan < 3, 1 < inf < inf, nan < 1 or nan > 1)

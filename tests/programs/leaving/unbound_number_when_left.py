"""A loop is left where it is entered, because a number is too large: what is unbound then stays unbound."""


def never_bound(rounds):
    large = 2**62
    total = 0
    other = 1e10
    w = rounds
    while w > 0:
        w -= 1
        if w >= 0:
            other *= 2.5
            total += large + large
        else:
            unset -= 1e-5
        v = 1
        while v > 0 and total == 255:
            v -= 1
            total &= large - 1
    return unset % other


def bound_in_some(rounds, at):
    large = 2**62
    total = 0
    w = rounds
    while w > 0:
        w -= 1
        total += large + large
        if w == at:
            unset = 1.5
        elif w < at:
            unset *= 2.0
        total &= large - 1
    return unset + total


for function, arguments in (
    (never_bound, (9,)),
    (never_bound, (0,)),
    (bound_in_some, (5, 3)),
    (bound_in_some, (5, 9)),
    (bound_in_some, (5, -1)),
    (bound_in_some, (0, 3)),
):
    try:
        print(function(*arguments))
    except UnboundLocalError as error:
        print(error)

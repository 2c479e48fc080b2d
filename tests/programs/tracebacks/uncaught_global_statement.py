limit = 3


def step():
    global limit
    limit -= 1
    return 6 / limit


while True:
    print(step())

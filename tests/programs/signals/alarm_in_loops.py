import signal

hits = []


def handler(number, frame):
    hits.append((number, frame.f_code.co_name))
    if len(hits) >= 2:
        raise TimeoutError("enough")
    signal.setitimer(signal.ITIMER_REAL, 0.01)


def counting():
    n = 0
    while True:
        n += 1


def ranging():
    total = 0
    for i in range(10**12):
        total += i


def floats():
    x = 1.0
    while x > 0:
        x = x * 1.0000001 if x < 1e10 else 1.0


def empty():
    while True:
        pass


def calls():
    def inner(x):
        return x + 1

    n = 0
    while True:
        n = inner(n) % 1000


def nested():
    while 1:
        for i in range(100):
            for j in range(100):
                pass


def iterating():
    import itertools

    for x in itertools.count():
        pass


def continuing():
    i = 0
    while True:
        i ^= 1
        if i:
            continue


def catching():
    while True:
        try:
            raise KeyError
        except KeyError:
            pass


signal.signal(signal.SIGALRM, handler)
for f in (counting, ranging, floats, empty, calls, nested, iterating, continuing, catching):
    hits.clear()
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    try:
        f()
    except TimeoutError as error:
        print(f.__name__, error, len(hits), {name for _, name in hits} <= {f.__name__, "inner"})

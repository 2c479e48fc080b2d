import signal
import time

ticks = []


def tick(number, frame):
    ticks.append(len(ticks))
    if len(ticks) >= 5:
        signal.setitimer(signal.ITIMER_REAL, 0)


signal.signal(signal.SIGALRM, tick)
signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
spins = 0
while len(ticks) < 5:
    spins += 1
print(ticks, spins > 0)
ticks.clear()
signal.setitimer(signal.ITIMER_REAL, 0.003, 0.003)
deadline = time.monotonic() + 5
while len(ticks) < 5 and time.monotonic() < deadline:
    time.sleep(0.01)
print(ticks)


class Interrupted(Exception):
    pass


def raise_it(number, frame):
    raise Interrupted


def comprehension():
    return [i * i for i in range(10**9) if i < 0]


def generator():
    return sum(i for i in iter(int, 1))


def string_building():
    s = ""
    while True:
        s = (s + "x")[-10:]


def dict_loop():
    d = {}
    while True:
        d["k"] = d.get("k", 0) + 1


def try_finally():
    n = 0
    while True:
        try:
            n += 1
        finally:
            n -= 1


def method_calls():
    class K:
        def m(self):
            return self

    k = K()
    while True:
        k = k.m()


signal.signal(signal.SIGALRM, raise_it)
for f in (comprehension, generator, string_building, dict_loop, try_finally, method_calls):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    try:
        f()
    except Interrupted as error:
        tb, names = error.__traceback__, []
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        print(f.__name__, f.__name__ in names, names[-1])

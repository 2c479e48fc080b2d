"""Signals and threads in recursive functions of numbers: handlers see every frame with its locals, and nothing is lost."""

import signal
import sys
import threading
import traceback


def count(n):
    if n < 2:
        return 1
    return count(n - 1) + count(n - 2)


def down(n, total):
    here = total + n
    if n == 0:
        return here * 1
    return down(n - 1, here) + count(12) - 233


seen = []


def handler(number, frame):
    chain = []
    while frame is not None:
        if frame.f_code.co_name == "down":
            chain.append((frame.f_locals["n"], frame.f_locals["total"]))
        frame = frame.f_back
    ok = all(a == b - 1 for (a, _), (b, _) in zip(chain, chain[1:]))
    ok = ok and all(total == sum(range(n + 1, 41)) for n, total in chain)
    seen.append(ok)


def signals():
    signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
    wrong = 0
    while len(seen) < 20:
        wrong += down(40, 0) != 820
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(wrong, all(seen))


class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop(frame.f_code.co_name in ("count", "down", "stopped"))


def stopped():
    signal.signal(signal.SIGALRM, stop)
    for _ in range(5):
        signal.setitimer(signal.ITIMER_REAL, 0.003)
        try:
            while True:
                down(40, 0)
        except Stop as error:
            names = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
            print(error.args, names <= {"stopped", "down", "count", "stop"}, "stop" in names)


def threads():
    sys.setswitchinterval(0.0005)
    results = []

    def work(n):
        results.append((n, [count(n) for _ in range(4)]))

    running = [threading.Thread(target=work, args=(n,)) for n in (16, 17, 18, 19)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    print(sorted(results))


if __name__ == "__main__":
    signals()
    stopped()
    threads()
    print(count(15), down(30, 5))

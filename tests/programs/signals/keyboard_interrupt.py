import os
import signal
import threading
import time


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def busy(limit):
    n = 0
    try:
        while n < limit:
            n += 1
            if n == 1000:
                interrupt()
        return "finished"
    except KeyboardInterrupt:
        return "interrupted"
    finally:
        print("cleaned up")


def from_timer():
    signal.signal(signal.SIGALRM, lambda n, f: interrupt())
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        while True:
            pass
    except KeyboardInterrupt as error:
        return repr(error)


def in_recursion(n):
    if n == 0:
        interrupt()
        for _ in range(1000):
            pass
    else:
        in_recursion(n - 1)


def recursion():
    try:
        in_recursion(50)
    except KeyboardInterrupt as error:
        depth, tb = 0, error.__traceback__
        while tb:
            depth, tb = depth + 1, tb.tb_next
        return depth


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print("exit with", kind.__name__)
        return True


with Manager():
    interrupt()
    while True:
        pass
print(busy(10**9), from_timer(), recursion())
signal.signal(signal.SIGINT, signal.SIG_IGN)
print(busy(2000))
signal.signal(signal.SIGINT, signal.default_int_handler)
interrupt()
time.sleep(0)
print("never printed")

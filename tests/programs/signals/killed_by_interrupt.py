import os
import signal


def work():
    try:
        n = 0
        while True:
            n += 1
            if n == 500:
                os.kill(os.getpid(), signal.SIGINT)
    finally:
        print("finally", n >= 500, flush=True)


print("start", flush=True)
work()

import os
import signal


class Cleanup:
    def __enter__(self):
        print("enter", flush=True)

    def __exit__(self, kind, value, tb):
        print("exit", kind.__name__, flush=True)


def loop():
    total = 0.0
    with Cleanup():
        for i in range(10**9):
            total += i * 0.5
            if i == 100:
                os.kill(os.getpid(), signal.SIGINT)


try:
    loop()
except Exception:
    print("KeyboardInterrupt is no Exception")

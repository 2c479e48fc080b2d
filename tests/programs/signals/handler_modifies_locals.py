import signal
import sys


class Stop(Exception):
    pass


def handler(number, frame):
    seen.append(sorted(k for k in frame.f_locals if k in ("i", "total", "flag")))
    flags["stop"] = True


seen, flags = [], {"stop": False}
signal.signal(signal.SIGALRM, handler)


def wait_for_flag():
    flag = flags
    i = 0
    while not flag["stop"]:
        i += 1
    return "stopped"


signal.setitimer(signal.ITIMER_REAL, 0.01)
print(wait_for_flag(), seen)


class Worker:
    running = True

    def spin(self):
        count = 0
        while self.running:
            count += 1
        return "worker stopped"


def stop_worker(number, frame):
    Worker.running = False


signal.signal(signal.SIGALRM, stop_worker)
signal.setitimer(signal.ITIMER_REAL, 0.01)
print(Worker().spin())
keep_going = True


def stop_global(number, frame):
    global keep_going
    keep_going = False


def spin_global():
    while keep_going:
        pass
    return "global seen"


signal.signal(signal.SIGALRM, stop_global)
signal.setitimer(signal.ITIMER_REAL, 0.01)
print(spin_global())


def set_trace(number, frame):
    frame.f_trace = lambda f, e, a: flags.__setitem__("traced", e) or sys.settrace(None)
    sys.settrace(lambda *a: None)


def spin_until_traced():
    flags.pop("traced", None)
    n = 0
    while "traced" not in flags:
        n += 1
    return flags["traced"]


signal.signal(signal.SIGALRM, set_trace)
signal.setitimer(signal.ITIMER_REAL, 0.01)
print(spin_until_traced())

import signal

log = []


def handler(number, frame):
    log.append((signal.Signals(number).name, frame.f_code.co_name, frame.f_locals.get("i")))
    if number == signal.SIGUSR2:
        raise LookupError("from the handler")


signal.signal(signal.SIGUSR1, handler)
signal.signal(signal.SIGUSR2, handler)


def loop(n):
    total = 0
    for i in range(n):
        if i == 3:
            signal.raise_signal(signal.SIGUSR1)
        total += i
        if i == 5:
            try:
                signal.raise_signal(signal.SIGUSR2)
                total += 100
            except LookupError as error:
                total += 1000
    return total


print(loop(8), log)


def changes_global(number, frame):
    global step
    step = "x"


step = 1
signal.signal(signal.SIGUSR1, changes_global)


def adds(n):
    out = 0
    for i in range(n):
        try:
            out += step
        except TypeError as error:
            return out, str(error)
        if i == 4:
            signal.raise_signal(signal.SIGUSR1)


print(adds(10))


def nested_handler(number, frame):
    log.append("outer handler")
    signal.signal(signal.SIGUSR2, lambda n, f: log.append("inner handler"))
    signal.raise_signal(signal.SIGUSR2)
    log.append("outer ends")


log.clear()
signal.signal(signal.SIGUSR1, nested_handler)
signal.raise_signal(signal.SIGUSR1)
print(log, signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)

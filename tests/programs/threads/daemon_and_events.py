import threading

event, done = threading.Event(), threading.Event()
log = []


def waiter():
    event.wait()
    log.append("released")
    done.set()


def forever():
    while True:
        pass


thread = threading.Thread(target=waiter)
thread.start()
event.set()
done.wait()
thread.join()
daemon = threading.Thread(target=forever, daemon=True)
daemon.start()
condition = threading.Condition()
items = []


def consumer(n):
    for _ in range(n):
        with condition:
            while not items:
                condition.wait()
            log.append(items.pop(0))


def producer(n):
    for i in range(n):
        with condition:
            items.append(i)
            condition.notify()


threads = [threading.Thread(target=consumer, args=(20,)), threading.Thread(target=producer, args=(20,))]
[t.start() for t in threads]
[t.join() for t in threads]
barrier = threading.Barrier(3)
parts = []


def meet(n):
    barrier.wait()
    parts.append(n)


threads = [threading.Thread(target=meet, args=(n,)) for n in range(3)]
[t.start() for t in threads]
[t.join() for t in threads]
timer = threading.Timer(0.001, log.append, ("timer",))
timer.start()
timer.join()
semaphore = threading.Semaphore(2)
with semaphore, semaphore:
    print(semaphore.acquire(blocking=False))
print(log, sorted(parts), daemon.is_alive())

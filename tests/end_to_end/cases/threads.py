# run: many
# run: locals
# run: executor
# run: queue
# run: timer
# run: barrier
"""Threads."""

import queue
import sys
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

what = sys.argv[1]
if what == "many":
    total = 0
    lock = threading.Lock()

    def add(n):
        global total
        for _ in range(100):
            with lock:
                total += n

    workers = [threading.Thread(target=add, args=(n,)) for n in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(total)
elif what == "locals":
    data = threading.local()
    data.x = "main"
    seen = []
    thread = threading.Thread(target=lambda: seen.append(hasattr(data, "x")))
    thread.start()
    thread.join()
    print(seen, data.x, threading.current_thread().name, threading.main_thread() is threading.current_thread())
elif what == "executor":
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(pow, n, 2) for n in range(10)]
        print(sorted(future.result() for future in as_completed(futures)))
        failing = pool.submit(int, "x")
        print(repr(failing.exception()))
elif what == "queue":
    work = queue.Queue()
    done = queue.Queue()

    def serve():
        while (item := work.get()) is not None:
            done.put(item * 2)

    thread = threading.Thread(target=serve)
    thread.start()
    for n in range(5):
        work.put(n)
    work.put(None)
    thread.join()
    print([done.get() for _ in range(5)])
elif what == "timer":
    event = threading.Event()
    threading.Timer(0.01, event.set).start()
    print(event.wait(10))
elif what == "barrier":
    barrier = threading.Barrier(3, action=lambda: print("all here"))
    workers = [threading.Thread(target=barrier.wait) for _ in range(2)]
    for worker in workers:
        worker.start()
    barrier.wait()
    for worker in workers:
        worker.join()

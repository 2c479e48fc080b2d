import queue
import sys
import threading

sys.setswitchinterval(1e-5)
lock = threading.Lock()
count = 0


def add(n):
    global count
    for _ in range(n):
        with lock:
            count += 1


threads = [threading.Thread(target=add, args=(500,)) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(count)


class Account:
    def __init__(self):
        self.balance, self.lock = 0, threading.RLock()

    def deposit(self, n):
        with self.lock:
            self.balance += n
            if n > 1:
                self.deposit(n - 1)


account = Account()
threads = [threading.Thread(target=account.deposit, args=(20,)) for _ in range(5)]
[t.start() for t in threads]
[t.join() for t in threads]
print(account.balance)
work, done = queue.Queue(), queue.Queue()


def worker():
    while (item := work.get()) is not None:
        done.put(item * item)


threads = [threading.Thread(target=worker) for _ in range(3)]
for t in threads:
    t.start()
for i in range(50):
    work.put(i)
for _ in threads:
    work.put(None)
for t in threads:
    t.join()
print(sorted(done.queue) == [i * i for i in range(50)])
local = threading.local()


def uses_local(n, out):
    local.value = 0
    for i in range(n):
        local.value += i
    out.append(local.value)


out = []
threads = [threading.Thread(target=uses_local, args=(n, out)) for n in (10, 20, 30)]
[t.start() for t in threads]
[t.join() for t in threads]
print(sorted(out), hasattr(local, "value"))
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(3) as pool:
    print(list(pool.map(lambda x: x**2, range(10))), pool.submit(divmod, 7, 2).result(), repr(pool.submit(lambda: 1 / 0).exception()))

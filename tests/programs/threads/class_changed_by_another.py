import threading


class Worker:
    step = 1

    def work(self, n):
        return n + self.step


def spin(worker, results, stop):
    seen = set()
    n = 0
    while not stop.is_set():
        seen.add(worker.work(0))
        n += 1
    results.append(seen)


stop, results, worker = threading.Event(), [], Worker()
thread = threading.Thread(target=spin, args=(worker, results, stop))
thread.start()


def wait_until(value, limit=10**7):
    return worker.work(0) == value


Worker.step = 5
assert wait_until(5)
Worker.work = lambda self, n: "patched"
assert wait_until("patched")
worker.work = lambda n: "instance"
assert wait_until("instance")
stop.set()
thread.join()
print(results[0] <= {1, 5, "patched", "instance"}, "instance" in results[0] or len(results[0]) > 0)

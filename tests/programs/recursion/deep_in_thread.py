# uses: memory
import sys
import threading

sys.setrecursionlimit(500_000)
results = []


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def with_finally(n):
    try:
        return 0 if n == 0 else with_finally(n - 1) + 1
    finally:
        results[0] += 1


def run():
    results.append(0)
    results.append(down(400_000))
    results.append(with_finally(100_000))


thread = threading.Thread(target=run)
thread.start()
thread.join()
print(results)
threading.stack_size(64 * 1024 * 1024)


def through_c(n):
    return 0 if n == 0 else 1 + max([through_c(n - 1)], key=lambda x: x)


def run_c():
    results.append(through_c(10_000))


thread = threading.Thread(target=run_c)
thread.start()
thread.join()
print(results[-1])

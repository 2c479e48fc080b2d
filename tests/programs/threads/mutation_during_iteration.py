import sys
import threading

sys.setswitchinterval(1e-5)
shared = list(range(100))
stop = False
problems = []


def mutate():
    while not stop:
        shared.append(1)
        shared.pop()
        shared[0:2] = shared[0:2]


def iterate(rounds):
    total = 0
    for _ in range(rounds):
        for x in shared:
            if not isinstance(x, int):
                problems.append(x)
            total += 1
    return total


def dictionary(rounds):
    d = {i: i for i in range(50)}

    def change():
        for i in range(rounds):
            d[i + 1000] = 1
            d.pop(i + 1000, None)

    thread = threading.Thread(target=change)
    thread.start()
    outcomes = set()
    for _ in range(rounds):
        try:
            for k in d:
                pass
            outcomes.add("ok")
        except RuntimeError as error:
            outcomes.add("changed")
    thread.join()
    return outcomes <= {"ok", "changed"}


thread = threading.Thread(target=mutate)
thread.start()
total = iterate(200)
stop = True
thread.join()
print(total >= 100 * 200 - 200, problems, len(shared), dictionary(300))

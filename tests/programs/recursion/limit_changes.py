import sys


def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


def depth_reached():
    deepest = 0

    def go(n):
        nonlocal deepest
        deepest = n
        go(n + 1)

    try:
        go(0)
    except RecursionError:
        pass
    return deepest


for limit in (100, 300, 1000, 5000, 150):
    sys.setrecursionlimit(limit)
    print(limit, depth_reached(), sys.getrecursionlimit())


def changes_while_deep(n):
    if n == 50:
        sys.setrecursionlimit(2000)
    if n == 1500:
        return "reached"
    return changes_while_deep(n + 1)


print(changes_while_deep(0))


def lowers(n):
    if n == 100:
        try:
            sys.setrecursionlimit(50)
        except RecursionError as error:
            return str(error)
    return lowers(n + 1)


print(lowers(0))
sys.setrecursionlimit(100)


def handler_at_limit(n):
    try:
        return handler_at_limit(n + 1)
    except RecursionError:
        return n


first = handler_at_limit(0)
print(first, handler_at_limit(0) == first)
sys.setrecursionlimit(1000)


def cleanup_counts():
    entered = exited = 0

    class M:
        def __enter__(self):
            nonlocal entered
            entered += 1

        def __exit__(self, *a):
            nonlocal exited
            exited += 1

    def go():
        with M():
            go()

    try:
        go()
    except RecursionError:
        pass
    return entered - exited


print(cleanup_counts())

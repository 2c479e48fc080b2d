# run: process fork
# run: process spawn
# run: process forkserver
# run: pool fork
# run: pool spawn
# run: pool forkserver
# run: executor fork
# run: executor spawn
# run: executor forkserver
# run: manager spawn
# run: manager forkserver
# run: exitcode spawn
# run: exitcode forkserver
# run: exception spawn
# run: shared spawn
# run: names spawn
# run: main spawn
# run: main forkserver
"""multiprocessing with each of its start methods."""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor


class Point:
    """Pickled by the name of its module: `__main__` here, `__mp_main__` there."""

    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Point) and self.x == other.x


def square(n):
    return n * n


def double(point):
    return Point(point.x * 2)


def put(queue, value):
    queue.put((value, multiprocessing.current_process().name, multiprocessing.parent_process() is not None))


def leave(code):
    sys.exit(code)


def fail():
    raise ValueError("in the child")


def fill(array):
    for index in range(len(array)):
        array[index] = index * 10


def tell(queue):
    import __main__

    queue.put((__name__, __main__.__name__, square.__module__, multiprocessing.current_process().name))


def main(what, method):
    context = multiprocessing.get_context(method)
    if what == "process":
        queue = context.Queue()
        process = context.Process(target=put, args=(queue, Point(3).x), name="one")
        process.start()
        print(queue.get(timeout=60))
        process.join()
        print(process.exitcode)
    elif what == "pool":
        with context.Pool(2) as pool:
            print(pool.map(square, range(6)))
            print(pool.apply(double, (Point(4),)) == Point(8))
    elif what == "executor":
        with ProcessPoolExecutor(2, mp_context=context) as pool:
            print(list(pool.map(square, range(6))))
            print(repr(pool.submit(fail).exception()))
    elif what == "manager":
        with context.Manager() as manager:
            shared = manager.dict(a=1)
            shared["b"] = 2
            print(dict(shared), list(manager.list([1, 2])))
    elif what == "exitcode":
        for code in (0, 3):
            process = context.Process(target=leave, args=(code,))
            process.start()
            process.join()
            print(process.exitcode)
    elif what in ("exception", "main"):
        process = context.Process(target=fail, name="failing")
        process.start()
        process.join()
        print(process.exitcode)
    elif what == "shared":
        array = context.Array("i", 4)
        process = context.Process(target=fill, args=(array,))
        process.start()
        process.join()
        print(list(array))
    elif what == "names":
        queue = context.Queue()
        process = context.Process(target=tell, args=(queue,), name="child")
        process.start()
        print(queue.get(timeout=60))
        process.join()


def break_main():
    """The main module fails where it is run again."""
    raise LookupError("not in a child")


if __name__ == "__mp_main__" and sys.argv[1] == "main":
    break_main()
if __name__ == "__main__":
    main(*sys.argv[1:])

"""Functions that the standard library calls, from its bytecode and from C: tests, sort keys, threads, decorators, protocols."""

import argparse
import asyncio
import bisect
import collections
import contextlib
import copy
import functools
import heapq
import io
import itertools
import json
import logging
import operator
import queue
import re
import sched
import sys
import threading
import time
import unittest
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field


class Tests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = []

    def setUp(self):
        self.log.append("up")

    def tearDown(self):
        self.log.append("down")

    def test_one(self):
        self.assertRaises(ValueError, self.fails, 1)
        self.addCleanup(self.clean)

    def test_two(self):
        with self.subTest(number=2):
            self.assertEqual(sorted(self.log), ["down", "up", "up"])

    def fails(self, number):
        raise ValueError(number)

    def clean(self):
        self.log.append("clean")


def run_tests():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Tests)
    print(unittest.TextTestRunner(io.StringIO()).run(suite))


def percentage(text):
    return float(text.rstrip("%")) / 100


class Store(argparse.Action):
    def __call__(self, parser, namespace, values, option=None):
        setattr(namespace, self.dest, values * 2)


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("shares", type=percentage, nargs="*")
    parser.add_argument("--twice", action=Store, type=percentage)
    print(parser.parse_args(["10%", "20%", "--twice", "5%"]))


def last(word):
    return word[-1]


def by_length(a, b):
    return len(a) - len(b)


def sort():
    words = ["three", "one", "four"]
    print(sorted(words, key=last), sorted(words, key=functools.cmp_to_key(by_length)), max(words, key=last))
    print(list(itertools.groupby(words, last))[0][0], heapq.nsmallest(1, words, key=last), bisect.bisect(["a", "z"], "e", key=last))


def written_in_python():
    """functools as it is without its part in C: what cmp_to_key and lru_cache make is bytecode."""
    saved = sys.modules["functools"], sys.modules["_functools"]
    sys.modules["_functools"] = None
    del sys.modules["functools"]
    import functools as python

    sys.modules["functools"], sys.modules["_functools"] = saved
    print(sorted(["aaa", "b", "cc"], key=python.cmp_to_key(by_length)), python.reduce(combine, [1, 2, 3]))
    print(python.lru_cache(maxsize=2)(square)(3), python.partial(combine, 1)(2))


@functools.total_ordering
class Version:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return self.number == other.number

    def __lt__(self, other):
        return self.number < other.number


def order():
    print(Version(1) >= Version(2), Version(1) > Version(2), Version(3) <= Version(2))


def target(out):
    out.put(threading.current_thread().name)


class Worker(threading.Thread):
    def run(self):
        self.answer = 42


def square(number):
    return number * number


def threads():
    out = queue.Queue()
    thread = threading.Thread(target=target, args=(out,), name="other")
    thread.start()
    thread.join()
    worker = Worker()
    worker.start()
    worker.join()
    with ThreadPoolExecutor(2) as pool:
        print(out.get(), worker.answer, list(pool.map(square, range(4))))


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs) + 1

    return wrapper


@traced
def plus(a, b=1):
    return a + b


@functools.lru_cache(maxsize=None)
def cached(n):
    return n if n < 2 else cached(n - 1) + cached(n - 2)


@functools.singledispatch
def show(value):
    return "other"


@show.register
def show_int(value: int):
    return "int"


class Lazy:
    @functools.cached_property
    def value(self):
        return 7

    @functools.partialmethod
    def part(self):
        return 8


@contextlib.contextmanager
def opened(name):
    yield name.upper()


class Closing(contextlib.ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


@Closing()
def within():
    return "within"


def pushed():
    print("popped")


def decorators():
    with opened("x") as name, contextlib.ExitStack() as stack:
        stack.callback(pushed)
        print(plus(1), plus(1, b=2), cached(10), show(1), show(""), Lazy().value, Lazy().part(), name, within())
    print(functools.reduce(combine, [1, 2, 3]), functools.partial(combine, 1)(2))


def combine(a, b):
    return a * 10 + b


@dataclass(order=True)
class Point:
    x: int
    y: list = field(default_factory=lambda: [1])

    def __post_init__(self):
        self.x += 1


class Copied:
    def __deepcopy__(self, memo):
        return "copied"

    def __reduce__(self):
        return (str, ("reduced",))


def encode(value):
    return str(value)


def hook(pairs):
    return len(pairs)


def upper(match):
    return match[0].upper()


class Handler(logging.Handler):
    def emit(self, record):
        print(record.getMessage())


class Missing(collections.UserDict):
    def __missing__(self, key):
        return key * 2


def gone(reference):
    print("gone")


def scheduled():
    print("scheduled")


def protocols():
    print(Point(1) < Point(2), Point(1), copy.deepcopy([Copied()]), copy.copy(Copied()))
    print(json.dumps([1j], default=encode), json.loads('{"a": {}}', object_pairs_hook=hook))
    print(re.sub("a|b", upper, "cab"), Missing()["x"])
    logger = logging.getLogger("callbacks")
    logger.addHandler(Handler())
    logger.warning("logged")
    kept = Version(1)
    weakref.finalize(kept, scheduled)
    reference = weakref.ref(kept, gone)
    del kept
    times = sched.scheduler(time.monotonic)
    times.enter(0, 1, scheduled)
    times.run()
    print(reference(), operator.methodcaller("upper")("x"))


def called_soon(out):
    out.append("soon")


def in_thread():
    return "thread"


async def loop():
    out = []
    asyncio.get_running_loop().call_soon(called_soon, out)
    await asyncio.sleep(0)
    print(out, await asyncio.to_thread(in_thread))


run_tests()
parse()
sort()
written_in_python()
order()
threads()
decorators()
protocols()
asyncio.run(loop())

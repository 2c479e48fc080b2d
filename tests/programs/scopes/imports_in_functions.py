import sys


def use():
    import json as j
    from collections import OrderedDict, deque as dq
    import os.path
    import xml.dom.minidom

    return j.dumps([1]), OrderedDict(a=1)["a"], list(dq([1])), os.path.join("a", "b"), xml.dom.minidom.__name__


print(use(), use(), "json" in sys.modules)


def missing():
    try:
        import no_such_module_at_all
    except ModuleNotFoundError as error:
        return str(error), error.name


print(missing())


def star():
    scope = {}
    exec("from math import *", scope)
    return scope["pi"]


print(star())
sys.modules["fake_module"] = type("Fake", (), {"attr": 5, "__all__": ["attr"]})()
import fake_module
from fake_module import attr

print(fake_module.attr, attr)
sys.modules["blocked"] = None
try:
    import blocked
except ImportError as error:
    print(error)
try:
    from math import nothing_there
except ImportError as error:
    print(str(error).split(" (")[0])


def rebinding():
    import math

    before = math.floor(2.5)
    saved = math.floor
    math.floor = lambda x: "patched"
    after = math.floor(2.5)
    math.floor = saved
    return before, after, math.floor(3.5)


print(rebinding(), __name__, __package__, __spec__, __doc__)
import importlib

print(importlib.import_module("string").digits)

import _import_order_a
import sys

print(_import_order_a.log)
import _import_order_a as again

print(again is _import_order_a, again.log)
from _import_order_a import log, lazy
import _import_order_b

print(_import_order_b.seen, lazy(), log)
import importlib

log.clear()
importlib.reload(_import_order_b)
print(log, sys.modules["_import_order_b"] is _import_order_b)
_import_order_b.helper = lambda: "patched from outside"
print(_import_order_b.use())
del sys.modules["_import_order_b"]
import _import_order_b as fresh

print(fresh is _import_order_b, fresh.use(), _import_order_b.use())
try:
    from _import_order_a import nothing
except ImportError as error:
    print(str(error).split(" (")[0])


def inside():
    from _import_order_b import helper

    return helper()


print(inside())

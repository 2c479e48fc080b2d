import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def method(self):
        return self.name


def callback(ref):
    print("callback", ref() is None)


def to_local():
    thing = Thing("local")
    ref = weakref.ref(thing, callback)
    print(ref() is thing)
    thing = 5
    print(ref())
    return ref


def function_ref():
    def inner():
        return 1

    ref = weakref.ref(inner)
    alive = ref() is inner
    del inner
    return alive, ref()


def loop(n):
    alive = []
    for i in range(n):
        thing = Thing(i)
        ref = weakref.ref(thing)
        alive.append(ref().name)
        if i:
            alive.append(previous() is None)
        previous = ref
    return alive


def argument(thing):
    ref = weakref.ref(thing)
    del thing
    return ref


def returned_reference(ref):
    return ref()


print(to_local()(), function_ref(), loop(3), argument(Thing("x"))())
kept = Thing("kept")
print(argument(kept)() is kept, weakref.getweakrefcount(kept), weakref.WeakMethod(kept.method)()(), weakref.ref(kept.method)())
values, keys, things = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()
values["a"], keys[kept] = kept, "v"
things.add(kept)
things.add(Thing("temporary"))
print(len(values), len(keys), len(things))
del kept
gc.collect()
print(len(values), len(keys), len(things))
proxy_target = Thing("proxied")
proxy = weakref.proxy(proxy_target)
print(proxy.name, proxy.method())
del proxy_target
for use in (lambda: proxy.name, lambda: proxy.method()):
    try:
        use()
    except ReferenceError as error:
        print(error)
for bad in (5, "x", (1,), None, [1]):
    try:
        weakref.ref(bad)
    except TypeError as error:
        print(error)
weakref.finalize(Thing("finalized"), print, "finalizer", 1)
ref = weakref.ref(loop)
print(ref() is loop, weakref.ref(Thing)() is Thing)
from weakref import ref as make


def closure_ref():
    thing = Thing("cell")

    def get():
        return thing

    return make(thing), get


r, get = closure_ref()
print(r() is get())
del get
print(r())

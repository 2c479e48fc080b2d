import builtins
import types


def f():
    return len("abc")


g = types.FunctionType(f.__code__, {"__builtins__": {"len": lambda x: "own len"}})
print(f(), g(), g.__builtins__.keys())
h = types.FunctionType(f.__code__, {"__builtins__": {}})
try:
    h()
except NameError as error:
    print(error)
original = __builtins__
__builtins__ = {"len": lambda x: "module"}
print(f())
__builtins__ = original
scope = {"__builtins__": {"print": print, "__build_class__": builtins.__build_class__, "__name__": "x"}}
exec("class A:\n    x = 1\nprint(A.x, A.__module__)", scope)
try:
    exec("len([])", scope)
except NameError as error:
    print(error)
try:
    exec("import os", {"__builtins__": {}})
except ImportError as error:
    print(error)
try:
    exec("class A: pass", {"__builtins__": {}})
except NameError as error:
    print(error)
real = builtins.__build_class__


def build(function, name, *bases, **keywords):
    print("building", name)
    return real(function, name, *bases, **keywords)


builtins.__build_class__ = build


class Watched:
    pass


builtins.__build_class__ = real
real_import = builtins.__import__


def watching(name, globals=None, locals=None, fromlist=(), level=0):
    if globals and globals["__name__"] == "__main__":
        print("import", name, fromlist, level)
    return real_import(name, globals, locals, fromlist, level)


builtins.__import__ = watching


def importing():
    import string
    from keyword import kwlist as kw
    import os.path as p

    return string.digits, len(kw), p.__name__


print(importing())
builtins.__import__ = real_import

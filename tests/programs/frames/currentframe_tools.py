import inspect
import sys


def info():
    caller = inspect.stack()[1]
    return caller.function, caller.lineno, caller.code_context[0].strip(), caller.positions


class K:
    def method(self, a, *b, c=1, **d):
        frame = inspect.currentframe()
        return inspect.getargvalues(frame).args, info(), inspect.getframeinfo(frame).function


print(info(), K().method(1, 2, c=3))
print(inspect.getsource(info))
print(inspect.getsource(K))
print(inspect.getsource(lambda x: x + 1))
print(inspect.signature(K.method), inspect.signature(K().method), inspect.getsourcelines(K.method)[1], inspect.getdoc(info), inspect.isfunction(info), inspect.getmodule(info).__name__)


def annotated(a: int, b: "str" = "x", /, c=1.5, *args: float, d, e=None, **kw: dict) -> list[int]:
    """Doc
    of two lines."""


print(inspect.signature(annotated), inspect.getfullargspec(annotated), inspect.getdoc(annotated), inspect.signature(annotated).bind(1, d=2).arguments)
print(inspect.getclosurevars(annotated).builtins, inspect.isgeneratorfunction(annotated), inspect.getcallargs(info), [n for n, _ in inspect.getmembers(K, inspect.isfunction)])


def closure():
    secret = [1]

    def inner():
        return secret, sys

    return inner


print(inspect.getclosurevars(closure()).nonlocals, sorted(inspect.getclosurevars(closure()).globals))
for bad in (len, 5, sys):
    try:
        inspect.getsource(bad)
    except (TypeError, OSError) as error:
        print(type(error).__name__, str(error)[:60].split("<")[0])
g = (x for x in range(2))
next(g)
print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g)["x"])
print(inspect.unwrap(__import__("functools").wraps(info)(lambda: 0)) is info)

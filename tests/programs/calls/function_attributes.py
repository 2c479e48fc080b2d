def f(a: int, b: "str" = "x", *args: float, c=1, **kw) -> bool:
    """The doc."""
    local = a
    return bool(local)


f.custom = [1]
print(f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__annotations__, f.__dict__, f.__defaults__, f.__kwdefaults__, f.__closure__)
code = f.__code__
print(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_varnames, code.co_nlocals, code.co_flags, code.co_names, code.co_firstlineno, code.co_stacksize > 0, code.co_consts)


def outer():
    x = 1

    def inner():
        return x

    class Local:
        def method(self):
            return lambda: x

    return inner, Local


inner, Local = outer()
print(inner.__qualname__, inner.__closure__[0].cell_contents, inner.__code__.co_freevars, outer.__code__.co_cellvars, Local.__qualname__, Local().method().__qualname__)
f.__name__ = "renamed"
f.__qualname__ = "Q.renamed"
f.__doc__ = None
try:
    f()
except TypeError as error:
    print(error)
import types

clone = types.FunctionType(f.__code__, {"bool": lambda x: "fake"}, "clone", (7,), None)
clone.__kwdefaults__ = {"c": 2}
print(clone(1), clone.__name__, clone.__globals__.keys() == {"bool", "__builtins__"} or sorted(clone.__globals__), type(f), isinstance(f, types.FunctionType), f == clone, f.__get__(5)(c=1), hash(f) == hash(f))
try:
    types.FunctionType(inner.__code__, {})
except TypeError as error:
    print(error)
print(types.FunctionType(inner.__code__, {}, closure=(types.CellType(42),))())

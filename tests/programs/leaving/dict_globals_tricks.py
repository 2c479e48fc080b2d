import sys


def read():
    return value


class Value:
    def __repr__(self):
        return "Value"


value = 1
out = []
for i in range(12):
    if i == 1:
        globals()["value"] = 2
    if i == 2:
        sys.modules["__main__"].value = 3
    if i == 3:
        setattr(sys.modules["__main__"], "value", 4.5)
    if i == 4:
        exec("value = 'exec'")
    if i == 5:
        globals().update(value=Value())
    if i == 6:
        del globals()["value"]
        __builtins__.value = "builtin"
    if i == 7:
        value = 7
        del __builtins__.value
    if i == 8:
        globals().pop("value")
        globals().setdefault("value", 8)
    if i == 9:
        for n in range(200):
            globals()[f"filler_{n}"] = n
    if i == 10:
        for n in range(200):
            del globals()[f"filler_{n}"]
        value = 10
    out.append(read())
print(out)
import types

module = types.ModuleType("made")
exec("def f():\n    return x\nx = 1", module.__dict__)
print(module.f())
module.x = 2
print(module.f(), module.f.__globals__ is module.__dict__)
del module.x
try:
    module.f()
except NameError as error:
    print(error)


class G(dict):
    def __getitem__(self, key):
        return f"G {key}"

    def __missing__(self, key):
        return f"missing {key}"


print(eval("x", G()), eval("x", {}, G()))
function = types.FunctionType(read.__code__, G(value=5))
print(function())

import sys

import _lazy_module

print(_lazy_module.real, _lazy_module.computed_a, _lazy_module.computed_b)
try:
    _lazy_module.missing
except AttributeError as error:
    print(error)
from _lazy_module import computed_c, real

print(computed_c, real, dir(_lazy_module))
try:
    from _lazy_module import missing
except ImportError as error:
    print(str(error).split(" (")[0])


def loop(n):
    out = []
    for i in range(n):
        out.append(_lazy_module.value)
        if i == 1:
            _lazy_module.value = "replaced"
        if i == 3:
            del _lazy_module.value
            _lazy_module.computed_value = 1
        if i == 3:
            _lazy_module.__getattr__ = lambda name: f"new getattr {name}"
    return out


print(loop(6))


class Module(type(sys)):
    def __getattribute__(self, name):
        if name == "special":
            return "from class"
        return super().__getattribute__(name)

    @property
    def prop(self):
        return "property of a module"


_lazy_module.__class__ = Module
print(_lazy_module.special, _lazy_module.prop, _lazy_module.use_own())

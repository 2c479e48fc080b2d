# run:
"""Code objects, frames and what reads them."""

import dis
import inspect
import io
import logging
import os
import sys
import warnings


def caller():
    frame = sys._getframe(1)
    return frame.f_code.co_name, frame.f_lineno, os.path.basename(frame.f_code.co_filename), sorted(frame.f_locals)


def function(a, b=2, *args, c, d: int = 4, **kwargs) -> str:
    """A docstring."""
    local = a
    return caller(), local


print(function(1, c=3))
print(inspect.signature(function), inspect.getdoc(function), function.__defaults__, function.__kwdefaults__)
print(function.__code__.co_firstlineno, function.__code__.co_varnames, function.__annotations__)
print([line for _, _, line in function.__code__.co_lines() if line][:3])
print(os.path.basename(inspect.getfile(function)), inspect.getmodule(function).__name__)
logging.basicConfig(format="%(levelname)s %(filename)s:%(lineno)d %(funcName)s %(module)s %(message)s", stream=sys.stdout)
logging.warning("found")
warnings.warn("a warning of the program", stacklevel=1)
warnings.warn_explicit("explicit", UserWarning, "somewhere.py", 3)
out = io.StringIO()
dis.dis(lambda x: x + 1, file=out)
print("LOAD_FAST" in out.getvalue())
namespace = {}
exec(compile("def made():\n    raise ValueError('made')", "<made>", "exec"), namespace)
try:
    namespace["made"]()
except ValueError as error:
    print(error.__traceback__.tb_next.tb_frame.f_code.co_filename)
generator = (n for n in range(3))
next(generator)
print(inspect.getgeneratorstate(generator), generator.gi_frame.f_locals["n"])
sys.settrace(lambda frame, event, arg: None)
sys.settrace(None)
calls = []
sys.setprofile(lambda frame, event, arg: calls.append(event))
len([])
sys.setprofile(None)
print(calls[:2])

# run:
"""What `__main__` is."""

import __main__
import sys

print(__name__, __doc__)
print(__spec__, __package__, type(__loader__).__name__ != "")
print(sys.modules["__main__"] is __main__, __main__.__dict__ is globals())
print(__builtins__.__name__, "__annotations__" in globals())
print(sorted(name for name in globals() if not name.startswith("__")))
x: int = 3
print(__annotations__)
import os.path  # noqa: E402

print(os.path.basename(__file__), os.path.isabs(__file__))
print("class:", type("C", (), {}).__module__, (lambda: 0).__module__, (lambda: 0).__qualname__)
print(sys.argv[0] != "", os.path.basename(sys._getframe().f_code.co_filename))

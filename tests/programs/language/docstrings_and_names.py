"""Module docstring."""


def documented():
    """Function doc."""


def not_documented():
    x = """not a doc"""
    return x


class K:
    """Class doc."""

    attr = 1
    """attribute doc is dropped"""

    def m(self):
        f"""not {self} a doc"""


async def co():
    """co doc"""


def gen():
    """gen doc"""
    yield


print(__doc__, documented.__doc__, not_documented.__doc__, K.__doc__, K.m.__doc__, co.__doc__, gen.__doc__, (lambda: "x").__doc__, K.__name__, K.m.__qualname__, documented.__module__, (lambda: 0).__name__, co.__code__.co_flags & 0x80 != 0)
documented.__doc__ = "changed"
K.__doc__ = "changed class"
print(documented.__doc__, K.__doc__)
import os

print(os.path.basename(__file__), __name__, __builtins__.__name__)

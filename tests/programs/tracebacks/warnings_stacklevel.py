import sys
import warnings

warnings.simplefilter("always")


def old(level=2):
    warnings.warn(f"old, level {level}", DeprecationWarning, stacklevel=level)


def user():
    old()
    old(1)
    old(3)
    old(50)


class Thing:
    def __init__(self):
        old()

    @property
    def p(self):
        old()
        return 1


user()
Thing().p
[old() for _ in range(2)]
(lambda: old(2))()
warnings.simplefilter("default")
for _ in range(3):
    old()
    warnings.warn("same place")
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    user()
print([(str(w.message), w.lineno, w.category.__name__) for w in caught])
warnings.simplefilter("error")
try:
    user()
except DeprecationWarning as error:
    print("raised", error)
print(sorted(k for k in globals().get("__warningregistry__", {}) if k != "version"), file=sys.stdout)

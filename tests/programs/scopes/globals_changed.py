# run: change
# record: keep
import sys

CHANGE = sys.argv[1:] != ["keep"]
factor = 2


def scale(x):
    return x * factor


def loop(n):
    global factor
    out = []
    for i in range(n):
        out.append(scale(i))
        if not CHANGE:
            continue
        if i == 2:
            factor = 2.5
        if i == 4:
            factor = "ab"
        if i == 6:
            globals()["factor"] = [i]
        if i == 8:
            exec("factor = 2**62", globals())
    return out


print(loop(12))
del factor
try:
    scale(1)
except NameError as error:
    print(error)
__builtins__.factor = "from builtins "
print(scale(2))
factor = 3
print(scale(2))
del factor
print(scale(1))
del __builtins__.factor


def declares():
    global made_here
    made_here = 5
    del made_here
    try:
        return made_here
    except NameError as error:
        return str(error)


print(declares())

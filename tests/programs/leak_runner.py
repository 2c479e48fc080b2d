"""Runs one program many times in one process and says what of it stays; the entry point of the built program, and run by CPython.

`leak_runner.py ANSWER MODULE [ARGUMENT...]`: the module's code is executed again and again as `__main__`, with a new namespace each
time; so functions and classes are made anew and die, and their code objects, with native code or without, are the same ones. The file
ANSWER gets JSON: `blocks` (allocated ones) and `references` (to what never dies: None, small ints, builtins, ...; in a debugging CPython
all that there are), for each round. Standard library only.
"""

import builtins
import gc
import importlib.util
import io
import json
import os
import sys
import threading
import types
import warnings
from array import array
from pathlib import Path

ROUNDS = 10


def immortal():
    """Objects that live as long as the process, which generated code refers to."""
    singles = [None, True, False, NotImplemented, Ellipsis, (), b"", "", frozenset(), *range(-5, 257)]
    characters = [chr(number) for number in range(256)]
    return [*singles, *characters, *vars(builtins).values(), *vars(types).values()]


def references(objects):
    """How many there are."""
    total = getattr(sys, "gettotalrefcount", None)
    return total() if total is not None else sum(map(sys.getrefcount, objects))


def forget():
    """Bring back what a program may have set, and collect what it left."""
    sys.settrace(None)
    sys.setprofile(None)
    threading.settrace(None)
    threading.setprofile(None)
    sys.setrecursionlimit(1000)
    gc.enable()
    gc.set_threshold(700, 10, 10)
    gc.callbacks.clear()
    warnings.resetwarnings()
    sys._clear_type_cache()
    for _ in range(4):
        gc.collect()
    gc.garbage.clear()


def run(code, path):
    """Execute the program once, as far as it comes."""
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    sys.stdout = io.StringIO()
    sys.stderr = io.StringIO()
    sys.stdin = io.StringIO("")
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        ending = type(error).__name__
    else:
        ending = ""
    finally:
        sys.stdout, sys.stderr, sys.stdin = sys.__stdout__, sys.__stderr__, sys.__stdin__
    sys.modules["__main__"] = ME
    return ending


ME = sys.modules["__main__"]


def main():
    answer, name, *arguments = sys.argv[1:]
    sys.argv[:] = [name, *arguments]
    spec = importlib.util.find_spec(name)
    code, path = spec.loader.get_code(name), spec.origin
    objects = immortal()
    blocks, counts = array("q", [0] * ROUNDS), array("q", [0] * ROUNDS)  # which take no blocks
    endings = [""] * ROUNDS
    hooks = sys.excepthook, sys.unraisablehook, sys.displayhook, threading.excepthook, builtins.print
    folder = Path.cwd()
    for number in range(ROUNDS):
        endings[number] = run(code, path)
        os.chdir(folder)
        sys.excepthook, sys.unraisablehook, sys.displayhook, threading.excepthook, builtins.print = hooks
        forget()
        blocks[number], counts[number] = sys.getallocatedblocks(), references(objects)
    Path(answer).write_text(json.dumps({"blocks": list(blocks), "references": list(counts), "endings": endings}))
    os._exit(0)  # whatever threads or exit handlers the program has left


main()

"""What dies at the end is seen to die: cycles are left uncollected only where nobody can tell."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

from pathlib import Path

from tests.unit.runtime.building import script
from tests.unit.runtime.conftest import Maker

CYCLE = "c = C(); c.self = c\n"
WATCHED = {
    "del_in_cycle": "class C:\n    def __del__(self): print('del')\n" + CYCLE,
    "del_in_cycle_of_functions": "class C:\n    def __del__(self): print('del')\ndef f(): return c\nc = C(); c.f = f\n",
    "del_without_collector": "class C:\n    __slots__ = ()\n    def __del__(self): print('del')\nclass Box: pass\nb = Box(); b.self = b; b.c = C()\n",
    "del_of_class_made_later": "import atexit\ndef late():\n    class C:\n        def __del__(self): print('del')\n    global c\n    c = C(); c.self = c\natexit.register(late)\n",
    "del_of_metaclass": "class M(type):\n    def __del__(cls): print('del', cls.__name__)\nclass C(metaclass=M): pass\n",
    "weak_callback": "import weakref\nclass C: pass\n"
    + CYCLE
    + "r = weakref.ref(c, lambda r: print('died'))\nkeep = [r]; keep.append(keep)\ndel c\n",
    "weak_callback_at_exit": "import sys, weakref\nclass C: pass\n" + CYCLE + "sys.r = weakref.ref(c, lambda r: print('died'))\n",
    "weak_method": "import sys, weakref\nclass C:\n    def m(self): pass\n"
    + CYCLE
    + "sys.r = weakref.WeakMethod(c.m, lambda r: print('died'))\n",
    "finalize": "import weakref\nclass C: pass\n" + CYCLE + "weakref.finalize(c, print, 'finalized')\n",
    "finalize_not_atexit": "import weakref\nclass C: pass\n" + CYCLE + "weakref.finalize(c, print, 'finalized').atexit = False\n",
    "generator": "def g():\n    me = []\n    me.append(me)\n    try: yield me\n    finally: print('closed')\nx = g(); next(x).append(x)\n",
    "file_in_cycle": "import sys\nclass C: pass\n"
    + CYCLE
    + "c.file = open(1, 'w', closefd=False)\nc.file.write('written at the end\\n')\n",
    "collector_callback": "import gc\ngc.callbacks.append(lambda phase, info: print(phase, file=__import__('sys').__stdout__))\n",
    "warned_of_open_file": "import sys, warnings\nclass C: pass\n"
    + CYCLE
    + "sys.warnoptions.append('default'); warnings.simplefilter('default')\nc.file = open('/dev/null')\n",
    "coroutine_never_awaited": "class C: pass\n" + CYCLE + "async def f(): pass\nc.f = f()\n",
    "async_generator": "class C: pass\n"
    + CYCLE
    + "async def g():\n    try: yield\n    finally: print('closed')\nx = g()\ntry: x.asend(None).send(None)\nexcept StopIteration: pass\nc.x = x\n",
    "database": "import os, sqlite3\nc = sqlite3.connect('end.db'); c.execute('pragma journal_mode=wal'); c.execute('create table t(x)'); c.commit()\nclass C: pass\ne = C(); e.e = e; e.c = c\n"
    "print(sorted(n for n in os.listdir() if n.startswith('end.db')))\n",
    "nothing_special": "import abc, collections, dataclasses, enum, functools, logging, re, threading, typing\nlocal = threading.local(); local.x = 1\n"
    "@functools.singledispatch\ndef f(x): pass\nprint('end')\n",
}


def take_away(folder: Path) -> list[str]:
    """The names of the database's files, which are removed."""
    paths = sorted(folder.glob("end.db*"))
    for path in paths:
        path.unlink()
    return [path.name for path in paths]


def test_the_end_is_cpythons(make_both: Maker) -> None:
    files = {f"{name}.py": code for name, code in WATCHED.items()}
    built = make_both(files, [script(name, default=False) for name in files])
    for name in files:
        expected = built.cpython(name)
        left_by_python = take_away(built.source)
        actual = built.run(env={"PYBUILD_ENTRY_POINT": name.removesuffix(".py")}, cwd=built.source)
        assert (actual.stdout, actual.returncode) == (expected.stdout, expected.returncode), name
        assert built.neutral(actual.stderr).splitlines()[:1] == built.neutral(expected.stderr).splitlines()[:1], name
        assert take_away(built.source) == left_by_python, name

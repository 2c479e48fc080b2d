"""How a program ends: status, messages, signals, atexit, threads, buffers; always what CPython does with the same script."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.unit.runtime.building import PayloadEntry, script
from tests.unit.runtime.conftest import Built, Maker, clean_environment

ENDINGS = {
    "falls_off_the_end": "print('x')",
    "exit_3": "import sys; sys.exit(3)",
    "exit_none": "import sys; sys.exit(None)",
    "exit_true": "import sys; sys.exit(True)",
    "exit_text": "import sys; print('out'); sys.exit('went wrong é')",
    "exit_object": "import sys; sys.exit([1, 'a'])",
    "exit_large": "import sys; sys.exit(257)",
    "exit_negative": "import sys; sys.exit(-1)",
    "exit_huge": "import sys; sys.exit(10**30)",
    "exit_tuple": "import sys; sys.exit((1, 2))",
    "exit_empty_text": "import sys; sys.exit('')",
    "exit_broken_str": "import sys\nclass C:\n    def __str__(self): raise ValueError\nsys.exit(C())",
    "exit_without_stderr": "import sys; sys.stderr = None; sys.exit('text')",
    "raise_system_exit_class": "raise SystemExit",
    "raise_subclass": "class E(SystemExit): pass\nraise E(7)",
    "exit_in_nested_call": "import sys\ndef f():\n    try: sys.exit(4)\n    finally: print('finally')\nf()",
    "site_exit": "exit(5)",
    "site_quit": "quit('bye')",
    "uncaught": "print('before')\n1/0",
    "os_exit": "import os, sys; sys.stdout.write('lost'); os._exit(9)",
    "abort_signal": "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "keyboard_interrupt": "import os, signal; print('a', flush=True); os.kill(os.getpid(), signal.SIGINT)",
    "keyboard_interrupt_raised": "raise KeyboardInterrupt('x')",
    "keyboard_interrupt_subclass": "class K(KeyboardInterrupt): pass\nraise K",
    "keyboard_interrupt_caught": "import sys\ntry: raise KeyboardInterrupt\nexcept KeyboardInterrupt: sys.exit(11)",
    "atexit_order": "import atexit\natexit.register(print, 'first')\natexit.register(print, 'last')\nprint('main')",
    "atexit_raises": "import atexit\natexit.register(lambda: 1/0)\nprint('main')",
    "atexit_exits": "import atexit, sys\natexit.register(lambda: sys.exit(8))\nprint('main')",
    "atexit_after_error": "import atexit\natexit.register(print, 'late')\n1/0",
    "atexit_and_buffers": "import atexit, os\natexit.register(lambda: os.write(1, b'fd\\n'))\nprint('buffered')",
    "thread_is_waited_for": "import threading\ne = threading.Event()\ndef f():\n    e.wait()\n    print('thread')\nthreading.Thread(target=f).start()\nprint('main')\ne.set()",
    "daemon_thread": "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\nprint('main')",
    "thread_raises": "import threading\nt = threading.Thread(target=lambda: 1/0, name='worker')\nt.start()\nt.join()\nprint('main')",
    "thread_exits": "import sys, threading\nt = threading.Thread(target=sys.exit, args=(3,))\nt.start()\nt.join()\nprint('main')",
    "del_of_global": "class C:\n    def __del__(self): print('del')\nc = C()",
    "del_of_cycle": "class C:\n    def __del__(self): print('del')\nc = C()\nc.self = c\ndel c\nprint('end')",
    "del_of_cycle_at_exit": "class C:\n    def __del__(self): print('del')\nc = C()\nc.self = c",
    "del_raises": "class C:\n    def __del__(self): raise ValueError('in del')\nC()\nprint('end')",
    "weakref_callback": "import weakref\nclass C: pass\nc = C()\nr = weakref.finalize(c, print, 'finalized')",
    "stdout_closed": "import sys\nsys.stdout.close()",
    "stdout_descriptor_closed": "import os\nprint('x')\nos.close(1)",
    "excepthook_replaced": "import sys\nsys.excepthook = lambda t, v, tb: print('hook', t.__name__, v)\n1/0",
    "excepthook_raises": "import sys\ndef hook(*a): raise KeyError('k')\nsys.excepthook = hook\n1/0",
    "excepthook_exits": "import sys\nsys.excepthook = lambda *a: sys.exit(6)\n1/0",
    "excepthook_deleted": "import sys\ndel sys.excepthook\n1/0",
    "stderr_is_none": "import sys\nsys.stderr = None\n1/0",
    "last_exception": "import atexit, sys\natexit.register(lambda: print(sys.last_type.__name__, sys.last_value))\n1/0",
    "unfinished_generator": "def g():\n    try: yield\n    finally: print('closed')\nx = g()\nnext(x)",
    "unawaited": "async def f(): pass\nf()",
    "resource_warning": "import warnings\nwarnings.simplefilter('always')\nopen('/dev/null')\nprint('end')",
    "warning": "import warnings\nwarnings.warn('careful')",
    "asyncio_run": "import asyncio\nasync def main():\n    await asyncio.gather(*(asyncio.sleep(0) for _ in range(3)))\n    print('done')\nasyncio.run(main())",
    "asyncio_interrupted": (
        "import asyncio, os, signal\nasync def main():\n    os.kill(os.getpid(), signal.SIGINT)\n    await asyncio.sleep(30)\nasyncio.run(main())"
    ),
    "recursion": "def f(): f()\nf()",
    "syntax_error_at_run_time": "exec('a b')",
    "recursion_limit_is_the_same": "import sys\nprint(sys.getrecursionlimit())\ndef f(n): return n and f(n-1)\nprint(f(900))",
    "sigpipe_is_ignored": "import signal; print(signal.getsignal(signal.SIGPIPE), signal.getsignal(signal.SIGXFSZ), signal.getsignal(signal.SIGINT).__name__)",
}


@pytest.fixture
def program(make_both: Maker) -> Built:
    files = {f"{name}.py": code + "\n" for name, code in ENDINGS.items()}
    entries = [script(name, default=name == "falls_off_the_end.py") for name in files]
    return make_both(files, entries)


def without_source_lines(text: str) -> str:
    """Traceback text without source lines and markers, which a program without kept sources does not have."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not re.match(r" *(\| )? {4}(?! *File )|  (?!File |[|+ ]|\[Prev)", line))


def test_every_ending_is_that_of_cpython(program: Built) -> None:
    for name in ENDINGS:
        expected = program.cpython(f"{program.source / name}.py")
        actual = program.run(program=name)
        assert actual.returncode == expected.returncode, name
        assert program.neutral(actual.stdout) == program.neutral(expected.stdout), name
        wanted = expected.stderr.replace(str(program.target.stdlib), "{DIR}")
        assert program.neutral(without_source_lines(actual.stderr)) == program.neutral(without_source_lines(wanted)), name


def test_interrupt_ends_by_the_signal(make: Maker) -> None:
    built = make({"a.py": "raise KeyboardInterrupt"}, [script("a.py")])
    assert built.run().returncode == -signal.SIGINT
    ran = subprocess.run(["/bin/sh", "-c", f"{built.path}; echo $?"], capture_output=True, text=True, env=clean_environment())
    assert ran.stdout == "130\n"


def test_output_that_cannot_be_flushed_is_status_120(make: Maker) -> None:
    built = make({"a.py": "print('x')"}, [script("a.py")])
    with Path("/dev/full").open("w") as full:
        ours = built.run(stdout=full, stderr=subprocess.PIPE, capture_output=False)
        theirs = built.cpython(str(built.source / "a.py"), stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert ours.returncode == theirs.returncode == 120
    assert ours.stderr == theirs.stderr


def test_reader_that_went_away(make: Maker) -> None:
    code = "import sys\ntry:\n    for i in range(100000): print('x' * 100)\nexcept BrokenPipeError: sys.stderr.write('broken')\n"
    built = make({"a.py": code}, [script("a.py")])
    ours = subprocess.run(
        ["/bin/bash", "-c", f"{built.path} | head -c 10; echo ${{PIPESTATUS[0]}}"], capture_output=True, env=clean_environment()
    )
    python = f"{built.target.executable} -E -s -S {built.source / 'a.py'}"
    theirs = subprocess.run(
        ["/bin/bash", "-c", f"{python} | head -c 10; echo ${{PIPESTATUS[0]}}"], capture_output=True, env=clean_environment()
    )
    assert ours.stdout == theirs.stdout
    assert ours.stderr == theirs.stderr


FUNCTIONS = """
import sys
def returns_none(): print('called', sys.argv[1:])
def returns_4(): return 4
def returns_text(): return 'message'
def raises(): raise ValueError('x')
def exits(): sys.exit(5)
def interrupted(): raise KeyboardInterrupt
class Group:
    def run(self): print('method'); return 6
    run.deep = staticmethod(lambda: 7)
group = Group()
"""


def test_function_entry_points_end_as_console_scripts(make: Maker) -> None:
    names = ["returns_none", "returns_4", "returns_text", "raises", "exits", "interrupted", "group.run", "Group.run.deep"]
    files = {"lib.py": FUNCTIONS}
    entries = [PayloadEntry(name, (), number == 0, "function", "lib", name) for number, name in enumerate(names)]
    built = make(files, entries)
    for name in names:
        runner = built.source / f"run_{name}.py"
        runner.write_text(f"import sys\nsys.argv[0] = 'x'\nimport lib\nsys.exit(lib.{name}())\n")
        expected = built.cpython(str(runner), "a")
        actual = built.run("a", program=name)
        assert actual.returncode == expected.returncode, name
        assert actual.stdout == expected.stdout, name
        assert actual.stderr.splitlines()[-1:] == expected.stderr.splitlines()[-1:], name
        assert str(runner) not in actual.stderr


def test_a_missing_function_says_so(make_one: Maker) -> None:
    built = make_one({"lib.py": ""}, [PayloadEntry("a", (), True, "function", "lib", "absent")])
    ran = built.run()
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == "AttributeError: module 'lib' has no attribute 'absent'"

"""What is printed of exceptions: with kept sources byte for byte what CPython prints, without them the same but for source lines."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import pytest

from tests.unit.runtime.building import PayloadEntry, script
from tests.unit.runtime.conftest import Built, Maker
from tests.unit.runtime.test_ending import without_source_lines

CASES = {
    "simple": "def f(x):\n    return x / 0\nf(1)",
    "chained": "def f():\n    try:\n        {}['k']\n    except KeyError as error:\n        raise ValueError('v') from error\nf()",
    "context": "try:\n    1/0\nexcept ZeroDivisionError:\n    [][1]",
    "suppressed": "try:\n    1/0\nexcept ZeroDivisionError:\n    raise TypeError('t') from None",
    "notes": "e = ValueError('v')\ne.add_note('one\\ntwo')\ne.add_note('é')\nraise e",
    "group": "def g(e):\n    raise e\ntry:\n    g(ValueError(1))\nexcept ValueError as v:\n    a = v\nraise ExceptionGroup('eg', [a, ExceptionGroup('in', [TypeError('t'), OSError(2, 'x')])])",
    "recursion": "def f(n):\n    return f(n + 1) + 1\nf(0)",
    "mutual_recursion": "def f(n):\n    return g(n)\ndef g(n):\n    if n > 20: raise ValueError\n    return f(n + 1)\nf(0)",
    "syntax": "compile('a = 1\\nb c', 'some file.py', 'exec')",
    "syntax_no_text": "raise SyntaxError('bad', ('nowhere', 3, 2, None))",
    "import_error": "import helper.absent",
    "import_from": "from helper import absent",
    "name_suggestion": "value = 1\nprint(valeu)",
    "attribute_suggestion": "import helper\nhelper.functoin()",
    "in_module": "import helper\nhelper.function(lambda: 1/0)",
    "at_import": "import broken",
    "at_nested_import": "import package.inner.broken",
    "carets": "class A: pass\nx = {'a': {'b': None}}\nprint(x['a']['b']['c'] + sum(i for i in range(3)))",
    "multi_line": "value = (1 +\n    2 +\n    None)",
    "unicode": "né = {}\nné['ключ' + str(1)] ['x']",
    "class_body": "class C:\n    class D:\n        x = undefined",
    "lambda_and_comprehension": "f = lambda: [g() for g in [lambda: 1/0]]\nf()",
    "assert": "x = 3\nassert x == 4, 'message'",
    "custom_exception": "class E(Exception):\n    def __str__(self): return 'text\\nwith lines'\nraise E",
    "broken_str": "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
    "nested_class_exception": "class O:\n    class E(Exception): pass\nraise O.E('x')",
    "from_library": "import json\njson.loads('[1,')",
    "base_exception": "class B(BaseException): pass\nraise B('b')",
    "exec_code": "exec('def f():\\n    1/0\\nf()')",
    "finally": "try:\n    1/0\nfinally:\n    print('finally')",
    "long_lines": "x = [" + "1, " * 100 + "1/0]",
    "last_line_without_newline": "def f():\n  1/0\nf()  # é",
    "tabs": "def f():\n\tif True:\n\t\traise ValueError('tab')\nf()",
    "in_thread": "import threading\ndef work():\n    raise ValueError('in thread')\nt = threading.Thread(target=work, name='T')\nt.start()\nt.join()",
    "in_raw_thread": "import _thread, threading\nd = threading.Lock()\nd.acquire()\ndef work():\n    try: raise ValueError('raw')\n    finally: d.release()\n_thread.start_new_thread(work, ())\nd.acquire()\nimport time\ntime.sleep(0.2)",
    "in_del": "class C:\n    def __del__(self):\n        self.fail()\n    def fail(self):\n        raise ValueError('in del')\nc = C()\ndel c",
    "in_callback": "import weakref\nclass C: pass\nc = C()\ndef callback(ref):\n    1/0\nr = weakref.ref(c, callback)\ndel c",
    "in_atexit": "import atexit\n@atexit.register\ndef late():\n    {}['late']",
    "unraisable_at_exit": "class C:\n    def __del__(self):\n        1/0\nkeep = C()",
    "unraisable_broken_repr": "class C:\n    def __repr__(self): raise KeyError\n    def __call__(self, *a): 1/0\nimport weakref\nclass D: pass\nd = D()\nr = weakref.ref(d, C())\ndel d",
    "unraisable_long": "class MyError(Exception): pass\nclass C:\n    def __del__(self):\n        try: 1/0\n        except ZeroDivisionError: raise MyError('chained')\nC()",
    "in_generator_close": "def g():\n    try: yield\n    finally: raise ValueError('closing')\nx = g()\nnext(x)\ndel x",
    "hook_called_by_hand": "import sys\ntry: 1/0\nexcept Exception: sys.__excepthook__(*sys.exc_info())\nsys.excepthook(ValueError, ValueError('v'), None)",
    "print_exc": "import traceback\ndef f(): 1/0\ntry: f()\nexcept Exception: traceback.print_exc(); traceback.print_stack()",
    "logging": "import logging\ndef f(): 1/0\ntry: f()\nexcept Exception: logging.exception('logged')",
    "faulthandler": "import faulthandler, sys\nfaulthandler.dump_traceback()",
    "warning_with_line": "import warnings\nwarnings.warn('careful', UserWarning)",
    "warning_from_c": "import warnings\nwarnings.simplefilter('always')\nopen('/dev/null')\n",
    "system_exit_chained": "try: 1/0\nexcept Exception as e: raise SystemExit(3) from e",
    "asyncio_never_retrieved": "import asyncio\nasync def f(): 1/0\nasync def main():\n    t = asyncio.ensure_future(f())\n    await asyncio.sleep(0)\n    await asyncio.sleep(0)\nasyncio.run(main())",
}
HELPERS = {
    "helper.py": "def function(callback):\n    # a comment\n    return callback()\n",
    "broken.py": "x = 1\nraise RuntimeError('while importing')\n",
    "package/__init__.py": "",
    "package/inner/__init__.py": "from . import sibling\n",
    "package/inner/sibling.py": "",
    "package/inner/broken.py": "def f():\n    import nonexistent_module\nf()\n",
}


def build_cases(make: Maker, keep_source: bool) -> Built:
    files = {f"case_{name}.py": code if name == "last_line_without_newline" else code + "\n" for name, code in CASES.items()}
    entries = [script(name, default=name == "case_simple.py") for name in files]
    return make({**files, **HELPERS}, entries, keep_source=keep_source)


def test_with_sources_it_is_the_text_of_cpython(make: Maker) -> None:
    built = build_cases(make, keep_source=True)
    for name in CASES:
        expected = built.cpython(f"{built.source}/case_{name}.py")
        actual = built.run(program=f"case_{name}")
        library = str(built.target.stdlib)
        wanted = built.neutral(expected.stderr).replace(library, "{DIR}")
        got = built.neutral(actual.stderr)
        if library in expected.stderr:  # the library's sources are not kept: compare without its lines
            wanted, got = without_source_lines(wanted), without_source_lines(got)
        assert got == wanted, name
        assert built.neutral(actual.stdout) == built.neutral(expected.stdout), name
        assert actual.returncode == expected.returncode, name


def test_without_sources_only_the_lines_are_missing(make: Maker) -> None:
    built = build_cases(make, keep_source=False)
    for name in CASES:
        expected = built.cpython(f"{built.source}/case_{name}.py")
        actual = built.run(program=f"case_{name}")
        wanted = built.neutral(expected.stderr).replace(str(built.target.stdlib), "{DIR}")
        assert without_source_lines(built.neutral(actual.stderr)) == without_source_lines(wanted), name
        assert actual.returncode == expected.returncode, name


def test_function_and_module_show_no_frame_of_the_launcher(make: Maker) -> None:
    files = {"pkg/__init__.py": "", "pkg/cli.py": "def main():\n    1/0\nif __name__ == '__main__':\n    main()\n"}
    entries = [PayloadEntry("f", (), True, "function", "pkg.cli", "main"), PayloadEntry("m", (), False, "module", "pkg.cli")]
    built = make(files, entries, keep_source=True)
    place = built.folder / "pkg" / "cli.py"
    function, module = built.run().stderr, built.run(program="m").stderr
    assert function.startswith(f'Traceback (most recent call last):\n  File "{place}", line 2, in main\n    1/0\n')
    assert module.startswith(f'Traceback (most recent call last):\n  File "{place}", line 4, in <module>\n    main()\n')
    expected = built.cpython("-m", "pkg.cli").stderr
    own_frames = [line for line in expected.splitlines(keepends=True) if "runpy" not in line and "_run_code" not in line]
    assert module == built.neutral("".join(own_frames)).replace("{DIR}", str(built.folder))


def test_replaced_hooks_look_like_the_originals(make: Maker) -> None:
    code = """
import sys, threading, _thread
for hook in (sys.excepthook, sys.__excepthook__, sys.unraisablehook, sys.__unraisablehook__, _thread._excepthook, threading.excepthook):
    print(repr(hook), hook.__module__, hook.__name__, hook.__qualname__, hook.__doc__, hook.__text_signature__, type(hook))
print(sys.excepthook is sys.__excepthook__, sys.unraisablehook is sys.__unraisablehook__, threading.excepthook is _thread._excepthook)
for call in (lambda: sys.excepthook(1), lambda: sys.unraisablehook(1), lambda: threading.excepthook(1)):
    try: call()
    except TypeError as error: print(error)
"""
    built = make({"a.py": code}, [script("a.py")], keep_source=True)
    assert built.output() == built.cpython(str(built.source / "a.py")).stdout


@pytest.mark.parametrize("keep_source", [True, False])
def test_frames_of_the_importer_do_not_show(make: Maker, keep_source: bool) -> None:
    built = make({"a.py": "import broken\n", **HELPERS}, [script("a.py")], keep_source=keep_source)
    assert "importlib" not in built.run().stderr
    assert "_pybuild" not in built.run().stderr


def test_lines_are_those_of_the_file_whoever_asks(make: Maker) -> None:
    """A debugger asks for a file's lines with the globals of the frame that it is in."""
    code = """
import helper, linecache, pdb, os
print(linecache.getlines(helper.function.__code__.co_filename, globals()), linecache.getline("absent.py", 1, globals()))
pdb.Pdb(nosigint=True, readrc=False).set_trace()
os._exit(0)
"""
    built = make({"a.py": code, **HELPERS}, [script("a.py")], keep_source=True)
    commands = "break helper.function\nlist\nquit\n"
    expected = built.cpython(str(built.source / "a.py"), input=commands)
    actual = built.run(input=commands)
    assert built.neutral(actual.stdout) == built.neutral(expected.stdout)
    assert "Breakpoint 1 at" in actual.stdout

"""python-flags: each has its effect in the program, as the option of python has in CPython."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import pytest

from tests.unit.runtime.building import PythonFlags, script
from tests.unit.runtime.conftest import Maker

SHOW = """
'doc'
import sys, warnings
def f(): 'doc of f'
print(sys.flags)
print(sys.warnoptions, sys._xoptions, sys.dont_write_bytecode, __doc__, f.__doc__, __debug__)
try:
    assert False
    print('no asserts')
except AssertionError:
    print('asserts')
warnings.warn('a warning')
print(b'x' == 'x')
print(hash('text') if sys.flags.hash_randomization == 0 else 'random')
"""
CASES = {
    "none": (PythonFlags(), ["-I"]),
    "no_asserts": (PythonFlags(no_asserts=True), ["-I", "-O"]),
    "no_asserts_no_docstrings": (PythonFlags(no_asserts=True, no_docstrings=True), ["-I", "-OO"]),
    "no_warnings": (PythonFlags(no_warnings=True), ["-I", "-Wignore"]),
    "utf8_mode": (PythonFlags(utf8_mode=True), ["-I", "-X", "utf8"]),
    "dev_mode": (PythonFlags(dev_mode=True), ["-I", "-X", "dev"]),
    "dont_write_bytecode": (PythonFlags(dont_write_bytecode=True), ["-I", "-B"]),
    "bytes_warning": (PythonFlags(bytes_warning=True), ["-I", "-b"]),
    "unbuffered": (PythonFlags(unbuffered=True), ["-I", "-u"]),
    "use_environment": (PythonFlags(isolated=False), ["-s"]),
    "safe_path": (PythonFlags(isolated=False, safe_path=True), ["-s", "-P"]),
    "several": (PythonFlags(no_asserts=True, no_warnings=True, utf8_mode=True), ["-I", "-O", "-W", "ignore", "-X", "utf8"]),
}


@pytest.mark.parametrize("case", CASES)
def test_flag_is_that_of_python(make: Maker, case: str) -> None:
    flags, options = CASES[case]
    built = make({"a.py": SHOW}, [script("a.py")], flags=flags)
    import subprocess

    from tests.unit.runtime.conftest import clean_environment

    command = [built.target.executable, *options, "-S", built.source / "a.py"]
    expected = subprocess.run(command, capture_output=True, text=True, env=clean_environment())
    actual = built.run()
    wanted = expected.stdout.replace("{'utf8': True}", "{}").replace("{'dev': True}", "{}")  # set by the program, not by an option
    assert actual.stdout == wanted
    source_line = "  warnings.warn('a warning')\n"
    assert built.neutral(actual.stderr) == built.neutral(expected.stderr.replace(source_line, "").replace("  print(b'x' == 'x')\n", ""))


def test_without_docstrings_alone_python_is_not_optimised(make: Maker) -> None:
    """Which docstrings are there is the compiler's business; what the program compiles and asserts itself is as it would be."""
    code = """
import subprocess, sys
print(sys.flags.optimize, __debug__, eval(compile("__debug__", "", "eval")))
if sys.argv[1:]: print(subprocess.run([sys.executable, *sys.argv[1:], "-c", "import sys; print(sys.flags.optimize)"], capture_output=True, text=True).stdout)
"""
    built = make({"a.py": code}, [script("a.py")], flags=PythonFlags(no_docstrings=True))
    assert built.output("-B") == "0 True True\n0\n\n"
    assert built.output("-OO") == "0 True True\n2\n\n"


def test_static_hashes(make: Maker) -> None:
    built = make(
        {"a.py": "import sys; print(hash('text'), sys.flags.hash_randomization)"}, [script("a.py")], flags=PythonFlags(hash_seed_zero=True)
    )
    expected = built.cpython(str(built.source / "a.py"))
    assert expected.returncode == 0
    assert built.output() == built.output()
    assert built.output().endswith(" 0\n")


VARIABLES = "import sys; print(sys.flags.optimize, sys.flags.dev_mode, sys.flags.verbose, sys.warnoptions, sys.path[1:], hash('a'), sys.pycache_prefix)"


def test_python_variables_count_where_the_manifest_says_so(make: Maker) -> None:
    environment = {
        "PYTHONOPTIMIZE": "1",
        "PYTHONPATH": "/one:/two",
        "PYTHONWARNINGS": "error",
        "PYTHONHASHSEED": "0",
        "PYTHONPYCACHEPREFIX": "/p",
    }
    built = make({"a.py": VARIABLES}, [script("a.py")], flags=PythonFlags(isolated=False))
    shown = built.output(env=environment)
    assert shown.startswith("1 False 0 ['error'] ['/one', '/two'] ")
    assert shown == built.output(env=environment)
    assert shown.endswith(" /p\n")


def test_pythonhome_never_counts(make_both: Maker) -> None:
    built = make_both(
        {"a.py": "import sys, os; print(sys.path, sys.prefix, sys.base_prefix, os.__file__)"},
        [script("a.py")],
        flags=PythonFlags(isolated=False),
    )
    assert built.output(env={"PYTHONHOME": "/nowhere"}) == built.output()


def test_python_variables_do_not_count_else(make: Maker) -> None:
    environment = {
        "PYTHONOPTIMIZE": "1",
        "PYTHONPATH": "/one",
        "PYTHONWARNINGS": "error",
        "PYTHONDEVMODE": "1",
        "PYTHONVERBOSE": "1",
        "PYTHONHOME": "/nowhere",
    }
    built = make({"a.py": VARIABLES}, [script("a.py")])
    ran = built.run(env=environment)
    assert ran.stdout.startswith("0 False 0 [] [] ")
    assert ran.stderr == ""


def test_configuration_files_around_the_program_do_not_count(make_both: Maker) -> None:
    built = make_both({"a.py": "import sys; print(sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix)"}, [script("a.py")])
    before = built.output()
    for name in ("pyvenv.cfg", "a._pth", "pybuilddir.txt", "python._pth"):
        (built.folder / name).write_text("home = /nowhere\nimport site\n/elsewhere\n")
        (built.folder.parent / name).write_text("home = /nowhere\n")
    assert built.output() == before

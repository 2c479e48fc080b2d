"""sys.stdin, stdout, stderr and the file system's encoding under several locales and settings, compared with CPython's."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import itertools
import subprocess

import pytest

from tests.unit.runtime.building import PythonFlags, script
from tests.unit.runtime.conftest import Maker, clean_environment

SHOW = """
import os, sys
for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream.encoding, stream.errors, stream.line_buffering, stream.write_through, stream.isatty(), type(stream.buffer).__name__)
print(sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.flags.utf8_mode, os.environ.get("LC_CTYPE"), ascii(sys.argv[1:]))
import locale
print(locale.getpreferredencoding(False))
"""
LOCALES = [
    {"LC_ALL": ""},
    {"LC_ALL": "C"},
    {"LC_ALL": "POSIX"},
    {"LC_ALL": "C.UTF-8"},
    {"LC_ALL": "", "LANG": "C"},
    {"LC_ALL": "", "LC_CTYPE": "nowhere"},
]


def installed_locales() -> list[dict[str, str]]:
    """Locales of this machine that are not UTF-8, if it has any."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
    return [{"LC_ALL": name} for name in listed if "iso" in name.lower() or "euc" in name.lower()][:2]


@pytest.mark.parametrize("isolated", [True, False])
def test_encodings_in_every_locale(make: Maker, isolated: bool) -> None:
    built = make({"a.py": SHOW}, [script("a.py")], flags=PythonFlags(isolated=isolated))
    variables: list[dict[str, str]] = [
        {},
        {"PYTHONIOENCODING": "latin-1:replace"},
        {"PYTHONUTF8": "1"},
        {"PYTHONCOERCECLOCALE": "0"},
        {"PYTHONUTF8": "0"},
    ]
    for locale, extra in itertools.product(LOCALES + installed_locales(), variables):
        environment = clean_environment({**locale, **extra})
        python = [built.target.executable, "-I" if isolated else "-s", "-S", built.source / "a.py"]
        argument = b"\xc3\xa9\xff"
        expected = subprocess.run([*python, argument], capture_output=True, env=environment, input=b"")
        actual = subprocess.run([built.path, argument], capture_output=True, env=environment, input=b"")
        assert actual.stdout == expected.stdout, (locale, extra)
        assert actual.stderr == expected.stderr, (locale, extra)
        assert expected.returncode == actual.returncode == 0


def test_text_goes_through_both_ways(make: Maker) -> None:
    built = make(
        {"a.py": "import sys\nprint(sys.stdin.read()[::-1], 'é', '\\udcff')\nprint(*sys.argv[1:], file=sys.stderr)"}, [script("a.py")]
    )
    for locale in ({"LC_ALL": "C.UTF-8"}, {"LC_ALL": "C"}):
        environment = clean_environment(locale)
        expected = subprocess.run(
            [built.target.executable, "-I", "-S", built.source / "a.py", b"\xff\xc3\xa9"],
            capture_output=True,
            env=environment,
            input="ä€".encode(),
        )
        actual = subprocess.run([built.path, b"\xff\xc3\xa9"], capture_output=True, env=environment, input="ä€".encode())
        assert actual.stdout == expected.stdout
        assert actual.stderr == expected.stderr or b"Traceback" in expected.stderr


def test_program_in_a_folder_that_the_locale_cannot_decode(make: Maker) -> None:
    built = make({"a.py": "import helper\nprint(ascii(__file__), ascii(helper.__file__))", "helper.py": ""}, [script("a.py")])
    moved = built.folder.parent / "d\xff\u20ac"
    built.folder.rename(moved)
    for locale in ("C.UTF-8", "C", "POSIX"):
        ran = subprocess.run([moved / "a"], capture_output=True, text=True, env=clean_environment({"LC_ALL": locale}))
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout == f"{str(moved / 'a.py')!a} {str(moved / 'helper.py')!a}\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_closed_standard_streams(make_one: Maker, closed: str) -> None:
    code = "import os, sys\nos.write(9, repr([stream and stream.encoding for stream in (sys.stdin, sys.stdout, sys.stderr)]).encode())\nprint('x')"
    built = make_one({"a.py": code}, [script("a.py")])
    results = []
    for command in (str(built.path), f"{built.target.executable} -I -S {built.source / 'a.py'}"):
        ran = subprocess.run(["/bin/sh", "-c", f"exec 9>&1; {command} {closed}"], capture_output=True, env=clean_environment())
        results.append((ran.returncode, ran.stdout, ran.stderr))
    assert results[0] == results[1]


def test_unbuffered(make_one: Maker) -> None:
    code = "import os, sys\nsys.stdout.write('a')\nos.write(1, b'b')\nprint(type(sys.stdout.buffer).__name__)\n"
    flags = PythonFlags(unbuffered=True)
    built = make_one({"a.py": code}, [script("a.py")], flags=flags)
    expected = built.cpython("-u", str(built.source / "a.py"))
    assert built.output() == expected.stdout == "abFileIO\n"


def test_buffered_when_not_a_terminal(make_one: Maker) -> None:
    built = make_one({"a.py": "import os, sys\nsys.stdout.write('a\\n')\nos.write(1, b'b\\n')\n"}, [script("a.py")])
    assert built.output() == "b\na\n"

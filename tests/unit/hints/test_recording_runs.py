"""A recorded program runs as under CPython: output, status, tracebacks, and what it can see of itself."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.end_to_end.support import find_pythons
from tests.unit.hints.conftest import Recorder

SELF = """\
import sys, os
frame, frames = sys._getframe(), []
while frame := frame.f_back:
    frames.append((frame.f_code.co_name, frame.f_lineno))
print(sys.argv, sys.path, sys.orig_argv[1:], __file__, __name__, getattr(__spec__, 'name', None), __loader__.__class__, sorted(globals()))
print(frames, sys.gettrace(), sys.getprofile(), sys.flags, sys.stdin.read())
"""


def test_a_script_sees_itself_as_under_cpython(recorder: Recorder) -> None:
    recorder.write("tools/prog.py", SELF)
    ended = recorder.alike("tools/prog.py", "-x", "--output", "y", "", "ä b", stdin="some\ninput")
    assert "['tools/prog.py', '-x', '--output', 'y', '', 'ä b']" in ended.out and "some\ninput" in ended.out
    (recorder.folder / "link.py").symlink_to(recorder.folder / "tools" / "prog.py")
    recorder.alike("./link.py")


def test_modules_packages_and_folders_run_as_under_cpython(recorder: Recorder) -> None:
    recorder.write("acme/__init__.py", "")
    recorder.write("acme/__main__.py", SELF)
    recorder.write("acme/tool.py", SELF)
    recorder.write("folder/__main__.py", SELF)
    for words in (("-m", "acme", "-x"), ("-m", "acme.tool"), ("folder", "-m")):
        recorder.alike(*words)
    recorder.record("-m", "acme")
    assert recorder.hints().modules == ("acme", "acme.__main__")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("import sys\nsys.exit(3)", 3),
        ("import sys\nsys.exit('words')", 1),
        ("raise SystemExit", 0),
        ("import sys, atexit\natexit.register(print, 'bye')\nraise KeyError('x')", 1),
        ("raise KeyboardInterrupt", -signal.SIGINT),
        ("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)", -signal.SIGINT),
        ("import collections\ncollections.namedtuple('A', 'b')\nraise KeyboardInterrupt", -signal.SIGINT),
        ("def f(): return f()\nf()", 1),
        ("import threading\nthreading.Thread(target=lambda: 1/0).start()", 0),
    ],
)
def test_every_end_is_the_same_and_leaves_a_record(text: str, status: int, recorder: Recorder) -> None:
    recorder.write("prog.py", text)
    assert recorder.alike("prog.py").status == status
    assert recorder.hints().modules[0] == "@prog.py"


TRACEBACKS = """\
import sys, traceback, warnings, inspect
def boom(x):
    try:
        return {}[x]
    except KeyError as error:
        error.add_note('a note')
        raise ValueError('y') from error
def outer(n):
    return boom(n) if n == 0 else outer(n - 1)
for _ in range(60):
    try:
        outer(3)
    except ValueError as error:
        last = traceback.format_exception(error)
print(''.join(last))
print(traceback.format_stack(), len(inspect.stack()))
def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n
print(depth())
warnings.warn('at the module', stacklevel=2)
outer(2)
"""


def test_tracebacks_have_no_frames_of_the_recorder(recorder: Recorder) -> None:
    recorder.write("prog.py", TRACEBACKS)
    ended = recorder.alike("prog.py")
    assert ended.status == 1 and "ValueError: y" in ended.err
    recorder.alike("-m", "prog")


def test_deep_recursion_does_not_crash(recorder: Recorder) -> None:
    recorder.write(
        "prog.py", "import sys\nsys.setrecursionlimit(500_000)\ndef f(n): return n and 1 + f(n - 1)\nfor _ in range(3): print(f(400_000))\n"
    )
    assert recorder.alike("prog.py").out == "400000\n" * 3


TRACE = """\
import sys
def f(x):
    y = x + 1
    return y
def tracer(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        events.append((event, frame.f_code.co_name, frame.f_lineno))
    return tracer
def g():
    a = 1
    sys.settrace(tracer)
    sys._getframe().f_trace = tracer
    b = f(a)
    sys.settrace(None)
    return b
for _ in range(70):
    events = []
    g()
    if _ in (0, 1, 30, 63, 64, 69):
        print(events)
profile = []
sys.setprofile(lambda frame, event, argument: profile.append((event, frame.f_code.co_name)))
f(1)
sys.setprofile(None)
print(profile)
"""


def test_the_programs_own_tracing_is_undisturbed(recorder: Recorder) -> None:
    recorder.write("prog.py", TRACE)
    assert "'line', 'f', 4" in recorder.alike("prog.py").out


def test_what_did_not_start_leaves_no_record(recorder: Recorder) -> None:
    recorder.write("broken.py", "def f(:\n")
    assert recorder.alike("broken.py").status == 1
    assert recorder.alike("-m", "nowhere").status == 1
    assert not recorder.output.exists()


def test_an_earlier_record_stays_when_the_program_does_not_start(recorder: Recorder) -> None:
    recorder.output.write_text("earlier")
    recorder.write("broken.py", "def f(:\n")
    recorder.record("broken.py")
    assert recorder.output.read_text() == "earlier"


MANIFEST = """\
[build]
source-roots = ["src"]
python-flags = ["no-asserts"]
[[entry-point]]
name = "acme"
run = "acme.cli:main"
aliases = ["acme-cli"]
default = true
[[entry-point]]
name = "tool"
run = "tools/tool.py"
[[entry-point]]
name = "module"
run = "acme"
"""


@pytest.fixture
def project(recorder: Recorder) -> Recorder:
    recorder.write("pybuild.toml", MANIFEST)
    recorder.write("src/acme/__init__.py", "")
    recorder.write("src/acme/__main__.py", "from acme.cli import main\nprint('main', main())\n")
    recorder.write("src/acme/cli.py", "import sys\ndef main():\n    assert False\n    print(sys.argv)\n    return 5\n")
    recorder.write("tools/tool.py", "import acme.cli\nacme.cli.main()\n")
    return recorder


def test_entry_points_run_by_their_names(project: Recorder) -> None:
    ended = project.record("acme", "-x")
    assert (ended.status, ended.out, ended.err) == (5, "['acme', '-x']\n", "")
    assert project.hints().modules == ("acme", "acme.cli")
    assert project.record("acme-cli").status == 5
    assert project.record("tool", "y").out == f"['{project.folder / 'tools/tool.py'}', 'y']\n"
    assert project.hints().modules == ("@tool.py", "acme", "acme.cli")
    assert project.record("module").out.endswith("main 5\n")
    assert project.hints().modules == ("acme", "acme.__main__", "acme.cli")


def test_a_build_takes_what_was_recorded(project: Recorder) -> None:
    project.record("acme")
    assert project.pybuild("check", "--python", project.python, "--hints", "record.json").status == 0
    ended = project.pybuild("check", "--python", project.python, "--hints", "recrd.json")
    assert ended.status == 2 and "did you mean" in ended.err and "record.json" in ended.err
    project.write("other.json", project.output.read_text().replace('"magic": "', '"magic": "00'))
    ended = project.pybuild("check", "--python", project.python, "--hints", "other.json")
    assert ended.status == 2 and "was recorded with Python 3.11" in ended.err


def test_verbose_tells_what_was_recorded_and_keeps_the_status(project: Recorder) -> None:
    ended = project.record("acme", options=("--verbose",))
    assert (ended.status, ended.out) == (5, "['acme']\n")
    assert "acme.cli: main()" in ended.err
    project.write("interrupt.py", "raise KeyboardInterrupt")
    assert project.record("interrupt.py", options=("-v",)).status == -signal.SIGINT


def test_merging_by_the_command_line(project: Recorder) -> None:
    project.record("acme")
    output = project.folder / "merged.json"
    ended = project.pybuild("record", "--merge", project.output, project.output, "--output", output, "--verbose")
    assert ended.status == 0 and "2 runs" in ended.out
    assert '"calls": 2' in output.read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere.py",), "neither an entry point nor a script 'nowhere.py'"),
        ((), "there is nothing to record"),
    ],
)
def test_mistakes_are_told_before_anything_runs(words: tuple[str, ...], message: str, project: Recorder) -> None:
    ended = project.record(*words)
    assert ended.status == 2 and message in ended.err and "help:" in ended.err


def test_an_output_that_cannot_be_written_is_told_before_anything_runs(project: Recorder) -> None:
    ended = project.pybuild("record", "--python", project.python, "--output", Path("no", "folder.json"), "acme")
    assert (ended.status, ended.out) == (2, "") and "does not exist" in ended.err
    assert "--output is missing" in project.pybuild("record", "acme").err


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_another_version_is_refused(version: str, recorder: Recorder) -> None:
    python = {python.version: python.executable for python in find_pythons()}.get(version)
    if python is None:
        pytest.skip(f"needs Python {version}")
    recorder.write("prog.py", "print('ran')")
    ended = recorder.pybuild("record", "--python", python, "--output", recorder.output, "prog.py")
    assert (ended.status, ended.out) == (2, "")
    assert f"recorded with Python 3.11 only; this is {version}" in ended.err

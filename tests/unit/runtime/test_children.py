"""A program whose sys.executable is itself: multiprocessing, python's own command lines, and what is none of them."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.unit.runtime.building import PayloadEntry, script
from tests.unit.runtime.conftest import Built, Maker, clean_environment

POOL = """
import concurrent.futures, multiprocessing, sys
if __name__ == "__mp_main__":
    print("again", __file__.endswith("pool.py"), __name__, flush=True)
class Here:
    def __init__(self, x): self.x = x
def square(here): return Here(here.x ** 2)
def fail(x): raise ValueError(x)
def put(queue): queue.put(("from child", sys.argv[1:]))
def main():
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        with context.Pool(2) as pool:
            print(method, [here.x for here in pool.map(square, map(Here, range(4)))])
            try: pool.apply(fail, (7,))
            except ValueError as error: print("failed", error)
        queue = context.Queue()
        process = context.Process(target=put, args=(queue,))
        process.start()
        print(queue.get(timeout=30))
        process.join()
        print(process.exitcode)
        with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as executor:
            print(executor.submit(square, Here(5)).result(timeout=30).x)
        with context.Manager() as manager:
            shared = manager.dict(a=1)
            print(dict(shared))
    from multiprocessing import shared_memory
    memory = shared_memory.SharedMemory(create=True, size=10)
    memory.close()
    memory.unlink()
if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("kind", ["script", "module", "function", "package"])
def test_multiprocessing_by_every_start_method(make: Maker, kind: str) -> None:
    entries = {
        "script": script("pool.py"),
        "module": PayloadEntry("m", (), True, "module", "pkg.pool"),
        "function": PayloadEntry("f", (), True, "function", "pkg.pool", "main"),
        "package": PayloadEntry("p", (), True, "module", "pkg.__main__"),
    }
    built = make(
        {"pool.py": POOL, "pkg/__init__.py": "", "pkg/pool.py": POOL, "pkg/__main__.py": "from pkg.pool import main\nmain()\n"},
        [entries[kind]],
    )
    if kind == "function":
        (built.source / "console.py").write_text(
            "import sys\nfrom pkg.pool import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
        )
    arguments = {"script": ["pool.py"], "module": ["-m", "pkg.pool"], "function": ["console.py"], "package": ["-m", "pkg"]}[kind]
    expected = built.cpython(*arguments, "arg")
    actual = built.run("arg")
    assert set(actual.stdout.splitlines()) == set(expected.stdout.splitlines()), actual.stderr
    assert actual.stdout.count("[0, 1, 4, 9]") == 3
    assert actual.stderr == expected.stderr == ""
    assert actual.returncode == 0


FAILING = """
import multiprocessing, sys
def deep(): raise ValueError("in the main module")
def show(): print(__name__, "__compiled__" in globals(), type(__loader__).__name__, __spec__ and __spec__.name, flush=True)
if __name__ == "__mp_main__" and sys.argv[1] == "fail":
    deep()
if __name__ == "__main__":
    for method in ("spawn", "forkserver"):
        process = multiprocessing.get_context(method).Process(target=show)
        process.start()
        process.join()
        print(process.exitcode, flush=True)
"""


@pytest.mark.parametrize("keep_source", [False, True], ids=["", "keep-source"])
@pytest.mark.parametrize("kind", ["script", "module"])
def test_the_traceback_of_a_main_module_that_fails_in_the_child(make: Maker, kind: str, keep_source: bool) -> None:
    entry = script("main.py") if kind == "script" else PayloadEntry("main", (), True, "module", "main")
    built = make({"main.py": FAILING}, [entry], keep_source=keep_source)
    arguments = ["main.py"] if kind == "script" else ["-m", "main"]
    expected = built.cpython("-I" if kind == "script" else "-B", *arguments, "fail")
    actual = built.run("fail")
    assert (actual.stdout, actual.returncode) == (expected.stdout, 0)
    assert expected.stderr.count("in deep\n") == 2

    def comparable(text: str) -> str:
        text = re.sub(rf'File "({re.escape(str(built.target.stdlib))}|{re.escape(str(built.folder))})/', 'File "', text)
        text = text.replace(f"{built.source}/", "")
        return re.sub(r"^    .*\n|^ +[~^]+\n", "", text, flags=re.MULTILINE)

    assert comparable(actual.stderr) == comparable(expected.stderr)
    assert ('deep(): raise ValueError("in the main module")' in actual.stderr) == keep_source
    shown = built.output("show")
    assert shown == "__mp_main__ True Loader {}\n0\n".format("None" if kind == "script" else "main") * 2


def test_multiprocessing_in_a_shared_build(make_both: Maker) -> None:
    built = make_both({"pool.py": POOL}, [script("pool.py")])
    assert "forkserver [0, 1, 4, 9]" in built.output()


def test_multiprocessing_with_flags_and_a_changed_environment(make_one: Maker) -> None:
    code = """
import multiprocessing, os, sys
def show(x): return x, sys.flags.utf8_mode, os.environ.get("MARK"), [name for name in os.environ if "PYBUILD" in name], sys.orig_argv[0] == sys.executable
if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        saved = dict(os.environ)
        os.environ.clear()
        os.environ.update(MARK=method, LC_ALL="C.UTF-8")
        with multiprocessing.get_context(method).Pool(1) as pool: print(pool.map(show, [1]))
        os.environ.update(saved)
"""
    built = make_one({"a.py": code}, [script("a.py")])
    assert built.output().splitlines() == [f"[(1, 0, '{method}', [], True)]" for method in ("fork", "spawn", "forkserver")]


RUNNER = """
import ast, os, subprocess, sys
command = ast.literal_eval(sys.argv[1])
options = ast.literal_eval(sys.argv[2]) if len(sys.argv) > 2 else {}
if sys.argv[1:] and isinstance(command, list):
    ran = subprocess.run([sys.executable, *command], capture_output=True, text=True, **options)
    print(ran.returncode, ran.stdout, ran.stderr, sep="|")
"""
OTHER = "import sys\nprint(__name__, sys.argv, __package__, 'helper' in sys.modules)\n"


@pytest.fixture
def runner(make: Maker) -> Built:
    files = {
        "run.py": RUNNER,
        "other.py": OTHER,
        "pkg/__init__.py": "",
        "pkg/mod.py": OTHER,
        "show.py": "import sys\nprint('show', sys.argv[1:])",
    }
    return make(files, [script("run.py"), script("other.py", default=False), script("show.py", default=False)])


PYTHON_LINES = [
    ["-c", "import sys; print(sys.argv, __name__)", "a", "-b"],
    ["-cimport sys; print(sys.argv)", "a"],
    ["-m", "pkg.mod", "x", "-y"],
    ["-mpkg.mod", "x"],
    ["-E", "-m", "pkg.mod"],
    ["-Sm", "pkg.mod"],
    ["-W", "error", "-X", "utf8", "-c", "import sys; print(sys.flags.utf8_mode, sys.warnoptions)"],
    ["-OO", "-B", "-u", "-c", "import sys; print(sys.flags.optimize, sys.flags.dont_write_bytecode, sys.stdout.write_through)"],
    ["-c", "import sys; sys.exit(7)"],
    ["-c", "raise KeyboardInterrupt"],
    ["-c", "1/0"],
    ["-c", "not python"],
    ["-m", "absent"],
    ["-m", "pkg"],
    ["-m", "json.tool", "--help"],
    ["-c", "import pkg.mod"],
    ["-X", "nonsense", "-c", "print(1)"],
]


def test_direct_children_with_python_command_lines_are_python(runner: Built) -> None:
    (runner.source / "runner.py").write_text(RUNNER)
    for line in PYTHON_LINES:
        expected = runner.cpython("runner.py", repr(line)).stdout
        actual = runner.output(repr(line), cwd=runner.source)
        expected = expected.replace(str(runner.target.executable), str(runner.path)).replace(str(runner.target.stdlib), "{DIR}")
        assert runner.neutral(actual) == runner.neutral(expected), line


def test_also_when_the_library_gives_them_an_environment_of_its_own(runner: Built) -> None:
    line = ["-c", "print('python')"]
    for options in ({"env": {}}, {"env": {"A": "1"}}, {"close_fds": False}, {"start_new_session": True}, {"restore_signals": False}):
        assert runner.output(repr(line), repr(options)) == "0|python\n|\n"


def test_after_fork_and_after_exec(make: Maker) -> None:
    code = """
import os, sys
sys.stdout.flush()
child = os.fork()
if child == 0:
    grandchild = os.fork()
    if grandchild == 0:
        os.execv(sys.executable, [sys.executable, "-c", "print('grandchild', flush=True)"])
    os.waitpid(grandchild, 0)
    os.execv(sys.executable, [sys.executable, "-m", "other"])
os.waitpid(child, 0)
os.posix_spawn(sys.executable, [sys.executable, "-c", "import os; print('spawned')"], os.environ)
os.wait()
"""
    built = make({"a.py": code, "other.py": "print('child')"}, [script("a.py")])
    assert built.output() == "grandchild\nchild\nspawned\n"


def test_script_files_real_and_embedded(runner: Built) -> None:
    real = runner.source / "real.py"
    real.write_text("import sys, pkg.mod\nprint('real', sys.argv, sys.path[0], __file__)\n")
    assert f"real {[str(real), 'x']} {runner.source} {real}" in runner.output(repr([str(real), "x"]))
    embedded = str(runner.folder / "other.py")
    assert runner.output(repr(["-u", embedded, "x"])) == f"0|__main__ {[embedded, 'x']} None False\n|\n"


def test_the_program_as_its_own_script(runner: Built) -> None:
    """As reloaders do: [sys.executable, *options, sys.argv[0], *sys.argv[1:]]."""
    assert runner.output(repr(["-W", "ignore", str(runner.folder / "show"), "x"])) == "0|show ['x']\n|\n"
    assert runner.output(repr([str(runner.folder / "other"), "-c", "1"])).startswith("0|__main__ ")


SHOWN_BY_THE_PROGRAM = [
    ["-c"],
    ["-z", "-c", "print(1)"],
    ["--verbose", "-c", "print(1)"],
    ["absent.py"],
    ["-V"],
    ["--help"],
    ["file.txt", "-c", "print(1)"],
    ["-W", "x"],
    ["--check-hash-based-pycs"],
    [],
]


def test_everything_else_is_the_programs_own_arguments(make: Maker) -> None:
    code = "import ast, subprocess, sys\nif sys.argv[1:2] == ['start']:\n    subprocess.run([sys.executable, *ast.literal_eval(sys.argv[2])])\nelse:\n    print(sys.argv[1:])\n"
    built = make({"a.py": code}, [script("a.py")])
    for line in SHOWN_BY_THE_PROGRAM:
        assert built.output("start", repr(line)) == f"{line}\n", line


INPUT = """
import subprocess, sys
if len(sys.argv) > 1 and sys.argv[1] == "start":
    code = "import sys\\nprint('python', __name__, sys.argv, sys.flags.utf8_mode)\\n"
    for line in (["-"], ["-", "x", "-y"], ["-u", "-"], [], ["-X", "utf8"]):
        ran = subprocess.run([sys.executable, *line], input=code, capture_output=True, text=True)
        print(ran.returncode, ran.stdout, ran.stderr, flush=True)
    deep = "import subprocess, sys\\nprint(subprocess.run([sys.executable], input='print(1)', text=True, capture_output=True).stdout)"
    print(subprocess.run([sys.executable, "-"], input=deep, text=True, capture_output=True).stdout)
    with open(sys.argv[2]) as stream:
        print(subprocess.run([sys.executable], stdin=stream, text=True, capture_output=True).stdout)
    ran = subprocess.run([sys.executable, "-"], input="1/0\\n", capture_output=True, text=True)
    print(ran.returncode, ran.stderr)
    import asyncio
    async def asynchronous():
        child = await asyncio.create_subprocess_exec(sys.executable, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
        print((await child.communicate(b"print('asyncio')"))[0])
    asyncio.run(asynchronous())
else:
    print("the program itself", sys.argv)
"""


def test_a_script_on_standard_input_is_python(make_both: Maker, tmp_path: Path) -> None:
    """For "-", and without a script's name where the parent gave the child an input."""
    (tmp_path / "code").write_text("print('of a file')\n")
    built = make_both({"a.py": INPUT}, [script("a.py")])
    expected = built.cpython("a.py", "start", str(tmp_path / "code"))
    assert expected.stdout.count("python __main__") == 5
    assert expected.stdout.endswith("b'asyncio\\n'\n"), expected
    assert built.output("start", str(tmp_path / "code")) == expected.stdout


def test_without_arguments_and_input_of_its_own_the_program_starts_again(make: Maker) -> None:
    code = """
import os, subprocess, sys
if "MARK" in os.environ:
    print("again", sys.argv[1:], sys.stdin.read(), flush=True)
else:
    os.environ["MARK"] = "1"
    if sys.argv[1] == "child":
        for stdin in (None, subprocess.DEVNULL):
            subprocess.run([sys.executable], stdin=stdin)
    elif sys.argv[1] == "exec":
        os.execv(sys.executable, [sys.executable])
"""
    built = make({"a.py": code}, [script("a.py")])
    assert built.output("child", input="of the parent") == "again [] of the parent\nagain [] \n"
    assert built.output("exec", input="of the parent") == "again [] of the parent\n"
    assert built.output(input="print('python')", env={"MARK": "1"}) == "again [] print('python')\n"
    assert built.output("-", input="print('python')", env={"MARK": "1"}) == "again ['-'] print('python')\n"


def test_a_program_replaces_itself(make: Maker) -> None:
    """The usual ways to restart: with sys.argv, whose first item is the program's path."""
    code = """
import os, sys
if sys.argv[1] == "again":
    print(__name__, os.path.basename(sys.argv[0]), sys.argv[1:], sys.stdin.read())
else:
    way, sys.argv[1] = sys.argv[1], "again"
    if way == "execv": os.execv(sys.executable, [sys.executable] + sys.argv)
    if way == "execl": os.execl(sys.executable, sys.executable, *sys.argv)
    if way == "flags": os.execv(sys.executable, [sys.executable, "-W", "ignore", *sys.argv])
    if way == "argv0": os.execv(sys.argv[0], sys.argv)
    if way == "fork":
        if os.fork() == 0: os.execv(sys.executable, [sys.executable] + sys.argv)
        os.wait()
"""
    built = make({"a.py": code, "b.py": code}, [script("a.py"), script("b.py", default=False)])
    for way in ("execv", "execl", "flags", "argv0", "fork"):
        for name in ("a", "b"):
            assert built.output(way, "-c", "x y", "", program=name, input="in") == f"__main__ {name} ['again', '-c', 'x y', ''] in\n", way


def test_python_command_lines_from_elsewhere_are_arguments(make: Maker) -> None:
    built = make({"a.py": "import sys; print(sys.argv[1:])", "b.py": ""}, [script("a.py"), script("b.py", default=False)])
    for line in (["-c", "print(1)"], ["-m", "json.tool"], [str(built.source / "a.py")], ["-I", "-c", "x"]):
        assert built.output(*line) == f"{line}\n"
        inherited = f"{os.getpid()}:1:2:a"
        assert built.output(*line, env={"_PYBUILD_PARENT": inherited}) == f"{line}\n"
        assert built.output(*line, env={"_PYBUILD_PARENT": "garbage"}) == f"{line}\n"


def test_a_sibling_entry_point_gets_its_arguments(make: Maker) -> None:
    code = "import os, subprocess, sys\nsubprocess.run([os.path.join(os.path.dirname(sys.executable), 'b'), '-c', 'conf.toml'])\n"
    built = make({"a.py": code, "b.py": "import sys; print(sys.argv[1:])"}, [script("a.py"), script("b.py", default=False)])
    assert built.output() == "['-c', 'conf.toml']\n"


def test_another_program_of_pybuild_gets_its_arguments(make: Maker, make_one: Maker, tmp_path_factory: pytest.TempPathFactory) -> None:
    import shutil

    built = make(
        {"a.py": "import subprocess, sys\nif len(sys.argv) == 2: subprocess.run([sys.argv[1], '-c', 'x'])\nelse: print(sys.argv[1:])"},
        [script("a.py")],
    )
    copy = tmp_path_factory.mktemp("copy") / "a"
    shutil.copy(built.path, copy)
    assert built.output(str(copy)) == "['-c', 'x']\n"


def test_command_lines_of_multiprocessing_from_elsewhere_are_refused(make_one: Maker) -> None:
    built = make_one({"a.py": "print('ran')"}, [script("a.py")])
    for command in (
        "from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=0, pipe_handle=0)",
        "from multiprocessing.resource_tracker import main;main(0)",
        "from multiprocessing.forkserver import main; main(0, 1, [], **{})",
    ):
        ran = built.run("-c", command, "--multiprocessing-fork")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr == f"a: this is a command line of multiprocessing, but it was not started by {built.path} itself\n"
    assert built.output("-c", "from multiprocessing.resource_tracker import main;main(0);import os") == "ran\n"


def test_children_of_other_programs_see_no_trace_in_the_interpreter(make_one: Maker) -> None:
    code = "import os, subprocess\nprint([n for n in os.environ if 'PYBUILD' in n], os.getenv('_PYBUILD_PARENT'))\nprint(subprocess.run(['env'], capture_output=True, text=True, env=dict(os.environ)).stdout)"
    built = make_one({"a.py": code}, [script("a.py")])
    output = built.output()
    assert output.startswith("[] None\n")
    assert "PYBUILD" not in output


def test_python_variables_do_not_reach_isolated_children(runner: Built) -> None:
    line = ["-c", "import sys; print(sys.flags.ignore_environment, sys.flags.optimize, sys.path)"]
    ran = subprocess.run(
        [runner.path, repr(line)], capture_output=True, text=True, env=clean_environment({"PYTHONOPTIMIZE": "2", "PYTHONPATH": "/x"})
    )
    assert ran.stdout == f"0|1 0 ['', '{runner.folder}']\n|\n"

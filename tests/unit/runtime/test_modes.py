"""Accelerated programs, subinterpreters, and builds that look for mistakes in our own C."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.runtime.building import PayloadEntry, PythonFlags, Target, build, launcher, script
from tests.unit.runtime.building import Program as ProgramSource
from tests.unit.runtime.conftest import TARGETS, Built, Maker, clean_environment
from tests.unit.runtime.test_children import POOL
from tests.unit.runtime.test_importer import PACKAGE, same


def test_accelerated_uses_the_installation(make_both: Maker) -> None:
    code = """
import pkg, pkg.first, json, sys, os, pkgutil, sysconfig, importlib.resources, _json
print(type(pkg.__loader__).__name__, type(json.__loader__).__name__, json.__file__, pkg.__file__, __file__, _json.__file__)
print([m.name for m in pkgutil.iter_modules(pkg.__path__)], (importlib.resources.files("pkg") / "data.txt").read_text(encoding="utf-8"))
print(sysconfig.get_paths()["stdlib"], os.__file__, sys.prefix)
import left_out
print(type(left_out.__loader__).__name__)
"""
    built = make_both({"a.py": code, **PACKAGE}, [script("a.py")], mode="accelerated")
    (built.source / "left_out.py").write_text("")
    lines = built.output().splitlines()
    stdlib = built.target.stdlib
    assert lines[0].startswith(
        f"Loader SourceFileLoader {stdlib}/json/__init__.py {built.source}/pkg/__init__.py {built.source}/a.py {built.target.dynload}/"
    )
    assert lines[1] == "['first', 'second', 'sub'] text é"
    assert lines[2:] == ["", f"{stdlib} {stdlib}/os.py {built.target.prefix}", "SourceFileLoader"]


def test_accelerated_runs_without_its_sources_too(make: Maker) -> None:
    built = make({"a.py": "import helper\nprint(helper.x)", "helper.py": "x = 1"}, [script("a.py")], mode="accelerated")
    for name in ("a.py", "helper.py"):
        (built.source / name).unlink()
    assert built.output() == "1\n"


def test_accelerated_multiprocessing(make: Maker) -> None:
    built = make({"pool.py": POOL}, [script("pool.py")], mode="accelerated")
    assert "forkserver [0, 1, 4, 9]" in built.output()
    (built.source / "pool.py").unlink()
    assert "spawn [0, 1, 4, 9]" in built.output()


def test_accelerated_module_of_the_installation(make: Maker) -> None:
    built = make({"a.py": ""}, [PayloadEntry("tool", (), True, "module", "json.tool")], mode="accelerated")
    assert built.output(input="[1]") == "[\n    1\n]\n"


def test_accelerated_pythonpath_comes_before_the_library(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "extra").mkdir()
    (tmp_path / "extra" / "found.py").write_text("print('found')\n")
    built = make({"a.py": "import sys, found\nprint(sys.path)"}, [script("a.py")], mode="accelerated", flags=PythonFlags(isolated=False))
    shown = built.output(env={"PYTHONPATH": str(tmp_path / "extra")})
    paths = [str(built.source), str(tmp_path / "extra"), str(built.target.stdlib), str(built.target.dynload)]
    assert shown == f"found\n{paths}\n"


def test_accelerated_search_path_of_a_restarted_script(make: Maker) -> None:
    """By its embedded script or by the program's own path: it is the same program, with the same sys.path and flags."""
    code = """
import subprocess, sys
print(sys.path, sys.flags, sys.warnoptions, flush=True)
if len(sys.argv) == 1:
    subprocess.run([sys.executable, sys.argv[0], "again"])
    subprocess.run([sys.executable, __file__, "again"])
"""
    built = make(
        {"scripts/a.py": code},
        [PayloadEntry("a", (), True, "script", "@scripts/a.py")],
        mode="accelerated",
        roots=("src", "scripts"),
        flags=PythonFlags(no_warnings=True),
    )
    before, again, embedded = built.output().splitlines()
    assert before.startswith(repr([str(built.source / "scripts"), str(built.source / "src"), str(built.target.stdlib)])[:-1])
    assert again == before
    (built.source / "scripts" / "a.py").unlink()
    embedded = built.output().splitlines()[2]
    assert embedded.split("]")[0] == before.split("]")[0]


SUBINTERPRETERS = """
import sys
if sys.version_info >= (3, 13):
    import _interpreters as interpreters
    create = lambda kind: interpreters.create(kind)
    run = interpreters.exec
else:
    import _xxsubinterpreters as interpreters
    create = lambda kind: interpreters.create(isolated=kind == "isolated")
    run = interpreters.run_string
import pkg.first
for kind in ("isolated", "legacy") * 3:
    one = create(kind)
    result = run(one, '''
import pkg.first, json, pkgutil, importlib.resources, encodings.idna
assert pkg.first.function(1) == 2 and json.loads("[1]") == [1]
assert pkg.first.__compiled__.mode == "standalone"
assert [m.name for m in pkgutil.iter_modules(pkg.__path__)] == ["first", "second", "sub"]
assert importlib.resources.files("pkg").joinpath("data.txt").is_file()
print("in it", exit.__class__.__name__, flush=True)
try: import absent
except ImportError: pass
''')
    print(result, flush=True)
    interpreters.destroy(one)
print(pkg.first.function(2), pkg.first.__compiled__.mode)
"""


def test_subinterpreters(make_both: Maker) -> None:
    built = make_both({"a.py": SUBINTERPRETERS, **PACKAGE}, [script("a.py")])
    assert built.output() == "in it Quitter\nNone\n" * 6 + "3 standalone\n"


THREADED = """
import sys, threading
if sys.version_info >= (3, 13):
    import _interpreters as interpreters
    run = interpreters.exec
else:
    import _xxsubinterpreters as interpreters
    run = interpreters.run_string
def work():
    for _ in range(3):
        one = interpreters.create()
        run(one, "import pkg.first, email.message, json; assert pkg.first.function(1) == 2")
        interpreters.destroy(one)
threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print("done")
"""


def test_subinterpreters_in_threads(make: Maker) -> None:
    built = make({"a.py": THREADED, **PACKAGE}, [script("a.py")])
    ran = built.run()
    reference = built.cpython(str(built.source / "a.py"))
    if reference.returncode != 0:
        pytest.skip("this Python itself does not survive it")
    assert ran.stdout == "done\n", ran.stderr


LEAKS = """
import gc, importlib, importlib.metadata, importlib.resources, io, linecache, os, pkg.first, pkgutil, runpy, sys, _pybuild
loader, here = pkg.first.__loader__, os.path.dirname(__file__)
finder = next(f for f in sys.meta_path if type(f).__module__ == "_pybuild")
def caught(call, *arguments):
    try: call(*arguments)
    except Exception: pass
def print_traceback():
    saved, sys.stderr = sys.stderr, io.StringIO()
    try: 1/0
    except ZeroDivisionError: sys.excepthook(*sys.exc_info())
    finally: sys.stderr = saved
def folder():
    sys.path_importer_cache.clear()
    pkgutil.get_importer(pkg.__path__[0]).find_spec("pkg.second")
ways = {
    "spec": lambda: finder.find_spec("pkg.first"),
    "package": lambda: finder.find_spec("pkg", None),
    "namespace": lambda: finder.find_spec("space", None),
    "extension": lambda: finder.find_spec("_json"),
    "no spec": lambda: finder.find_spec("absent"),
    "surrogate": lambda: finder.find_spec(chr(0xdc80)),
    "code": loader.get_code,
    "code of another": lambda: loader.get_code("pkg.second"),
    "code of none": lambda: caught(loader.get_code, "absent"),
    "code of a number": lambda: caught(loader.get_code, 5),
    "source": loader.get_source,
    "data": lambda: loader.get_data(loader.path),
    "no data": lambda: caught(loader.get_data, "/absent"),
    "reader": lambda: list(loader.get_resource_reader().files().iterdir()),
    "wrong reader": lambda: caught(loader.get_resource_reader, "absent"),
    "package flag": loader.is_package,
    "exec": lambda: loader.exec_module(pkg.first),
    "no exec": lambda: caught(loader.exec_module, 5),
    "reload": lambda: importlib.reload(pkg.first),
    "folder": folder,
    "walk": lambda: list(pkgutil.walk_packages(pkg.__path__, "pkg.")),
    "root": lambda: pkgutil.get_importer("/"),
    "metadata": lambda: importlib.metadata.version("x"),
    "no metadata": lambda: _pybuild.metadata("x-1.dist-info", "absent"),
    "run_path": lambda: runpy.run_path(os.path.join(here, "single.py")),
    "open_code": lambda: io.open_code(os.path.join(here, "single.py")).close(),
    "open_code run": lambda: exec(io.open_code(os.path.join(here, "single.py")).read(), {"__name__": "x"}),
    "no open_code": lambda: caught(io.open_code, "/absent"),
    "traceback": print_traceback,
    "lines": lambda: (linecache.clearcache(), linecache.getlines(loader.path)),
    "file": lambda: _pybuild.is_file(loader.path),
    "compiled": lambda: (__compiled__.__get__(None, int), getattr(__compiled__, "mode")),
}
def blocks(way):
    least = None
    for attempt in range(4):  # caches of the interpreter grow by fits and starts
        before = sys.getallocatedblocks()
        for _ in range(200): way()
        gc.collect()
        grown = sys.getallocatedblocks() - before
        least = grown if least is None else min(least, grown)
    return least
for way in ways.values():
    for _ in range(20): way()
gc.collect()
print({name: grown for name, way in ways.items() if (grown := blocks(way)) > 100})
"""


@pytest.mark.parametrize("packed", [False, True], ids=["", "packed"])
def test_nothing_is_kept_of_what_is_asked_again_and_again(make: Maker, packed: bool) -> None:
    """Blocks of memory after two hundred times each: a lost reference would be two hundred blocks."""
    distributions = {"x-1.dist-info": {"METADATA": b"Name: x\nVersion: 1\n"}}
    files = {"space/one.py": "", **PACKAGE}
    options: dict[str, object] = {"keep_source": True, "packed": packed, "distributions": distributions, "namespaces": ("space",)}
    built = make({"a.py": LEAKS, **files}, [script("a.py")], **options)
    ran = built.run()
    assert (ran.stdout, ran.stderr) == ("{}\n", "")


SANITIZED = """
import atexit, gc, importlib, importlib.metadata, importlib.resources, pkgutil, runpy, sys, threading, warnings
import pkg.first, latin, dos, json
for m in pkgutil.walk_packages(pkg.__path__, "pkg."): pass
importlib.reload(pkg.first)
print(importlib.metadata.version("x"), importlib.resources.files("pkg").joinpath("first.py").read_text(encoding="utf-8")[:4])
for name in ("absent", "pkg.absent", "@a.py", "é"):
    try: importlib.import_module(name)
    except ImportError: pass
runpy.run_path(__file__.replace("a.py", "single.py"))
for path in ("/", "", "/.", "//", pkg.__path__[0], pkg.__file__): pkgutil.get_importer(path)
for name in (5, "", "absent", chr(0xdc80)):
    for ask in (pkg.first.__loader__.get_code, pkg.first.__loader__.get_resource_reader, sys.meta_path[2].find_spec):
        try: ask(name)
        except (ImportError, TypeError): pass
threads = [threading.Thread(target=lambda: [importlib.reload(pkg.first), list(pkgutil.iter_modules(pkg.__path__))]) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(repr(exit)[:3], __compiled__.mode, pkg.first.__loader__.get_source()[:4])
class C:
    def __del__(self): 1/0
C()
thread = threading.Thread(target=lambda: 1/0); thread.start(); thread.join()
import subprocess
print(subprocess.run([sys.executable, "-m", "json.tool"], input="[]", capture_output=True, text=True).stdout)
print(subprocess.run([sys.executable, "-"], input="print('input')", capture_output=True, text=True).stdout)
import multiprocessing
if __name__ == "__main__":
    pool = multiprocessing.get_context("spawn").Pool(1)
    print(pool.map(abs, [-1]))
    pool.close(); pool.join()
    atexit.register(gc.collect)
    warnings.warn("w")
    raise ValueError("end")
"""


def has_sanitizers(cc: str, folder: Path) -> bool:
    """Whether `cc` is there with the libraries that sanitized programs need; distributions pack them by themselves."""
    source = folder / "empty.c"
    source.write_text("int main(void) { return 0; }\n")
    command = [cc, "-fsanitize=address,undefined", source, "-o", folder / "empty"]
    return shutil.which(cc) is not None and subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize("cc", ["gcc", "clang"])
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: str(target.version))
def test_sanitizers_find_nothing(target: Target, cc: str, tmp_path: Path) -> None:
    """Our C with AddressSanitizer and UndefinedBehaviourSanitizer, against the shared libpython."""
    if not target.shared_library.exists():
        pytest.skip("this Python has no shared libpython")
    if cc == "clang" and target is not TARGETS[-1]:
        pytest.skip("one compiler for each Python, and another for the last one")
    if not has_sanitizers(cc, tmp_path):
        pytest.skip(f"{cc} is not there, or has no sanitizers")
    base = launcher(target, "shared", cc=(cc,), options=("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1"))
    files = {"a.py": SANITIZED, **PACKAGE}
    program = ProgramSource(
        files, [script("a.py")], keep_source=True, distributions={"x-1.dist-info": {"METADATA": b"Name: x\nVersion: 1\n"}}
    )
    path = build(target, program, tmp_path / "demo.dist", base=base)
    environment = clean_environment({"ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1", "PYTHONMALLOC": "malloc"})
    ran = subprocess.run([path], capture_output=True, text=True, env=environment, timeout=120)
    assert "Sanitizer" not in ran.stderr, ran.stderr
    assert "runtime error" not in ran.stderr, ran.stderr
    assert ran.returncode == 1, ran.stderr
    assert ran.stderr.endswith("ValueError: end\n")
    assert ran.stdout == "1 from\nUse standalone from\n[]\n\ninput\n\n" * 2 + "[1]\n"


def zig() -> tuple[str, ...] | None:
    """clang as pip's ziglang brings it."""
    import sys

    if shutil.which("clang"):
        return ("clang",)
    ran = subprocess.run([sys.executable, "-m", "ziglang", "version"], capture_output=True)
    return (sys.executable, "-m", "ziglang", "cc", "-fno-sanitize=undefined") if ran.returncode == 0 else None


def test_clang_compiles_without_a_warning(target: Target, tmp_path: Path) -> None:
    compiler = zig()
    if compiler is None:
        pytest.skip("there is no clang")
    base = launcher(target, "shared", cc=compiler)
    built = Built(
        build(target, ProgramSource({"a.py": "import json; print('x')"}, [script("a.py")]), tmp_path / "demo.dist", base=base),
        tmp_path,
        target,
    )
    assert built.output() == "x\n"


def test_same_payload_gives_same_bytes(make: Maker, tmp_path: Path) -> None:
    built = make({"a.py": "", **PACKAGE}, [script("a.py")])
    again = make({"a.py": "", **PACKAGE}, [script("a.py")])
    assert built.path.read_bytes() == again.path.read_bytes()
    same(built)

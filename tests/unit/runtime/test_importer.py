"""What Python's import system and its libraries see of embedded modules: the same as of files, where that can be."""
# ruff: noqa: E501  (programs written as text)

from __future__ import annotations

from collections.abc import Mapping

from tests.unit.runtime.building import script
from tests.unit.runtime.conftest import Built, Maker

PACKAGE = {
    "pkg/__init__.py": "'doc of pkg'\nfrom . import first\nfrom .sub import deep as deep\nname = __name__\n",
    "pkg/first.py": "from pkg import second\ndef function(x):\n    'doc'\n    # é a comment\n    return x + 1\nclass Class:\n    def method(self):\n        return 1\n",
    "pkg/second.py": "import pkg.first\nvalue = 2\n",
    "pkg/sub/__init__.py": "",
    "pkg/sub/deep.py": "from .. import second\n",
    "pkg/sub/other.py": "raise AssertionError('never imported')\n",
    "pkg/data.txt": "text é\n",
    "pkg/files/inner.bin": b"\0\1\2",
    "pkg/sub/more.txt": "more",
    "single.py": "x = 1\n",
    "latin.py": "# -*- coding: latin-1 -*-\ntext = 'é'\n".encode("latin-1"),
    "dos.py": b"\xef\xbb\xbfdef f():\r\n    return 1\r\n",
}


def same(built: Built, name: str = "a.py") -> None:
    """The program prints what the sources print when CPython runs them."""
    expected = built.cpython(str(built.source / name))
    actual = built.run()
    assert expected.returncode == 0, expected.stderr
    assert actual.returncode == 0, actual.stderr

    def lines(text: str) -> list[str]:
        return built.neutral(text.replace(str(built.target.stdlib), "{DIR}")).splitlines()

    assert lines(actual.stdout) == lines(expected.stdout)
    assert actual.stderr == expected.stderr


def build(make: Maker, code: str, extra: Mapping[str, str | bytes] | None = None, **options: object) -> Built:
    return make({"a.py": code, **PACKAGE, **(extra or {})}, [script("a.py")], **options)


def test_attributes_of_modules(make: Maker) -> None:
    code = """
import pkg, pkg.first, pkg.sub.deep, single, json, json.decoder, collections.abc, os, sys
for m in (pkg, pkg.first, pkg.sub, pkg.sub.deep, single, json, json.decoder, os, sys, collections.abc):
    s = m.__spec__
    print(m.__name__, m.__package__, getattr(m, "__file__", None), getattr(m, "__path__", None), m.__doc__ and m.__doc__[:10])
    print(s.name, s.parent, s.origin, s.has_location, s.submodule_search_locations, repr(m))
    print(m.__loader__ is s.loader, hasattr(m, "__cached__") or m in (os, sys))
print(pkg.first.function.__code__.co_filename, pkg.first.Class.method.__code__.co_filename, pkg.first.function.__module__)
print(sorted(set(vars(single)) - {"__compiled__"}))
"""
    same(build(make, code))


def test_cached_is_none_and_compiled_is_there(make: Maker) -> None:
    built = build(
        make,
        "import single, json\nprint(single.__cached__, single.__spec__.cached, single.__compiled__ is __compiled__, hasattr(json, '__compiled__'))",
    )
    assert built.output() == "None None True False\n"


def test_loader_protocol(make: Maker) -> None:
    code = """
import importlib.util, pkg.first, sys
for name in ("pkg", "pkg.first", "single", "pkg.sub"):
    loader = importlib.util.find_spec(name).loader
    print(loader.name, loader.path, loader.get_filename(name), loader.get_filename(), loader.is_package(name), loader.get_code(name).co_filename)
    print(loader.get_source(name), hasattr(loader.get_resource_reader(name), "files"))
    for call in (lambda: loader.get_filename("absent"), lambda: loader.get_code("absent"), lambda: loader.get_source("absent")):
        try: call()
        except ImportError as error: print("ImportError")
    try: loader.get_data("/absent/file")
    except OSError as error: print(type(error).__name__)
import os
print(pkg.first.__loader__.get_data(os.path.join(os.path.dirname(pkg.__file__), "data.txt")))
print(importlib.util.find_spec("absent"), importlib.util.find_spec("pkg.absent"))
try: importlib.util.find_spec("absent.child")
except ModuleNotFoundError as error: print(error)
print(importlib.util.find_spec("latin").loader.get_source("latin"), ascii(importlib.util.find_spec("dos").loader.get_source("dos")))
"""
    same(build(make, code, keep_source=True))


def test_sources_that_were_not_kept(make: Maker) -> None:
    code = """
import inspect, pkg.first
print(pkg.first.__loader__.get_source())
for call in (inspect.getsource, inspect.getsourcelines):
    try: call(pkg.first.function)
    except OSError as error: print(error)
print(inspect.getsourcefile(pkg.first), inspect.getfile(pkg.first.Class), inspect.getdoc(pkg.first.function), inspect.signature(pkg.first.function))
try: pkg.first.__loader__.get_data(pkg.first.__file__)
except FileNotFoundError as error: print(error.strerror)
"""
    built = build(make, code)
    place = built.folder / "pkg" / "first.py"
    assert (
        built.output()
        == f"None\ncould not get source code\ncould not get source code\n{place} {place} doc (x)\nNo such file or directory\n"
    )


def test_inspect_and_linecache_with_sources(make: Maker) -> None:
    code = """
import inspect, linecache, pkg.first, latin, dos
print(inspect.getsource(pkg.first), inspect.getsource(pkg.first.Class.method), inspect.getsourcelines(pkg.first.function))
print(inspect.getcomments(pkg.first.function), inspect.getmodule(pkg.first.function), inspect.getsource(dos.f))
print(linecache.getline(pkg.first.__file__, 2), linecache.getline(pkg.second.__file__, 1), linecache.getlines(latin.__file__))
def here():
    return 1
print(inspect.getsource(here), inspect.getsource(inspect.currentframe()))
linecache.checkcache()
print(linecache.getline(__file__, 2))
"""
    same(build(make, code, keep_source=True))


def test_pkgutil(make: Maker) -> None:
    code = """
import pkgutil, pkg, pkg.sub
print([(m.name, m.ispkg) for m in pkgutil.iter_modules(pkg.__path__)])
print([(m.name, m.ispkg) for m in pkgutil.iter_modules(pkg.__path__, "x.")])
print([(m.name, m.ispkg) for m in pkgutil.walk_packages(pkg.__path__, "pkg.", onerror=print)])
print(pkgutil.get_data("pkg", "data.txt"), pkgutil.get_data("pkg", "files/inner.bin"), pkgutil.get_data("pkg.sub", "more.txt"))
try: pkgutil.get_data("pkg", "absent")
except OSError: print("OSError")
print(pkgutil.resolve_name("pkg.first:Class.method").__qualname__)
print("single" in {m.name for m in pkgutil.iter_modules()}, "json" in {m.name for m in pkgutil.iter_modules()})
for m in pkgutil.iter_modules(pkg.sub.__path__):
    if m.name == "deep":
        spec = m.module_finder.find_spec(m.name)
        print(spec.name, spec.origin, spec.loader.get_code("deep").co_name)
print(list(pkgutil.iter_modules(["/absent/folder"])))
"""
    same(build(make, code))


def test_modules_on_disk_beside_embedded_ones(make: Maker) -> None:
    code = """
import pkgutil, sys, pkg, importlib
import pkg.dropped, loose
print(pkg.dropped.value, pkg.dropped.__file__, loose.__file__, "pkg.dropped" in [m.name for m in pkgutil.iter_modules(pkg.__path__, "pkg.")])
print("loose" in [m.name for m in pkgutil.iter_modules([sys.path[0]])])
importlib.invalidate_caches()
"""
    built = build(make, code)
    for folder in (built.folder, built.source):
        (folder / "pkg" / "dropped.py").write_text("value = 5\n")
        (folder / "loose.py").write_text("")
    same(built)


def test_importlib_resources(make: Maker) -> None:
    code = """
import importlib.resources as r, pkg, pkg.sub, sys, os, pathlib
root = r.files("pkg")
print(isinstance(root, pathlib.Path), root, os.fspath(root))
print(sorted(p.name for p in root.iterdir() if p.name != "__pycache__"))
print((root / "data.txt").read_text(encoding="utf-8"), root.joinpath("files", "inner.bin").read_bytes(), (root / "files").is_dir(), (root / "sub").is_dir())
print(root.joinpath("data.txt").is_file(), root.joinpath("absent").is_file(), root.joinpath("absent").exists(), (root / "first.py").is_file(), (root / "sub/deep.py").exists())
print((root / "first.py").read_text(encoding="utf-8"), (root / "sub" / "__init__.py").read_bytes())
with r.as_file(root / "data.txt") as path: print(path, path.read_bytes())
with r.as_file(root / "files" / "inner.bin") as path: print(path.read_bytes())
print(r.read_text(pkg, "data.txt", encoding="utf-8"), r.read_binary("pkg.sub", "more.txt"), r.is_resource("pkg", "data.txt"), r.is_resource("pkg", "files"))
print(sorted(x for x in r.contents(pkg) if x != "__pycache__"))
with r.path("pkg", "data.txt") as path: print(path)
with r.open_text("pkg", "data.txt", encoding="utf-8") as stream: print(stream.read())
with r.open_binary("pkg", "data.txt") as stream: print(stream.read())
try: (root / "absent").read_text()
except FileNotFoundError as error: print("FileNotFoundError")
print(root.name, (root / "data.txt").name, sorted(str(p) for p in root.glob("*.txt")))
"""
    same(build(make, "import warnings; warnings.simplefilter('ignore')\n" + code, keep_source=True))  # some of it is deprecated


def test_namespace_packages(make: Maker) -> None:
    code = """
import sys, os
import space.one, space.inner.two, importlib.resources, pkgutil
print(space.__path__, type(space.__path__).__name__, space.__spec__.origin, space.__spec__.loader.__class__.__name__, getattr(space, "__file__", "no file"), space)
print(space.inner.__path__, [m.name for m in pkgutil.iter_modules(space.__path__)], [m.name for m in pkgutil.walk_packages(space.__path__, "space.")])
print(space.__spec__.submodule_search_locations == space.__path__, list(space.__path__) == [os.path.dirname(space.one.__file__)])
print(importlib.resources.files("space").joinpath("note.txt").read_text())
sys.path.append(os.path.join(os.path.dirname(__file__), "plugins"))
import space.plugged
print(space.plugged.__file__, list(space.__path__))
import importlib; importlib.reload(space.one)
"""
    files = {"space/one.py": "", "space/inner/two.py": "", "space/note.txt": "note", "plugins/space/plugged.txt": ""}
    built = build(make, code, files, namespaces=("space", "space.inner"))
    for folder in (built.folder, built.source):
        (folder / "plugins" / "space" / "plugged.py").write_text("")
    same(built)


METADATA = {
    "METADATA": b"Metadata-Version: 2.1\nName: Some_Dist\nVersion: 1.5\nSummary: a summary \xc3\xa9\nRequires-Dist: other>=2\n",
    "entry_points.txt": b"[console_scripts]\nrun = pkg.first:function\n[some.group]\nplugin = pkg.second\n",
    "top_level.txt": b"pkg\n",
    "RECORD": b"pkg/__init__.py,,\npkg/data.txt,sha256=x,7\n",
}
METADATA_CODE = """
import importlib.metadata as m
print(m.version("some-dist"), m.version("Some_Dist"), m.metadata("some.dist")["Summary"], m.requires("some_dist"))
print([(e.name, e.value, e.group) for e in m.entry_points(group="some.group")], m.entry_points(group="some.group")["plugin"].load())
print([e.name for e in m.distribution("some-dist").entry_points], m.files("some-dist"), m.distribution("some-dist").name)
print([str(p.locate()) for p in m.files("some-dist")], m.distribution("some-dist").read_text("absent"))
print(sorted(d.name for d in m.distributions() if d.name == "Some_Dist"), [d.name for d in m.distributions(path=["/absent"])], "pkg" in m.packages_distributions())
try: m.version("absent")
except m.PackageNotFoundError as error: print(error)
print(m.files("some-dist")[1].read_text())
"""


def test_importlib_metadata(make: Maker) -> None:
    built = build(make, METADATA_CODE, distributions={"Some_Dist-1.5.dist-info": METADATA})
    folder = built.source / "Some_Dist-1.5.dist-info"
    folder.mkdir()
    for name, content in METADATA.items():
        (folder / name).write_bytes(content)
    same(built)


def test_runpy_and_reload(make: Maker) -> None:
    code = """
import runpy, importlib, sys, pkg.first, os
print({k: v for k, v in runpy.run_module("single", run_name="__other__").items() if k in ("x", "__name__", "__file__")})
print({k: v for k, v in runpy.run_module("pkg.second", alter_sys=True).items() if k in ("value", "__name__", "__package__")})
print({k: v for k, v in runpy.run_path(os.path.join(os.path.dirname(__file__), "single.py")).items() if k in ("x", "__name__", "__file__")})
before = pkg.first.function
importlib.reload(pkg.first)
print(before is pkg.first.function, pkg.first is sys.modules["pkg.first"])
"""
    same(build(make, code))


def test_failing_imports(make: Maker) -> None:
    code = """
import sys
for statement in ("import failing", "import pkg.absent", "from pkg import absent", "import absent.deeper", "from single import y", "import single.x",
                  "import circular_a", "from . import x", "import pkg.sub.other", "import __main__.x", "__import__('')", "__import__('pkg.first', fromlist=['q']).q"):
    try: exec(statement)
    except BaseException as error: print(statement, type(error).__name__, error, getattr(error, "name", None), getattr(error, "path", None))
print("failing" in sys.modules, "circular_a" in sys.modules, "circular_b" in sys.modules)
sys.modules["single"] = None
try: import single
except ImportError as error: print(error)
"""
    extra = {
        "failing.py": "x = 1\n1/0\n",
        "circular_a.py": "from circular_b import b\na = 1\n",
        "circular_b.py": "from circular_a import a\nb = 1\n",
    }
    same(build(make, code, extra))


def test_threads_import_the_same_modules(make: Maker) -> None:
    code = """
import threading, importlib, sys
barrier = threading.Barrier(8)
seen = []
def work():
    barrier.wait()
    module = importlib.import_module("slow.leaf")
    seen.append((module.value, importlib.import_module("cyclic_a").b, importlib.import_module("cyclic_b").a))
threads = [threading.Thread(target=work) for _ in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(seen == [(3, "b", "a")] * 8, sys.modules["slow.leaf"].count)
"""
    extra = {
        "slow/__init__.py": "import threading\nthreading.Event().wait(0.05)\n",
        "slow/leaf.py": "import threading\ncount = globals().get('count', 0) + 1\nthreading.Event().wait(0.05)\nvalue = 3\n",
        "cyclic_a.py": "a = 'a'\nimport cyclic_b\nb = 'b'\n",
        "cyclic_b.py": "import cyclic_a\na = 'a'\n",
    }
    same(build(make, code, extra))


def test_path_finder_and_path_hooks(make: Maker) -> None:
    code = """
import sys, os, importlib.machinery
here = os.path.dirname(__file__)
P = importlib.machinery.PathFinder
print(P.find_spec("single", [here]).origin, P.find_spec("first", [os.path.join(here, "pkg")]).origin, P.find_spec("absent", [here]))
spec = P.find_spec("first", [os.path.join(here, "pkg")])
m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m); print(m.__name__, m.function(1), m.__file__)
print(sys.meta_path[-1] is P, [type(f).__name__ for f in sys.path_hooks][-1:], os.path.basename(sys.path[0]) != "")
"""
    same(build(make, "import importlib.util\n" + code))


def test_help_of_modules_shows_nothing_of_the_build(make: Maker) -> None:
    code = """
import doctest, inspect, pkg.first, pydoc, single, sys
for module in (pkg, pkg.first, single, sys.modules["__main__"]):
    print(pydoc.render_doc(module, renderer=pydoc.plaintext))
    print(doctest.testmod(module))
    print([name for name, _ in inspect.getmembers(module, inspect.isclass)])
"""
    same(build(make, code))


def test_names_of_site(make: Maker) -> None:
    code = """
import builtins
for name in ("exit", "quit", "help", "copyright", "credits", "license"):
    thing = getattr(builtins, name)
    print(name, callable(thing), name == "license" or (repr(thing)[:60], str(thing)[:20]), type(getattr(builtins, name)).__name__, thing.__class__.__name__)
print(exit.name, exit.eof, license.__init__.__name__)
copyright()
help(len)
try: exit(3)
except SystemExit as error: print(error.code)
print(exit is exit, "exit" in vars(builtins))
"""
    same(build(make, code))


def test_names_of_site_that_the_program_replaced(make: Maker) -> None:
    code = "import builtins\nbuiltins.exit = 5\ndel builtins.credits\nprint(repr(quit), exit, repr(copyright)[:8], hasattr(builtins, 'credits'))\n"
    same(build(make, code))


def test_odd_names(make: Maker) -> None:
    code = """
import importlib, naïve, ünder.tür
print(naïve.x, ünder.tür.__file__)
for name in ("\\udcff", "a\\0b", "x" * 5000, "@a.py", " ", "json ", "..", "json..decoder"):
    try: importlib.import_module(name); print("found")
    except BaseException as error: print(type(error).__name__)
"""
    extra = {"naïve.py": "x = 1\n", "ünder/__init__.py": "", "ünder/tür.py": ""}
    same(build(make, code, extra))


def test_paths_that_are_no_folders_of_packages(make: Maker) -> None:
    """The shortest ones are kept once for the whole interpreter; looking at them must not change them."""
    code = """
import importlib.resources.readers, os, pkg, pkgutil, sys
for path in ("/", "/.", "//", "", ".", "a", "/" + chr(0), pkg.__path__[0] + chr(0) + "x", "/" + "x" * 5000, chr(0xdc80), "/é/.."):
    for ask in (pkgutil.get_importer, lambda path: list(pkgutil.iter_modules([path]))[:0]):
        try: print(type(ask(path)).__name__ in ("FileFinder", "FolderFinder", "NoneType", "list"))
        except ValueError as error: print(error)
print(bytes([47]), bytes([46]), b"a/b"[1:2], bytes(0))
"""
    same(build(make, code))


def test_odd_arguments_of_loaders_and_finders(make: Maker) -> None:
    code = """
import pkg.first, sys, importlib.machinery
loader = pkg.first.__loader__
for name in (5, b"pkg", 1.5, (), "\\udc80", "a" * 10000, "", ".", "pkg.", ".pkg"):
    for call in (loader.get_code, loader.get_source, loader.get_filename, loader.is_package, loader.get_resource_reader):
        try: print(call(name))
        except ImportError: print("ImportError")
    for finder in sys.meta_path:
        try: print(finder.find_spec(name) if name else None)
        except (TypeError, AttributeError): print("TypeError")
try: loader.exec_module(5)
except (ImportError, AttributeError): print("no module")
"""
    built = build(make, code)
    ran = built.run()
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[:5] == ["ImportError"] * 5
    assert ran.stdout.endswith("no module\n")


def test_what_the_program_makes_of_import_is_not_asked(make: Maker) -> None:
    code = """
import builtins, pkg.first, importlib.resources, runpy, sys
asked, original = [], builtins.__import__
def spy(name, *rest):
    asked.append(name)
    return original(name, *rest)
builtins.__import__ = spy
print(repr(pkg.first.__loader__.get_code())[:5], [c for c in asked if "_pybuild" in c or c == "_io"])
runpy.run_path(__file__, run_name="again") if __name__ == "__main__" else None
builtins.__import__ = original
print([name for name in asked if name.startswith("_pybuild")])
"""
    built = build(make, code)
    assert built.output().count("[]") == 4


def test_imports_while_the_interpreter_ends(make: Maker) -> None:
    code = """
import os, pkg.first, single, sys
class Late:
    def __init__(self): self.finder, self.loader, self.module = sys.meta_path[2], pkg.first.__loader__, pkg.first
    def __del__(self, write=os.write):
        for call in (lambda: self.finder.find_spec("single"), self.loader.get_code, lambda: self.loader.exec_module(self.module),
                     lambda: self.loader.get_resource_reader(), lambda: __import__("latin")):
            try: call()
            except Exception: pass
        write(1, b"late ")
late = Late()
late.cycle = late
sys.late = Late()
single.late = Late()
def keep(): return late
keep.late = Late()
"""
    ran = build(make, code).run()
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "late " * 2  # as many as in CPython


def test_threads_ask_for_the_same_things_at_once(make: Maker) -> None:
    code = """
import gc, importlib.resources, os, pkg.first, pkgutil, runpy, sys, threading
sys.setswitchinterval(1e-6)
barrier = threading.Barrier(8)
failures = []
def work(number):
    barrier.wait()
    try:
        for _ in range(20):
            sys.path_importer_cache.clear()
            assert [m.name for m in pkgutil.iter_modules(pkg.__path__)] == ["first", "second", "sub"]
            assert pkg.first.__loader__.get_code().co_filename == pkg.first.__file__
            assert importlib.resources.files(pkg).joinpath("data.txt").is_file()
            assert "__compiled__" in runpy.run_path(os.path.join(os.path.dirname(__file__), "single.py"))
            if number == 0: gc.collect()
            if number == 1 and (child := os.fork()) == 0:
                importlib.import_module('pkg.second')
                list(pkgutil.walk_packages(pkg.__path__, "pkg."))
                os._exit(0)
            if number == 1: assert os.waitpid(child, 0)[1] == 0
    except BaseException as error:
        failures.append(error)
threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(failures, "done")
"""
    for packed in (False, True):
        assert build(make, code, packed=packed).output() == "[] done\n"


def test_collector_is_where_the_program_left_it(make: Maker) -> None:
    code = """
import gc
print(gc.isenabled(), gc.get_threshold())
import json, email.message, unittest, asyncio
print(gc.isenabled(), gc.get_threshold(), all(0 <= n for n in gc.get_count()))
gc.disable()
import decimal, fractions
print(gc.isenabled())
gc.enable()
class C:
    pass
import weakref
dead = []
for i in range(3000):
    c = C(); c.self = c
    if i == 0: weakref.finalize(c, dead.append, 1)
del c
print(dead)
"""
    same(build(make, code))


def test_pickle_of_main_and_modules(make: Maker) -> None:
    code = "import pickle, pkg.first, copy\nclass Mine: pass\nfor thing in (pkg.first.function, pkg.first.Class, Mine, Mine()): print(type(pickle.loads(pickle.dumps(thing))).__name__)\n"
    same(build(make, code))

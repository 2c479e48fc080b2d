"""The linked launcher: it runs Python, exports its C API, finds its libraries, and says nothing of the machine that built it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from pybuild import resources
from pybuild.cache import Cache
from pybuild.interpreter.model import Interpreter
from pybuild.link.flags import host_glibc
from pybuild.link.toolchain import find_toolchain
from pybuild.resolve.model import CompilerOptions, Mode
from tests.unit.link.linking import (
    any_python,
    dynamic_tags,
    exported_names,
    has_compiler,
    link,
    make_plan,
    pythons,
    run,
    small_runtime,
    with_compiler,
)

COMPILERS = ("gcc", "clang", "zig")
SOURCE = "import json, math, _struct, ctypes, sqlite3, sys; print(json.dumps([sys.version_info[:2], math.floor(2.5)]))"


@pytest.fixture(params=pythons())
def python(request: pytest.FixtureRequest) -> Interpreter:
    return pythons()[request.param]


@pytest.fixture(params=COMPILERS)
def cc(request: pytest.FixtureRequest) -> str:
    need_compiler(request.param)
    return str(request.param)


def need_compiler(name: str) -> None:
    if not has_compiler(name):
        pytest.skip(f"{name} is not installed")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Cache:
    """One for the tests that look at the result only: what one of them has compiled the next one takes."""
    return Cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def empty_cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def library_of(python: Interpreter, kind: str) -> Path:
    from pybuild.errors import UserError
    from pybuild.link.python_library import library_candidates

    try:
        return library_candidates(python, kind)[0].path
    except UserError as error:
        pytest.skip(str(error))


def combinations() -> list[ParameterSet]:
    """Each compiler with each Python and kind of libpython; the quick ones are all compilers with one Python, and gcc with all."""
    first = next(iter(pythons()), "")
    return [
        pytest.param(version, cc, kind, marks=[] if version == first or cc == "gcc" else pytest.mark.slow)
        for version in pythons()
        for cc in COMPILERS
        for kind in ("static", "shared")
    ]


@pytest.mark.parametrize(("version", "cc", "kind"), combinations())
def test_every_compiler_links_a_launcher_that_starts(tmp_path: Path, cache: Cache, version: str, cc: str, kind: str) -> None:
    python = pythons()[version]
    need_compiler(cc)
    library_of(python, kind)
    plan = make_plan(tmp_path, python, libpython=kind, compiler=CompilerOptions(cc=cc))
    executable = link(resources.folder("runtime_c"), plan, cache)
    assert executable.static_libpython is (kind == "static")
    assert executable.compiler.startswith(cc)
    done = run(executable, interpreter=python)
    assert done.returncode == 3, done.stderr
    assert "nothing is attached to it" in done.stderr


@pytest.mark.parametrize("kind", ["static", "shared"])
def test_it_runs_python_with_extension_modules(tmp_path: Path, cache: Cache, python: Interpreter, kind: str) -> None:
    library_of(python, kind)
    executable = link(small_runtime(tmp_path), make_plan(tmp_path, python, libpython=kind), cache)
    done = run(executable, "-c", SOURCE, interpreter=python)
    assert (done.stdout.strip(), done.stderr) == (f"[[{python.version[0]}, {python.version[1]}], 2]", "")


def test_a_static_link_exports_what_the_shared_library_does(tmp_path: Path, cache: Cache, python: Interpreter, cc: str) -> None:
    library_of(python, "static")
    shared = library_of(python, "shared")
    executable = link(small_runtime(tmp_path), make_plan(tmp_path, python, libpython="static", compiler=CompilerOptions(cc=cc)), cache)
    missing = exported_names(shared) - exported_names(executable.path) - {"_init", "_fini"}
    assert missing == set()


def test_an_extension_that_names_libpython_as_needed_maps_no_second_one(tmp_path: Path, cache: Cache, cc: str) -> None:
    python = any_python()
    library_of(python, "static")
    shared = library_of(python, "shared")
    source = tmp_path / "needy.c"
    source.write_text(
        '#include <Python.h>\nstatic PyModuleDef def = {PyModuleDef_HEAD_INIT, "needy", NULL, -1, NULL, NULL, NULL, NULL, NULL};\n'
        "PyMODINIT_FUNC PyInit_needy(void) {\n    return PyModule_Create(&def);\n}\n"
    )
    extension = tmp_path / "needy.so"
    flags = ["-shared", "-fPIC", f"-I{python.config['INCLUDEPY']}", "-Wl,--no-as-needed", f"-Wl,-rpath,{shared.parent}"]
    subprocess.run(["gcc", *flags, source, shared, "-o", extension], check=True)
    assert shared.name in dynamic_tags(extension)["DT_NEEDED"]
    executable = link(small_runtime(tmp_path), make_plan(tmp_path, python, libpython="static", compiler=CompilerOptions(cc=cc)), cache)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import needy; print('libpython' in open('/proc/self/maps').read())"
    done = run(executable, "-c", code, interpreter=python)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_standalone_libraries_are_found_beside_the_program(tmp_path: Path, cache: Cache, cc: str) -> None:
    """DT_RPATH, not DT_RUNPATH: it holds for the libraries of extension modules, too."""
    executable = link(small_runtime(tmp_path), make_plan(tmp_path, compiler=CompilerOptions(cc=cc)), cache)
    tags = dynamic_tags(executable.path)
    assert tags["DT_RPATH"] == ["$ORIGIN/lib"]
    assert "DT_RUNPATH" not in tags


def test_accelerated_finds_libpython_where_it_is_installed(tmp_path: Path, cache: Cache, python: Interpreter, cc: str) -> None:
    shared = library_of(python, "shared")
    plan = make_plan(tmp_path, python, mode=Mode.ACCELERATED, libpython="shared", compiler=CompilerOptions(cc=cc))
    executable = link(small_runtime(tmp_path), plan, cache)
    assert executable.libpython == shared
    done = subprocess.run([executable.path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "hello, static: 0\n")


def test_an_accelerated_static_program_looks_for_libraries_nowhere_special(tmp_path: Path, cache: Cache, cc: str) -> None:
    library_of(any_python(), "static")
    plan = make_plan(tmp_path, mode=Mode.ACCELERATED, libpython="static", compiler=CompilerOptions(cc=cc))
    tags = dynamic_tags(link(small_runtime(tmp_path), plan, cache).path)
    assert not tags.keys() & {"DT_RPATH", "DT_RUNPATH"}
    assert tags["DT_SONAME"][0].startswith("libpython3.")


@pytest.mark.parametrize("version", pythons())
def test_nothing_of_the_building_machine_is_in_it(tmp_path: Path, empty_cache: Cache, version: str, cc: str) -> None:
    need_compiler(cc)
    python = pythons()[version]
    library = library_of(python, "static")
    if str(python.base_prefix) in ("/usr", "/usr/local"):
        pytest.skip("the system's own Python: its prefix says nothing")
    assert str(python.base_prefix).encode() in library.read_bytes()
    runtime = resources.folder("runtime_c") if version == any_python().short_version else small_runtime(tmp_path)
    data = link(runtime, make_plan(tmp_path, python, libpython="static", compiler=CompilerOptions(cc=cc)), empty_cache).path.read_bytes()
    for folder in (python.base_prefix, tmp_path, runtime.parent, Path.home()):
        assert str(folder).encode() + b"/" not in data
        assert str(folder).encode() + b"\0" not in data


def test_debug_information_names_no_folder_of_the_building_machine(tmp_path: Path, empty_cache: Cache, cc: str) -> None:
    runtime = small_runtime(tmp_path)
    plan = make_plan(tmp_path, libpython="shared", compiler=CompilerOptions(cc=cc, optimize="debug"))
    library_of(plan.interpreter, "shared")
    data = link(runtime, plan, empty_cache).path.read_bytes()
    assert b"small_runtime" not in data
    assert b".debug_info" in data
    assert str(tmp_path).encode() not in data


def test_the_same_input_gives_the_same_bytes_in_any_folder(tmp_path: Path, cc: str) -> None:
    made = []
    for name in ("one", "another/deeper"):
        folder = tmp_path / name
        runtime = small_runtime(folder) if cc != "gcc" else Path(shutil.copytree(resources.folder("runtime_c"), folder / "runtime_c"))
        executable = link(runtime, make_plan(folder, compiler=CompilerOptions(cc=cc)), Cache(folder / "cache"))
        assert executable.compiled > 0
        made.append(executable.path.read_bytes())
    assert made[0] == made[1]


@pytest.mark.skipif(host_glibc() < (2, 36), reason="this machine's glibc does not relocate by DT_RELR")
def test_relocations_are_packed_unless_an_older_glibc_is_promised(tmp_path: Path, cache: Cache) -> None:
    if not find_toolchain("gcc", cache).linker.packs_relocations:
        pytest.skip("this linker cannot")
    runtime = small_runtime(tmp_path)
    free = link(runtime, make_plan(tmp_path), cache)
    promised = link(runtime, make_plan(tmp_path, max_glibc="2.35"), cache)
    assert "DT_RELR" in dynamic_tags(free.path)
    assert "DT_RELR" not in dynamic_tags(promised.path)


def test_symbols_are_stripped_except_for_debugging(tmp_path: Path, cache: Cache) -> None:
    runtime, plan = small_runtime(tmp_path), make_plan(tmp_path)
    assert b".symtab" not in link(runtime, plan, cache).path.read_bytes()
    assert b".symtab" in link(runtime, with_compiler(plan, optimize="debug"), cache).path.read_bytes()


def test_generated_c_is_compiled_and_linked_as_well(tmp_path: Path, empty_cache: Cache) -> None:
    runtime = small_runtime(tmp_path)
    (runtime / "importer/other.c").write_text(
        "int pb_native(void);\nint pb_other(void);\nint pb_other(void) {\n    return pb_native();\n}\n"
    )
    native = tmp_path / "native.c"
    native.write_text("int pb_native(void);\nint pb_native(void) {\n    return 1;\n}\n")
    first = link(runtime, make_plan(tmp_path), empty_cache, c_sources=(native,))
    assert (first.compiled, first.reused) == (3, 0)
    native.write_text(native.read_text().replace("1", "2"))
    second = link(runtime, make_plan(tmp_path), empty_cache, c_sources=(native,))
    assert (second.compiled, second.reused) == (1, 2)

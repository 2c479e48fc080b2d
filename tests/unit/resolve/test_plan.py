"""From a manifest's text to a plan."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.interpreter.model import Interpreter
from pybuild.manifest import host_markers, load_manifest, manifest_for_scripts
from pybuild.request import Setting
from pybuild.resolve import resolve
from pybuild.resolve.model import DataExclusion, EntryKind, Mode, ModuleRule, Plan, PythonFlags

ENTRY = '[[entry-point]]\nname = "acme"\nrun = "acme.cli:main"\n'


def interpreter(site: Path) -> Interpreter:
    """A Python 3.11 as far as resolve asks: where it looks for packages."""
    nowhere = Path("/nowhere")
    markers = {
        **host_markers(),
        "python_version": "3.11",
        "python_full_version": "3.11.7",
        "implementation_name": "cpython",
        "implementation_version": "3.11.7",
        "platform_python_implementation": "CPython",
    }
    return Interpreter(
        executable=nowhere,
        base_executable=nowhere,
        chosen_by="test",
        version=(3, 11, 7),
        cache_tag="cpython-311",
        magic="a70d0d0a",
        soabi="cpython-311-x86_64-linux-gnu",
        extension_suffixes=(".cpython-311-x86_64-linux-gnu.so", ".abi3.so", ".so"),
        multiarch="x86_64-linux-gnu",
        prefix=nowhere,
        base_prefix=nowhere,
        stdlib=nowhere,
        platstdlib=nowhere,
        dynload=nowhere,
        site_packages=(site,),
        sys_path=("/nowhere/lib", str(site)),
        builtin_modules=("sys",),
        frozen_modules=(),
        stdlib_modules=("sys",),
        config={},
        markers=markers,
        identity="test",
    )


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def plan(project: Path, manifest: str, *settings: Setting) -> Plan:
    put(project, **{"pybuild.toml": manifest})
    python = interpreter(project / "site")
    return resolve(load_manifest(project / "pybuild.toml").merge(python.markers, None, settings), python)


def errors(project: Path, manifest: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(UserError) as error:
        plan(project, manifest)
    return error.value.diagnostics


# -- defaults and names


def test_the_least_manifest(tmp_path: Path) -> None:
    made = plan(tmp_path, ENTRY)
    assert made.mode is Mode.STANDALONE
    assert (made.name, made.executable_name) == ("acme", "acme")
    assert made.output_dir == tmp_path / "dist"
    assert made.program_dir == tmp_path / "dist/acme.dist"
    assert made.source_roots == (tmp_path,)
    assert made.script_dirs == ()
    assert made.python_flags == PythonFlags()
    assert made.compiler.jobs == 0
    assert made.entry_points[0].place == "pybuild.toml:2"
    assert tmp_path / "pybuild.toml" in made.inputs


def test_src_is_the_source_root_where_there_is_one(tmp_path: Path) -> None:
    put(tmp_path, **{"src/acme/cli.py": ""})
    assert plan(tmp_path, ENTRY).source_roots == (tmp_path / "src",)


def test_source_roots_of_the_manifest_must_exist(tmp_path: Path) -> None:
    put(tmp_path, **{"a/x.py": "", "b": ""})
    assert plan(tmp_path, f'[build]\nsource-roots = ["a", "./a/"]\n{ENTRY}').source_roots == (tmp_path / "a",)
    found = errors(tmp_path, f'[build]\nsource-roots = ["a", "b", "c"]\n{ENTRY}')
    assert [d.message for d in found] == ["the source root 'b' is a file, not a folder", "the source root 'c' does not exist"]
    assert [(d.place.line, d.place.column) for d in found if d.place] == [(2, 22), (2, 27)]


def test_the_folder_is_called_like_the_product_and_the_program_like_the_default_entry_point(tmp_path: Path) -> None:
    text = (
        '[product]\nname = "acme-tools"\n[[entry-point]]\nname = "a"\nrun = "x"\n[[entry-point]]\nname = "b"\nrun = "y"\ndefault = true\n'
    )
    made = plan(tmp_path, text)
    assert (made.name, made.executable_name) == ("acme-tools", "b")
    assert made.program_dir == tmp_path / "dist/acme-tools.dist"


def test_the_first_entry_point_is_the_program_where_none_is_the_default(tmp_path: Path) -> None:
    made = plan(tmp_path, '[[entry-point]]\nname = "a"\nrun = "x"\n[[entry-point]]\nname = "b"\nrun = "y"\n')
    assert made.executable_name == "a"


def test_accelerated_lies_in_the_output_folder(tmp_path: Path) -> None:
    assert plan(tmp_path, f'[build]\nmode = "accelerated"\n{ENTRY}').program_dir == tmp_path / "dist"


def test_programs_default_to_the_projects_scripts(tmp_path: Path) -> None:
    scripts = 'scripts.acme = "acme.cli:main [fast]"\ngui-scripts.win = "acme.gui:App.run"\n'
    put(tmp_path, **{"pyproject.toml": f'[project]\nname = "x"\nversion = "2"\n{scripts}'})
    made = plan(tmp_path, "")
    assert [(e.name, e.module, e.function, e.place) for e in made.entry_points] == [
        ("acme", "acme.cli", "main", "pyproject.toml:4"),
        ("win", "acme.gui", "App.run", "pyproject.toml:5"),
    ]
    assert (made.product.name, made.product.version) == ("x", "2")


def test_without_a_manifest_the_script_gives_the_names(tmp_path: Path) -> None:
    put(tmp_path, **{"my-tool.py": ""})
    python = interpreter(tmp_path / "site")
    made = resolve(manifest_for_scripts(["my-tool.py"], tmp_path).merge(python.markers), python)
    assert (made.name, made.executable_name, made.manifest_path) == ("my-tool", "my-tool", None)
    assert made.entry_points[0].kind is EntryKind.SCRIPT
    assert made.entry_points[0].place == "command line"
    assert made.script_dirs == (tmp_path,)
    assert tmp_path / "my-tool.py" in made.inputs


def test_the_command_line_comes_last(tmp_path: Path) -> None:
    settings = (
        Setting("build.mode", "accelerated", "--mode"),
        Setting("build.output-dir", "/elsewhere/out", "--output-dir"),
        Setting("compiler.jobs", "3", "--jobs"),
    )
    made = plan(tmp_path, f'[build]\noutput-dir = "dist"\n{ENTRY}', *settings)
    assert (made.mode, made.output_dir, made.compiler.jobs) == (Mode.ACCELERATED, Path("/elsewhere/out"), 3)


# -- values that are carried over


def test_flags_compiler_and_modules(tmp_path: Path) -> None:
    made = plan(
        tmp_path,
        f"""
{ENTRY}
[build]
python-flags = ["no-asserts", "use-environment", "static-hashes"]
keep-source = true
libpython = "shared"
entry-override = false
[modules]
include = ["acme.plugins.*"]
exclude = ["tkinter"]
[[modules.rule]]
module = "pandas.testing"
from = "acme.**"
action = "error"
[[modules.rule]]
module = "x"
action = "warn"
[compiler]
cc = "tools/gcc"
launcher = ["ccache"]
jobs = 2
cflags = ["-g"]
[linux]
max-glibc = "2.28"
""",
    )
    assert made.python_flags == PythonFlags(no_asserts=True, isolated=False, hash_seed_zero=True)
    assert made.keep_source
    assert not made.entry_override
    assert (made.libpython, made.max_glibc) == ("shared", "2.28")
    assert made.modules.include == ("acme.plugins.*",)
    manifest = tmp_path / "pybuild.toml"
    assert made.modules.rules == (
        ModuleRule("pandas.testing", "acme.**", "error", "pybuild.toml:14", Place(manifest, 15, 10, 'module = "pandas.testing"', 16)),
        ModuleRule("x", "", "warn", "pybuild.toml:18", Place(manifest, 19, 10, 'module = "x"', 3)),
    )
    assert made.modules.include_places == (("acme.plugins.*", Place(manifest, 12, 12, 'include = ["acme.plugins.*"]', 16)),)
    assert made.entry_points[0].run_place == Place(manifest, 4, 7, 'run = "acme.cli:main"', 15)
    assert ("tkinter", "pybuild.toml:13") in made.modules.places
    assert (made.compiler.cc, made.compiler.launcher, made.compiler.jobs) == (str(tmp_path / "tools/gcc"), ("ccache",), 2)


@pytest.mark.parametrize("cc", ["auto", "gcc", "zig", "x86_64-linux-gnu-gcc-12"])
def test_a_compiler_on_the_path_stays_a_name(tmp_path: Path, cc: str) -> None:
    assert plan(tmp_path, f'[compiler]\ncc = "{cc}"\n{ENTRY}').compiler.cc == cc


# -- version


def test_version_from_an_attribute_without_running_anything(tmp_path: Path) -> None:
    source = 'raise SystemExit("run!")\n__version__: str = "1.0"\nif 1:\n    __version__ = "no"\n__version__ = "1.4.0"\n'
    put(tmp_path, **{"src/acme/__init__.py": source})
    made = plan(tmp_path, f'[product]\nversion = {{ attr = "acme.__version__" }}\n{ENTRY}')
    assert made.product.version == "1.4.0"
    assert tmp_path / "src/acme/__init__.py" in made.inputs


def test_version_from_a_file(tmp_path: Path) -> None:
    put(tmp_path, VERSION="2.1\n")
    made = plan(tmp_path, f'[product]\nversion = {{ file = "VERSION" }}\n{ENTRY}')
    assert made.product.version == "2.1"
    assert tmp_path / "VERSION" in made.inputs


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ('{ attr = "nowhere.v" }', "the source of the module 'nowhere' is not found"),
        ('{ attr = "acme.v" }', "assigns nothing to v"),
        ('{ attr = "acme.computed" }', "assigns no plain string to computed"),
        ('{ attr = "broken.v" }', "broken.py:1: invalid syntax"),
        ('{ file = "NOWHERE" }', "does not exist"),
        ('{ file = "EMPTY" }', "has no line"),
        ('{ file = "LONG" }', "has more than one line"),
    ],
)
def test_a_version_that_cannot_be_read(tmp_path: Path, version: str, message: str) -> None:
    put(tmp_path, EMPTY="\n", LONG="1\n2\n", **{"acme.py": "computed = '.'.join('12')\n", "broken.py": "if\n"})
    (problem,) = errors(tmp_path, f"[product]\nversion = {version}\n{ENTRY}")
    assert message in problem.message
    assert problem.place is not None
    assert problem.place.line == 2


# -- data


def test_data_and_libraries(tmp_path: Path) -> None:
    put(
        tmp_path,
        **{
            "assets/a.png": "",
            "vendor/libfoo.so.2": "",
            "src/acme/__init__.py": "",
            "src/acme/x.json": "",
            "site/babel/__init__.py": "",
            "site/babel/en.dat": "",
        },
    )
    made = plan(
        tmp_path,
        f"""{ENTRY}
[[data]]
from = "assets/**/*.png"
to = "share/"
[[data]]
package = "babel"
patterns = ["*.dat"]
[[data]]
package = "acme"
[[library]]
from = "vendor/libfoo.so.2"
""",
    )
    assert [(str(d.target), d.reason) for d in made.data] == [
        ("acme/x.json", "pybuild.toml:11"),
        ("babel/en.dat", "pybuild.toml:8"),
        ("share/a.png", "pybuild.toml:5"),
    ]
    assert [(d.target, d.reason) for d in made.libraries] == [(PurePosixPath("lib/libfoo.so.2"), "pybuild.toml:13")]
    for name in ("assets", "assets/a.png", "vendor/libfoo.so.2", "site/babel/en.dat", "src/acme"):
        assert tmp_path / name in made.inputs


def test_what_is_not_wanted_of_a_package(tmp_path: Path) -> None:
    put(tmp_path, **{"src/acme/__init__.py": "", "src/acme/x.json": ""})
    made = plan(tmp_path, f'{ENTRY}[[data]]\npackage = "acme"\nexclude = ["big/**"]\n[[data]]\npackage = "acme"\n')
    assert made.data_exclusions == (DataExclusion("acme", ("big/**",)),)
    assert [(str(file.target), file.reason) for file in made.data] == [("acme/x.json", "pybuild.toml:7")]


def test_errors_of_all_tables_come_at_once_each_at_its_value(tmp_path: Path) -> None:
    found = errors(
        tmp_path,
        """
[[entry-point]]
name = "a"
run = "nowhere.py"
[[data]]
from = "assets/*"
to = "x/"
[[data]]
package = "babel"
[[library]]
from = "libfoo.so"
""",
    )
    assert [(d.place.line if d.place else 0, d.message) for d in found] == [
        (4, "the script 'nowhere.py' does not exist"),
        (6, "'assets/*' matches no file: there is no folder 'assets'"),
        (9, "the package 'babel' is not found"),
        (11, "'libfoo.so' does not exist"),
    ]


# -- the place of the result


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    put(tmp_path, dist="")
    (problem,) = errors(tmp_path, f'[build]\noutput-dir = "dist/inner"\n{ENTRY}')
    assert "is a file" in problem.message
    assert problem.place is not None
    assert problem.place.line == 2


def test_tokens_in_the_output_folder_are_refused(tmp_path: Path) -> None:
    (problem,) = errors(tmp_path, f'[build]\noutput-dir = "dist/{{VERSION}}"\n{ENTRY}')
    assert "{VERSION}" in problem.message


def test_the_result_never_replaces_its_sources(tmp_path: Path) -> None:
    project = tmp_path / "acme.dist"
    put(project, **{"acme/cli.py": "", "tool": ""})
    (problem,) = errors(project, f'[build]\noutput-dir = ".."\n{ENTRY}')
    assert "in which the sources lie" in problem.message
    (problem,) = errors(project, f'[build]\noutput-dir = "."\nmode = "accelerated"\n{ENTRY}')
    assert "it is a folder" in problem.message
    (problem,) = errors(project, '[build]\noutput-dir = "."\nmode = "accelerated"\n[[entry-point]]\nname = "tool"\nrun = "./tool"\n')
    assert "its own source" in problem.message


def test_a_data_file_cannot_lie_where_a_program_does(tmp_path: Path) -> None:
    put(tmp_path, x="")
    (problem,) = errors(tmp_path, f'{ENTRY}aliases = ["other"]\n[[data]]\nfrom = "x"\nto = "other"\n')
    assert "where the program 'other'" in problem.message


def test_the_folder_of_a_package_gives_way_to_the_program_of_its_name(tmp_path: Path) -> None:
    made = plan(tmp_path, f'{ENTRY}aliases = ["rich"]\n')
    assert made.placed("acme/data/x.json") == "acme.pkg/data/x.json"
    assert made.placed("rich/__init__.py") == "rich.pkg/__init__.py"
    assert made.placed("acme.py") == "acme.py"
    assert made.placed("acmes/x") == "acmes/x"
    assert made.placed("lib/acme/x") == "lib/acme/x"

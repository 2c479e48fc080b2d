"""Data files that are shipped because code opens files by its own place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from pybuild.graph import build_graph
from pybuild.graph.model import ModuleGraph
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import DataExclusion, DataFile, Mode

from .conftest import Environment, Project

OPENS = "from pathlib import Path\nHERE = Path(__file__).parent\n"


def put(folder: Path, *names: str, content: bytes = b"") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def shipped(graph: ModuleGraph) -> list[str]:
    return [item.target for item in graph.data]


@pytest.fixture
def lib(environment: Environment, project: Project) -> Environment:
    """An installed package `lib` that opens files beside itself."""
    environment.install("Lib", lib__=OPENS, lib__sub__="", lib__unused__="", lib__unused__code="")
    project.interpreter = environment.interpreter()
    project.write(main="import lib.sub\n")
    return environment


def build(project: Project, *runs: str, **options: object) -> ModuleGraph:
    return project.graph(*(runs or ("main.py",)), mode=Mode.STANDALONE, **options)


def test_files_of_a_package_that_opens_some(lib: Environment, project: Project) -> None:
    put(lib.packages / "lib", "words.txt", "data/deep/x.json", ".hidden", "sub/y.dat", "unused/z.dat")
    built = build(project)
    assert shipped(built) == ["lib/.hidden", "lib/data/deep/x.json", "lib/sub/y.dat", "lib/words.txt"]
    assert {item.reason for item in built.data} == {"lib opens files by its own place"}
    assert built.data[-1].source.samefile(lib.packages / "lib/words.txt")
    assert {lib.packages / "lib", lib.packages / "lib/data/deep"} <= set(built.inputs)


@pytest.mark.parametrize(
    "name",
    [
        *("code.py", "old.pyc", "stub.pyi", "fast.pyx", "fast.c", "fast.h", "lib.a", "py.typed", "LICENSE", "LICENSE.txt", "README.md"),
        *("tests/x.json", "docs/x.html", "__pycache__/x.json", "unused/x.json", "code.cpython-311-x86_64-linux-gnu.so", "code.abi3.so"),
    ],
)
def test_what_is_no_data(lib: Environment, project: Project, name: str) -> None:
    put(lib.packages / "lib", name)
    assert shipped(build(project)) == []


@pytest.mark.parametrize("name", ["license.json", "readme_template.md", "news.csv", "x.exe", "no_ending", "history.db"])
def test_what_only_looks_like_something_for_readers(lib: Environment, project: Project, name: str) -> None:
    put(lib.packages / "lib", name)
    assert shipped(build(project)) == [f"lib/{name}"]


def test_a_package_that_opens_none_has_none(environment: Environment, project: Project) -> None:
    environment.install("Lib", lib__="import logging\nlog = logging.getLogger(__name__)\n", lib__code="")
    project.interpreter = environment.interpreter()
    project.write(main=f"import lib\n{OPENS}")
    put(environment.packages / "lib", "words.txt")
    assert shipped(build(project)) == []


def test_a_folder_that_is_no_package_is_data_as_a_whole(lib: Environment, project: Project) -> None:
    """Templates of code are data; a module that the program imports is not, wherever it lies."""
    put(lib.packages / "lib", "templates/new/__init__.py", "templates/new/app.py-tpl", "stubs/a.pyi", "plugins/one.py", "plugins/one.txt")
    project.write(main="import lib.plugins.one\n")
    assert shipped(build(project)) == [
        "lib/plugins/one.txt",
        "lib/stubs/a.pyi",
        "lib/templates/new/__init__.py",
        "lib/templates/new/app.py-tpl",
    ]


def test_a_package_of_nothing_but_data_is_a_module_of_the_program(lib: Environment, project: Project) -> None:
    put(lib.packages / "lib", "texts/__init__.py", "texts/de/__init__.py", "texts/de/a.txt")
    built = build(project)
    assert {"lib.texts", "lib.texts.de"} <= set(built.modules)
    assert shipped(built) == ["lib/texts/de/a.txt"]
    assert shipped(build(project, exclude=("lib.texts",))) == []


@pytest.mark.parametrize("call", ["importlib.resources.files('store.deep')", "pkgutil.get_data('store.deep', 'x.txt')"])
def test_a_package_whose_resources_are_asked_for_by_name(environment: Environment, project: Project, call: str) -> None:
    environment.install("Store", store__="", store__deep__="")
    put(environment.packages / "store", "deep/x.txt", "deep/more/y.txt")
    project.interpreter = environment.interpreter()
    project.write(main=f"import importlib.resources, pkgutil\ndef load():\n    return {call}\n")
    built = build(project)
    assert shipped(built) == ["store/deep/more/y.txt", "store/deep/x.txt"]
    assert "@main.py:3 store.deep" in [f"{edge.importer}:{edge.line} {edge.imported}" for edge in built.edges]


def test_resources_of_a_folder_without_code(environment: Environment, project: Project) -> None:
    environment.install("Lib", lib__="from importlib.resources import files\nfiles('lib_data.texts')\n")
    put(environment.packages / "lib_data/texts", "x.txt")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    built = build(project)
    assert shipped(built) == ["lib_data/texts/x.txt"]
    assert "lib_data.texts" in built.modules


def test_a_name_that_is_no_package_is_no_matter(project: Project) -> None:
    project.write(main="import importlib.resources\nimportlib.resources.files('no.such')\n")
    assert not [item for item in build(project).missing if item.name.startswith("no")]
    assert project.warnings == []


def test_the_data_package_of_another(environment: Environment, project: Project) -> None:
    """`import lib_data` and `lib_data.__path__` in one distribution, the files in another."""
    environment.install("Lib", lib__="import lib_data\nplace = lib_data.__path__[0]\n")
    environment.install("Lib-data", lib_data__="")
    put(environment.packages / "lib_data", "x.bin")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    assert shipped(build(project)) == ["lib_data/x.bin"]


def test_both_packages_of_a_distribution(environment: Environment, project: Project) -> None:
    environment.install("Lib", lib__=OPENS, lib_more__="", lib_more__code="")
    environment.install("Other", other__="", other__code="")
    put(environment.packages, "lib_more/x.bin", "other/x.bin")
    project.interpreter = environment.interpreter()
    project.write(main="import lib, lib_more, other\n")
    assert shipped(build(project)) == ["lib_more/x.bin"]


def test_a_compiled_package(environment: Environment, project: Project) -> None:
    environment.install("Lib", lib__="")
    suffix = project.interpreter.extension_suffixes[0]
    put(environment.packages, f"lib/fast{suffix}", content=b"\x7fELF..__file__..PyInit_fast")
    put(environment.packages, f"plain/fast{suffix}", content=b"\x7fELF..PyInit_fast")
    put(environment.packages, "lib/x.bin", "plain/__init__.py", "plain/x.bin")
    project.interpreter = environment.interpreter()
    project.write(main="import lib.fast, plain.fast\n")
    assert shipped(build(project)) == ["lib/x.bin"]


def test_libraries_that_are_loaded_by_their_path(lib: Environment, project: Project) -> None:
    put(lib.packages / "lib", "native/libfoo.so", "native/libbar.so.1.2", content=b"\x7fELF")
    put(lib.packages / "lib", "unused_module.so", content=b"\x7fELF PyInit_unused_module")
    built = build(project)
    assert [(item.target, item.library) for item in built.data] == [("lib/native/libbar.so.1.2", True), ("lib/native/libfoo.so", True)]


def test_knowledge_of_a_packages_data_takes_the_place_of_the_rule(
    environment: Environment, project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pybuild.graph import knowing
    from pybuild.graph.knowledge import FOLDER, Knowledge

    folder = tmp_path / "knowledge"
    put(folder, "stdlib.toml", content=(FOLDER / "stdlib.toml").read_bytes())
    monkeypatch.setattr(knowing, "Knowledge", lambda version, markers: Knowledge(version, markers, folder))
    environment.install("Lib", lib__=OPENS)
    put(environment.packages / "lib", "one.txt", "two.txt")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    entry = '[[module]]\nname = "lib"\nreason = "r"\n'
    for text, expected in [
        (f'{entry}data = ["one.txt"]\n', ["lib/one.txt"]),
        (f'{entry}imports = ["json"]\n', ["lib/one.txt", "lib/two.txt"]),
        (f'lists_data = true\n{entry}imports = ["json"]\n', []),
        (f'lists_data = false\n{entry}data = ["one.txt"]\n', ["lib/one.txt", "lib/two.txt"]),
    ]:
        put(folder, "lib.toml", content=text.encode())
        assert shipped(build(project)) == expected, text


def test_the_manifest_has_the_last_word(lib: Environment, project: Project) -> None:
    put(lib.packages / "lib", "big/one.bin", "small.txt", "other.txt")
    mine = project.file("mine.txt", "")
    plan = replace(
        project.plan("main.py", mode=Mode.STANDALONE),
        data_exclusions=(DataExclusion("lib", ("big/**",)),),
        data=(DataFile(mine, PurePosixPath("lib/small.txt"), "pybuild.toml:9"),),
    )
    with WorkerPool(project.interpreter, 2) as pool:
        assert shipped(build_graph(plan, pool, project.cache, project.progress)) == ["lib/other.txt"]


def test_in_accelerated_mode_files_are_used_where_they_lie(lib: Environment, project: Project) -> None:
    put(lib.packages / "lib", "words.txt")
    assert shipped(project.graph("main.py")) == []


# -- the program's own


def test_data_of_the_programs_own_package(project: Project) -> None:
    project.write(acme__="", acme__cli=f"{OPENS}def main(): pass\n", acme__parts__="", acme__unused__code="")
    put(
        project.folder / "acme",
        "x.json",
        "web/index.html",
        "web/app.py",
        "parts/y.json",
        ".env",
        ".git/config",
        "venv/pyvenv.cfg",
        "venv/z",
    )
    assert shipped(build(project, "acme.cli:main")) == ["acme/parts/y.json", "acme/web/index.html", "acme/x.json"]


def test_links_that_lead_out_of_the_project_are_not_followed(project: Project, tmp_path: Path) -> None:
    put(tmp_path, "secret/key", "project/shared/x.txt")
    project.write(acme__=OPENS, main="import acme\n")
    (project.folder / "acme/key").symlink_to(tmp_path / "secret/key")
    (project.folder / "acme/secret").symlink_to(tmp_path / "secret")
    (project.folder / "acme/shared").symlink_to(project.folder / "shared")
    (project.folder / "acme/loop").mkdir()
    (project.folder / "acme/loop/back").symlink_to(project.folder / "acme/loop")
    assert shipped(build(project)) == ["acme/shared/x.txt"]


def test_the_result_of_an_earlier_build_is_no_data(project: Project) -> None:
    project.write(acme__=OPENS, main="import acme\n")
    put(project.folder, "acme/dist/old", "acme/x")
    plan = replace(project.plan("main.py", mode=Mode.STANDALONE), output_dir=project.folder / "acme/dist")
    with WorkerPool(project.interpreter, 2) as pool:
        assert shipped(build_graph(plan, pool, project.cache, project.progress)) == ["acme/x"]


def test_what_a_scripts_constants_name_beside_it(project: Project) -> None:
    project.file("main.py", f"{OPENS}names = 'words.txt', 'data', 'a/b.json', 'helper', 'absent.txt', 'secret'\n")
    project.write(helper__="", module="")
    put(
        project.folder,
        "words.txt",
        "data/x.csv",
        "data/.hidden",
        "data/code.py",
        "a/b.json",
        "a/c.json",
        "unnamed.txt",
        "helper/x.txt",
        "module.txt",
    )
    (project.folder / "secret").symlink_to(project.folder.parent)
    assert shipped(build(project)) == ["a/b.json", "data/x.csv", "words.txt"]
    project.file("main.py", "names = 'words.txt', 'data'\n")
    assert shipped(build(project)) == []


def test_with_suffix(project: Project) -> None:
    project.file("main.py", "from pathlib import Path\nPath(__file__).with_suffix('.json')\n")
    put(project.folder, "main.json", "other.json")
    assert shipped(build(project)) == ["main.json"]


def test_a_program_keeps_its_name(project: Project) -> None:
    project.file("main.py", f"{OPENS}name = 'main'\n")
    put(project.folder, "main")
    assert shipped(build(project)) == []


def test_what_a_package_of_ones_own_names_beside_itself(project: Project) -> None:
    project.write(src__acme__="", src__acme__cli="from pathlib import Path\nPath(__file__).parent.parent / 'templates' / 'a.html'\n")
    put(project.folder, "src/templates/a.html", "templates/b.html", "src/c.html")
    project.write(src__main="import acme.cli\n")
    assert shipped(build(project, "src/main.py", roots=("src",))) == ["templates/a.html"]


def test_a_module_of_a_namespace(project: Project) -> None:
    project.write(main="import space.part\n", space__part=f"{OPENS}name = 'x.txt'\n")
    put(project.folder, "space/x.txt", "space/y.txt", "x.txt")
    assert shipped(build(project)) == ["space/x.txt"]


def test_a_single_installed_module(environment: Environment, project: Project) -> None:
    """Beside it lie the packages of everybody else."""
    environment.install("Single", single=f"{OPENS}names = 'single.dat', 'single_data', 'space', 'other'\n")
    put(environment.packages, "single.dat", "single_data/x.txt", "space/part.py", "space/y.txt", "other/__init__.py", "other/z.txt")
    project.interpreter = environment.interpreter()
    project.write(main="import single\n")
    assert shipped(build(project)) == ["single.dat", "single_data/x.txt"]

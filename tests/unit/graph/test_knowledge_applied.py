"""What entries of package knowledge do to a graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.graph import knowing
from pybuild.graph.knowledge import FOLDER, Knowledge
from pybuild.graph.model import ModuleGraph, Party
from pybuild.resolve.model import Mode

from .conftest import Environment, Project, edges


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of knowledge of the test's own, with the standard library's."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "stdlib.toml").write_bytes((FOLDER / "stdlib.toml").read_bytes())
    monkeypatch.setattr(knowing, "Knowledge", lambda version, markers: Knowledge(version, markers, folder))
    return folder


@pytest.fixture
def lib(environment: Environment, project: Project) -> Environment:
    """A package `lib` with hidden parts, and a program that imports it."""
    environment.install(
        "Lib", "2.5", lib__="", lib__a="", lib__b="", lib__formats__="", lib__formats__png="", lib__formats__gif="", other=""
    )
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    return environment


def graph(project: Project, known: Path, text: str, name: str = "lib") -> ModuleGraph:
    (known / f"{name}.toml").write_text(text)
    return project.graph("main.py", mode=Mode.STANDALONE)


def entry(**values: str) -> str:
    return '[[module]]\nname = "lib"\nreason = "it is so"\n' + "".join(f"{key.rstrip('_')} = {value}\n" for key, value in values.items())


def test_hidden_imports_and_patterns(lib: Environment, project: Project, known: Path) -> None:
    built = graph(project, known, entry(imports='["lib.a", "lib.formats.*", "lib.not_there"]'))
    assert {"lib.a", "lib.formats.png", "lib.formats.gif"} <= set(built.modules) and "lib.b" not in built.modules
    assert "lib:0 lib.a [knowledge]" in edges(built, "lib")
    assert [edge.reason for edge in built.edges if edge.imported == "lib.a"] == ["knowledge: it is so"]
    assert project.warnings == []


def test_required_imports_are_reported_when_missing(lib: Environment, project: Project, known: Path) -> None:
    built = graph(project, known, entry(imports='["not_there"]', required="true"))
    assert "not_there" in [item.name for item in built.missing]


@pytest.mark.parametrize(("version", "counts"), [(">=2", True), ("<2", False), ("==2.5", True)])
def test_on_the_distributions_version(lib: Environment, project: Project, known: Path, version: str, counts: bool) -> None:
    built = graph(project, known, entry(imports='["lib.a"]', version=f'"{version}"'))
    assert ("lib.a" in built.modules) == counts


def test_with_another_module(lib: Environment, project: Project, known: Path) -> None:
    text = entry(imports='["lib.a"]', with_='["other"]')
    assert "lib.a" not in graph(project, known, text).modules
    project.write(main="import lib, late\n", late="import late2\n", late2="import other\n")
    assert "lib.a" in graph(project, known, text).modules


def test_metadata(lib: Environment, project: Project, known: Path) -> None:
    lib.install("extra-metadata", "3")
    project.interpreter = lib.interpreter()
    built = graph(project, known, entry(metadata='["extra-metadata"]'))
    assert [item.name for item in built.distributions] == ["Lib", "extra-metadata"]


def test_codecs(lib: Environment, project: Project, known: Path) -> None:
    assert "_codecs_iso2022" not in graph(project, known, entry(imports='["lib.a"]')).modules
    assert "_codecs_iso2022" in graph(project, known, entry(codecs='["iso2022_jp"]')).modules
    assert "bz2" in graph(project, known, entry(codecs='["*"]')).modules


def test_data_and_libraries(lib: Environment, project: Project, known: Path) -> None:
    for name in ("data/one.dat", "data/deep/two.dat", "data/three.txt", "../lib.libs/libx.so.1"):
        file = lib.packages / "lib" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    built = graph(project, known, entry(data='["data/*.dat", "data/deep/**"]', libraries='["../lib.libs/*"]'))
    assert [(item.target, item.library) for item in built.data] == [
        ("lib.libs/libx.so.1", True),
        ("lib/data/deep/two.dat", False),
        ("lib/data/one.dat", False),
    ]
    assert built.data[0].source.samefile(lib.packages / "lib.libs/libx.so.1")
    assert lib.packages / "lib/data" in built.inputs


def test_data_that_leaves_the_search_path_is_a_defect(lib: Environment, project: Project, known: Path) -> None:
    with pytest.raises(ValueError, match="leaves"):
        graph(project, known, entry(data='["../../x"]'))


def test_folders_that_a_module_adds_to_the_search_path(lib: Environment, project: Project, known: Path) -> None:
    """What lies there is found when it is nowhere else, by whoever asks for it."""
    lib.install("second", second="import bundled.deep, other\n")
    for name in ("bundled/__init__.py", "bundled/deep.py", "other.py"):
        file = lib.packages / "lib/_vendor" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    project.interpreter = lib.interpreter()
    project.write(main="try:\n    import bundled.deep\nexcept ImportError:\n    pass\nimport second, late\n", late="import lib\n")
    assert "bundled" not in graph(project, known, entry(imports='["lib.a"]')).modules
    built = graph(project, known, entry(path='["_vendor", "no_such_folder"]'))
    assert built.modules["bundled.deep"].path == lib.packages / "lib/_vendor/bundled/deep.py"
    assert (built.modules["bundled.deep"].target, built.modules["bundled.deep"].party) == ("bundled/deep.py", Party.THIRD)
    assert built.modules["other"].path == lib.packages / "other.py"
    assert project.warnings == []
    assert graph(project, known, entry(path='["_vendor"]')) == built  # remembered
    assert "bundled" not in graph(project, known, entry(imports='["lib.a"]')).modules


def test_provided_names(lib: Environment, project: Project, known: Path) -> None:
    project.write(main="import lib.moves.deep\nfrom lib.moves import something\n")
    built = graph(project, known, entry(provides='["lib.moves.**", "lib.moves"]'))
    assert built.missing == () or not [item for item in built.missing if item.name.startswith("lib")]
    assert {"@main.py:1 lib", "@main.py:2 lib"} <= set(edges(built, "@main.py"))


def test_dropped_edges(lib: Environment, project: Project, known: Path) -> None:
    lib.install("second", second="def _test():\n    import lib.a\ndef door():\n    import lib.b\n")
    project.interpreter = lib.interpreter()
    project.write(main="import second\n")
    drops = '[{ imports = "lib.a", functions = ["_test"] }, { imports = "lib.b", unless_named = ["door"] }]'
    text = f'[[module]]\nname = "second"\nreason = "r"\ndrop = {drops}\n'
    built = graph(project, known, text, "second")
    assert not {"lib.a", "lib.b"} & set(built.modules)
    assert "second:2 lib.a [unreachable] in a function" in edges(built)
    project.write(main="from second import door\n")
    built = graph(project, known, text, "second")
    assert "lib.b" in built.modules and "lib.a" not in built.modules


def test_doors_that_need_a_text_as_well(lib: Environment, project: Project, known: Path) -> None:
    lib.install("second", second="def door():\n    import lib.b\n")
    lib.install("third", third="from second import door\nasync_default = 1\n")
    project.interpreter = lib.interpreter()
    drops = '[{ imports = "lib.b", unless_named = ["door"], by_text = ["async def"] }]'
    text = f'[[module]]\nname = "second"\nreason = "r"\ndrop = {drops}\n'
    project.write(main="import third\n")
    assert "lib.b" not in graph(project, known, text, "second").modules
    project.write(main="import third\nasync  def f(): pass\n")
    assert "lib.b" in graph(project, known, text, "second").modules
    project.write(main="import second\nasync def f(): pass\n")
    assert "lib.b" not in graph(project, known, text, "second").modules


def test_knowledge_of_the_programs_own_packages_counts_too(project: Project, known: Path) -> None:
    project.write(main="import lib\n", lib__="", lib__a="")
    assert "lib.a" in graph(project, known, entry(imports='["lib.a"]')).modules


def test_excluded_modules_stay_out(lib: Environment, project: Project, known: Path) -> None:
    (known / "lib.toml").write_text(entry(imports='["lib.a"]'))
    built = project.graph("main.py", mode=Mode.STANDALONE, exclude=("lib.a",))
    assert "lib.a" not in built.modules

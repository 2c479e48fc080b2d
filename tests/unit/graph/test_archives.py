"""Modules in zip archives on the search path, where `.pth` files and old installers put them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pybuild.errors import BuildFailure, UserError
from pybuild.graph.model import ModuleKind, Party
from pybuild.resolve.model import Mode

from .conftest import Environment, Project


def make_egg(environment: Environment, name: str = "some.egg", **files: str) -> Path:
    """An archive beside the packages, which a `.pth` file puts on the search path; files are named as in `Project.write`."""
    archive = environment.packages / name
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as egg:
        for key, text in files.items():
            path = key.replace("__", "/")
            egg.writestr(f"{path}__init__.py" if path.endswith("/") else f"{path}.py", text)
    (environment.packages / "eggs.pth").write_text(f"./{name}\n")
    return archive


@pytest.mark.parametrize("mode", [Mode.STANDALONE, Mode.ACCELERATED])
def test_modules_in_an_archive_are_found(environment: Environment, project: Project, mode: Mode) -> None:
    archive = make_egg(
        environment, single="import json\n", acme__="from . import one\n", acme__one="from .sub import two\n", acme__sub__=""
    )
    with zipfile.ZipFile(archive, "a") as egg:
        egg.writestr("acme/sub/two.py", "")
        egg.writestr("acme/data.txt", "text")
    project.interpreter = environment.interpreter()
    project.write(main="import single, acme.sub.two\n")
    graph = project.graph("main.py", mode=mode)
    assert {"single", "acme", "acme.sub", "acme.sub.two"} <= set(graph.modules)
    package = graph.modules["acme"]
    assert (package.kind, package.party, package.target) == (ModuleKind.SOURCE, Party.THIRD, "acme/__init__.py")
    assert package.path is not None and (package.path.parent / "data.txt").read_text() == "text"
    assert archive in graph.inputs and not [warning for warning in project.warnings if "acme" in warning.message]
    if mode is Mode.STANDALONE:
        assert graph.modules["acme.one"].party is Party.THIRD and graph.modules["single"].key


def test_an_archive_in_the_project_is_the_programs_own(environment: Environment, project: Project) -> None:
    archive = make_egg(environment, acme__="", acme__tool="")
    archive = archive.rename(project.folder / "vendored.zip")
    (environment.packages / "eggs.pth").write_text(f"{archive}\n")
    project.interpreter = environment.interpreter()
    project.write(main="import acme.tool\n")
    assert project.graph("main.py").modules["acme.tool"].party is Party.FIRST


def test_another_archive_of_the_same_name_is_seen(environment: Environment, project: Project) -> None:
    project.write(main="import acme\n")
    for text, wanted in (("import json\n", "json"), ("import colorsys\n", "colorsys")):
        make_egg(environment, acme=text)
        project.interpreter = environment.interpreter()
        assert wanted in {edge.imported for edge in project.graph("main.py", mode=Mode.STANDALONE).edges if edge.importer == "acme"}


def test_what_has_gone_from_the_cache_is_unpacked_again(environment: Environment, project: Project) -> None:
    make_egg(environment, acme__="", acme__tool="import colorsys\n")
    project.interpreter = environment.interpreter()
    project.write(main="import acme.tool\n")
    path = project.graph("main.py", mode=Mode.STANDALONE).modules["acme.tool"].path
    assert path is not None
    path.unlink()
    assert "colorsys" in project.graph("main.py", mode=Mode.STANDALONE).modules
    assert path.is_file()


def test_files_that_would_leave_the_folder_are_left_out(environment: Environment, project: Project) -> None:
    with zipfile.ZipFile(make_egg(environment, acme=""), "a") as egg:
        egg.writestr("../../outside.py", "")
        egg.writestr("/absolute.py", "")
    project.interpreter = environment.interpreter()
    project.write(main="import acme\n")
    path = project.graph("main.py").modules["acme"].path
    assert path is not None and [file.name for file in path.parent.iterdir()] == ["acme.py"]
    assert not list(project.cache.root.rglob("outside.py"))


def test_an_archive_that_cannot_be_unpacked_says_which_and_what_to_do(environment: Environment, project: Project) -> None:
    archive = make_egg(environment, acme="", other="x = 1\n" * 100)
    content = bytearray(archive.read_bytes())
    start = content.index(b"other.py") + len(b"other.py")
    content[start : start + 8] = b"\xff" * 8
    archive.write_bytes(content)
    project.interpreter = environment.interpreter()
    project.write(main="import acme\n")
    with pytest.raises((UserError, BuildFailure)) as caught:
        project.graph("main.py")
    (diagnostic,) = caught.value.diagnostics
    assert str(archive) in diagnostic.message and "pip" in diagnostic.hint

"""The second build asks only for what has changed, and never believes an answer that is no longer true."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest

from pybuild.cache import Cache
from pybuild.graph import build_graph
from pybuild.graph.memory import Memory
from pybuild.graph.model import ModuleGraph, Party
from pybuild.interpreter import WorkerPool
from pybuild.progress import Silent
from pybuild.resolve.model import Mode, PythonFlags

from .conftest import Project


@pytest.fixture
def acme(project: Project) -> Project:
    return project.write(main="import acme.cli\n", acme__="", acme__cli="from . import tools\nimport json\n", acme__tools="", extra="")


class NoPool(WorkerPool):
    """Workers that must not be needed."""

    def map(self, op, requests):
        if list(requests):
            raise AssertionError(f"a worker is asked for {op}")
        return iter(())


def own(graph: ModuleGraph) -> list[str]:
    return [name for name, module in graph.modules.items() if module.party is Party.FIRST]


def again(project: Project, *runs: str, **options: object) -> ModuleGraph:
    """The graph when no worker may be asked."""
    plan = project.plan(*runs, **options)  # type: ignore[arg-type]
    return build_graph(plan, NoPool(project.interpreter), project.cache, Silent())


@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_changed_asks_nobody(acme: Project, mode: Mode) -> None:
    first = acme.graph("main.py", mode=mode)
    second = again(acme, "main.py", mode=mode)
    assert second == first


def test_one_changed_module_is_scanned_alone(acme: Project) -> None:
    acme.graph("main.py")
    acme.write(acme__tools="import json\n")
    graph = acme.graph("main.py")
    assert acme.modules_asked == 1
    assert "acme.tools" in {edge.importer for edge in graph.edges if edge.imported == "json"}


def test_a_change_at_once_is_seen(acme: Project) -> None:
    """Of the same size, within one tick of the file system's clock."""
    for letter in "abcdef":
        acme.write(acme__tools=f"import {letter}\n")
        graph = acme.graph("main.py")
        assert [item.name for item in graph.missing] == [letter]


def test_a_change_with_the_old_time_is_seen(acme: Project) -> None:
    acme.write(acme__tools="import a\n")
    path = acme.folder / "acme/tools.py"
    os.utime(path, ns=(10**18, 10**18))
    acme.graph("main.py")
    acme.write(acme__tools="import b\n")
    os.utime(path, ns=(10**18, 10**18))
    assert [item.name for item in acme.graph("main.py").missing] == ["b"]


def test_a_touched_file_is_not_compiled_again(acme: Project) -> None:
    acme.graph("main.py")
    os.utime(acme.folder / "acme/tools.py", ns=(10**18, 10**18))
    acme.graph("main.py")
    assert acme.modules_asked == 0


def test_a_module_that_appears(acme: Project) -> None:
    acme.write(main="import acme.cli\ntry:\n    import later\nexcept ImportError:\n    pass\nfrom acme import more\n")
    assert "later" not in own(acme.graph("main.py"))
    acme.write(later="", acme__more="")
    assert {"later", "acme.more"} <= set(own(acme.graph("main.py")))


def test_a_module_that_goes(acme: Project) -> None:
    acme.graph("main.py")
    (acme.folder / "acme/tools.py").unlink()
    assert "acme.tools" not in own(acme.graph("main.py"))


def test_a_module_that_becomes_a_package(acme: Project) -> None:
    acme.graph("main.py")
    (acme.folder / "acme/tools.py").unlink()
    acme.write(acme__tools__="import extra\n")
    graph = acme.graph("main.py")
    assert graph.modules["acme.tools"].is_package and "extra" in own(graph)


def test_a_folder_that_becomes_a_package(acme: Project) -> None:
    acme.write(main="import space.one\n", space__one="")
    acme.graph("main.py")
    acme.write(space__="import extra\n")
    assert "extra" in own(acme.graph("main.py"))


def test_a_module_that_is_shadowed(acme: Project) -> None:
    """A folder that is searched earlier gets a module of the name."""
    acme.file("src/lib.py", "")
    acme.file("tool.py", "import lib\n")
    assert acme.graph("tool.py", roots=("src",)).modules["lib"].path == acme.folder / "src/lib.py"
    (acme.folder / "src/lib.py").unlink()
    acme.file("lib.py", "")
    assert acme.graph("tool.py", roots=("src",)).modules["lib"].path == acme.folder / "lib.py"


def test_included_modules_that_appear(acme: Project) -> None:
    acme.write(acme__plugins__="", acme__plugins__one="")
    acme.graph("main.py", include=("acme.plugins.*",))
    acme.write(acme__plugins__two="")
    assert "acme.plugins.two" in own(acme.graph("main.py", include=("acme.plugins.*",)))


def test_flags_have_their_own_bytecode(acme: Project) -> None:
    plain = acme.graph("main.py")
    stripped = acme.graph("main.py", flags=PythonFlags(no_docstrings=True))
    assert plain.modules["acme.cli"].key != stripped.modules["acme.cli"].key


def test_the_same_source_in_another_folder_has_the_same_bytecode(acme: Project, tmp_path: Path) -> None:
    first = acme.graph("main.py")
    other = Project(tmp_path / "elsewhere", acme.cache, acme.interpreter)
    acme.folder.rename(other.folder)
    second = other.graph("main.py")
    assert other.modules_asked == 0
    assert [module.key for module in first.modules.values()] == [module.key for module in second.modules.values()]


def test_inputs_are_what_a_later_build_must_find_unchanged(acme: Project) -> None:
    graph = acme.graph("main.py")
    assert {acme.folder, acme.folder / "acme", acme.folder / "main.py", acme.folder / "acme/cli.py"} <= set(graph.inputs)
    assert acme.folder / "extra.py" not in graph.inputs
    assert graph.inputs == tuple(sorted(graph.inputs))


@pytest.mark.parametrize("damage", [b"", b"{", b'{"found": {"acme": [["source", "/nowhere.py", null], []]}}', b"[1]", b"\xff", b"abc\n{}"])
def test_a_damaged_memory_costs_time_only(acme: Project, damage: bytes, tmp_path: Path) -> None:
    acme.cache = Cache(tmp_path / "cache")
    first = acme.graph("main.py")
    (stored,) = [path for path in (acme.cache.root / "memory").rglob("*") if path.is_file()]
    stored.write_bytes(damage)
    assert acme.graph("main.py") == first


def test_bytecode_that_has_gone_from_the_cache_is_made_again(acme: Project, tmp_path: Path) -> None:
    from pybuild.compiler import compile_program

    acme.cache = Cache(tmp_path / "cache")
    graph = acme.graph("main.py")
    key = graph.modules["acme.cli"].key
    acme.cache.path("module", key).unlink()
    plan = acme.plan("main.py")
    with WorkerPool(acme.interpreter, 1) as pool:
        compiled = compile_program(plan, graph, pool, acme.cache, Silent())
    assert compiled.modules["acme.cli"].read()


def test_a_question_depends_on_its_folders(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    folder = tmp_path / "folder"
    folder.mkdir()
    memory = Memory(cache, "x")
    memory.learn_answer("?q", 42, [str(folder)])
    memory.save()
    assert Memory(cache, "x").answer("?q") == 42
    assert Memory(cache, "y").answer("?q") is None
    (folder / "new").touch()
    assert Memory(cache, "x").answer("?q") is None


def test_what_was_not_used_is_forgotten(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    memory = Memory(cache, "x")
    memory.learn_answer("?one", 1, [])
    memory.learn_answer("?two", 2, [])
    memory.save()
    memory = Memory(cache, "x")
    assert memory.answer("?one") == 1
    memory.save()
    assert Memory(cache, "x").answer("?two") is None


def test_plans_of_other_roots_do_not_share_answers(acme: Project) -> None:
    acme.file("lib/acme/__init__.py", "")
    acme.file("lib/acme/cli.py", "")
    acme.file("tools/run.py", "import acme.cli\n")
    assert own(acme.graph("tools/run.py", roots=("lib",))) == ["@run.py", "acme", "acme.cli"]
    assert "acme.tools" in own(acme.graph("tools/run.py", roots=(".",)))
    plan = acme.plan("tools/run.py", roots=("lib",))
    assert dataclasses.replace(plan).source_roots == (acme.folder / "lib",)

"""Metadata of the program's own distribution, and plug-ins of others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pybuild.graph import build_graph
from pybuild.graph.model import ModuleGraph, Party
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import Mode

from .conftest import Environment, Project


def build(project: Project, *runs: str, distribution: str = "", **options: object) -> ModuleGraph:
    plan = replace(project.plan(*runs, mode=Mode.STANDALONE, **options), project_distribution=distribution)  # type: ignore[arg-type]
    with WorkerPool(project.interpreter, 2) as pool:
        return build_graph(plan, pool, project.cache, project.progress)


def named(graph: ModuleGraph) -> list[str]:
    return [item.name for item in graph.distributions]


@pytest.fixture
def greet(project: Project, environment: Environment) -> Project:
    """A project with its sources in src, which come before anything that is installed."""
    project.write(src__greet__="", src__greet__cli="def main(): pass\n")
    project.interpreter = environment.interpreter()
    return project


def test_the_installed_copy_of_the_project(greet: Project, environment: Environment) -> None:
    environment.install("greet-app", "3.2", greet__="", greet__cli="")
    built = build(greet, "greet.cli:main", roots=("src",))
    assert named(built) == ["greet-app"]
    assert (built.modules["greet.cli"].party, built.modules["greet.cli"].distribution) == (Party.FIRST, "greet-app")


def test_an_editable_install(greet: Project, environment: Environment) -> None:
    url = {"url": greet.folder.as_uri(), "dir_info": {"editable": True}}
    environment.install("greet-app", "3.2", {"direct_url.json": json.dumps(url)})
    (environment.packages / "greet.pth").write_text(f"{greet.folder / 'src'}\n")
    built = build(greet, "greet.cli:main", roots=("src",))
    assert named(built) == ["greet-app"]
    assert "direct_url.json" not in built.distributions[0].files


def test_the_distribution_that_pyproject_names(greet: Project, environment: Environment) -> None:
    """One that says nowhere which files are its own."""
    environment.install("Greet.App", "3.2")
    assert named(build(greet, "greet.cli:main", roots=("src",))) == []
    assert named(build(greet, "greet.cli:main", roots=("src",), distribution="greet-app")) == ["Greet.App"]


def test_a_project_that_is_not_installed_has_none(greet: Project) -> None:
    assert named(build(greet, "greet.cli:main", roots=("src",), distribution="greet-app")) == []


ASKS = "from importlib.metadata import entry_points\nGROUP = 'greet.languages'\nfor entry in entry_points(group=GROUP): entry.load()\n"


def test_plugins_of_a_group_that_is_asked_for(greet: Project, environment: Environment) -> None:
    greet.write(src__greet__cli=f"{ASKS}def main(): pass\n", src__greet__english="")
    points = "[greet.languages]\ngerman = greet_german.words:hello\n[greet.others]\nx = greet_german.others\n"
    environment.install(
        "greet-german",
        metadata={"entry_points.txt": points},
        greet_german__="",
        greet_german__words="import json\n",
        greet_german__others="",
    )
    environment.install("greet-app", metadata={"entry_points.txt": "[greet.languages]\nenglish = greet.english\n"}, greet__cli="")
    environment.install("unrelated", metadata={"entry_points.txt": "[console_scripts]\nu = unrelated:main\n"}, unrelated="")
    environment.install("lost", metadata={"entry_points.txt": "[greet.languages]\nlatin = no_such_module\n"})
    built = build(greet, "greet.cli:main", roots=("src",))
    assert {"greet_german.words", "greet.english", "json"} <= set(built.modules)
    assert not {"greet_german.others", "unrelated", "no_such_module"} & set(built.modules)
    assert named(built) == ["greet-app", "greet-german"]
    (edge,) = [edge for edge in built.edges if edge.imported == "greet_german.words"]
    assert (edge.importer, edge.reason) == ("greet.cli", "entry point 'german' of greet-german in the group 'greet.languages'")
    assert greet.warnings == []


def test_plugins_of_a_package_that_is_asked_for_by_a_plugin(greet: Project, environment: Environment) -> None:
    greet.write(src__greet__cli=f"{ASKS}def main(): pass\n")
    environment.install(
        "german",
        metadata={"entry_points.txt": "[greet.languages]\ng = german\n"},
        german=ASKS.replace("greet.languages", "german.dialects"),
    )
    environment.install("bavarian", metadata={"entry_points.txt": "[german.dialects]\nb = bavarian\n"}, bavarian="")
    assert "bavarian" in build(greet, "greet.cli:main", roots=("src",)).modules


def test_a_plugin_behind_another_distributions_module(greet: Project, environment: Environment) -> None:
    greet.write(src__greet__cli=f"{ASKS}def main(): pass\n")
    environment.install("registers", metadata={"entry_points.txt": "[greet.languages]\ng = implements\n"})
    environment.install("implements", implements="")
    assert named(build(greet, "greet.cli:main", roots=("src",))) == ["implements", "registers"]


def test_an_excluded_plugin_stays_out(greet: Project, environment: Environment) -> None:
    greet.write(src__greet__cli=f"{ASKS}def main(): pass\n")
    environment.install("german", metadata={"entry_points.txt": "[greet.languages]\ng = german\n"}, german="")
    built = build(greet, "greet.cli:main", roots=("src",), exclude=("german",))
    assert "german" not in built.modules and named(built) == []


def test_a_group_that_only_somebody_else_names(greet: Project, environment: Environment) -> None:
    greet.write(src__greet__cli="GROUP = 'greet.languages'\ndef main(): pass\n")
    environment.install("german", metadata={"entry_points.txt": "[greet.languages]\ng = german\n"}, german="")
    assert "german" not in build(greet, "greet.cli:main", roots=("src",)).modules

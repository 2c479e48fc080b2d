"""`[modules]`: include, exclude and rules, and which of them wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from pybuild.errors import Place, UserError
from pybuild.graph.model import Party
from pybuild.resolve.model import Mode, ModuleRule

from .conftest import Project, edges


def rule(module: str, action: str, from_: str = "", place: str = "pybuild.toml:20") -> ModuleRule:
    return ModuleRule(module, from_, action, place)


@pytest.fixture
def acme(project: Project) -> Project:
    return project.write(
        main="import acme.app\nimport other\n",
        other="import acme.heavy\n",
        acme__="",
        acme__app="import acme.heavy\n",
        acme__heavy__="from . import part\n",
        acme__heavy__part="",
        acme__plugins__="",
        acme__plugins__one="",
        acme__plugins__two__="",
        acme__plugins__two__deep="",
    )


def own(project: Project, **options: object) -> set[str]:
    graph = project.graph("main.py", **options)
    return {name for name, module in graph.modules.items() if module.party is Party.FIRST} - {"@main.py", "acme", "acme.app", "other"}


HEAVY = {"acme.heavy", "acme.heavy.part"}


@pytest.mark.parametrize(
    ("include", "found"),
    [
        ("acme.plugins", {"acme.plugins", "acme.plugins.one", "acme.plugins.two", "acme.plugins.two.deep"}),
        ("acme.plugins.*", {"acme.plugins", "acme.plugins.one", "acme.plugins.two"}),
        ("acme.plugins.**", {"acme.plugins", "acme.plugins.one", "acme.plugins.two", "acme.plugins.two.deep"}),
        ("acme.plugins.o*", {"acme.plugins", "acme.plugins.one"}),
        ("acme.*.one", {"acme.plugins", "acme.plugins.one"}),
    ],
)
def test_include(acme: Project, include: str, found: set[str]) -> None:
    assert own(acme, include=(include,)) - HEAVY == found


def test_an_included_module_says_where_from(acme: Project) -> None:
    graph = acme.graph("main.py", include=("acme.plugins.one",))
    (edge,) = [edge for edge in graph.edges if edge.imported == "acme.plugins.one"]
    assert (edge.importer, edge.kind, edge.reason) == ("", "include", "pybuild.toml:7")


def test_included_modules_that_are_not_there_are_errors_all_at_once(acme: Project) -> None:
    wrong = {"acme.plugin": "did you mean acme.plugins?", "acme.plugins.x*": "has none", "**.plugins": "begin"}
    with pytest.raises(UserError) as caught:
        acme.graph("main.py", "acme.none:f", include=tuple(wrong))
    entry, *rest = caught.value.diagnostics
    assert "acme.none" in entry.message
    for (include, said), diagnostic in zip(wrong.items(), rest, strict=True):
        assert include in diagnostic.message and said in diagnostic.hint
        place = diagnostic.place
        assert place is not None
        assert (place.line, place.column, place.width) == (7, 12, len(include) + 2)


def test_a_rule_that_includes_what_is_not_there(acme: Project) -> None:
    place = Place(Path("pybuild.toml"), 20, 10, 'module = "acme.plugin"', 13)
    with pytest.raises(UserError) as caught:
        acme.graph("main.py", rules=(ModuleRule("acme.plugin", "", "include", "pybuild.toml:19", place),))
    assert [diagnostic.place for diagnostic in caught.value.diagnostics] == [place]


def test_exclude(acme: Project) -> None:
    graph = acme.graph("main.py", exclude=("acme.heavy",))
    assert not HEAVY & set(graph.modules)
    assert graph.excluded["acme.heavy"] == "exclude 'acme.heavy' (pybuild.toml:7)"
    assert graph.missing == () and acme.warnings == []
    assert "acme.app:1 acme.heavy" in edges(graph)  # for explanations


def test_excluding_a_package_excludes_what_lies_in_it(acme: Project) -> None:
    acme.write(main="import acme.heavy.part\n")
    assert own(acme, exclude=("acme.h*",)) == set()


def test_exclude_beats_a_rule_beats_include(acme: Project) -> None:
    acme.write(other="")
    include = {"include": ("acme.heavy",)}
    assert own(acme, **include) == HEAVY
    excluding = {"rules": (rule("acme.heavy", "exclude"),)}
    assert own(acme, **include, **excluding) == set()
    including = {"rules": (rule("acme.heavy", "include"),)}
    assert own(acme, **including, exclude=("acme.heavy",)) == set()


def test_a_rule_for_one_importer(acme: Project) -> None:
    graph = acme.graph("main.py", rules=(rule("acme.heavy", "exclude", "acme.**"),))
    assert "acme.heavy" in graph.modules  # other imports it as well
    assert "acme.app:1 acme.heavy" not in edges(graph) and "other:1 acme.heavy" in edges(graph)
    assert graph.excluded == {}
    acme.write(other="")
    graph = acme.graph("main.py", rules=(rule("acme.heavy", "exclude", "acme.**"),))
    assert graph.excluded == {"acme.heavy": "rule 'acme.heavy' (pybuild.toml:20)"}


def test_a_rule_that_includes_for_one_importer(acme: Project) -> None:
    graph = acme.graph("main.py", rules=(rule("acme.plugins.*", "include", "acme.app"),))
    assert {"acme.plugins.one", "acme.plugins.two"} <= set(graph.modules)
    (edge,) = [edge for edge in graph.edges if edge.imported == "acme.plugins.one"]
    assert (edge.importer, edge.reason) == ("acme.app", "pybuild.toml:20")
    assert "acme.plugins" not in acme.graph("main.py", rules=(rule("acme.plugins.*", "include", "nobody"),)).modules


def test_a_rule_knows_a_script_by_its_name(acme: Project) -> None:
    assert own(acme, rules=(rule("acme.plugins.one", "include", "main"),)) - HEAVY == {"acme.plugins", "acme.plugins.one"}


def test_of_several_rules_the_last_counts(acme: Project) -> None:
    acme.write(other="")
    rules = (rule("acme.heavy", "exclude"), rule("acme.heavy", "warn"))
    assert own(acme, rules=rules) == HEAVY
    assert own(acme, rules=rules[::-1]) == set()


def test_a_rule_that_warns(acme: Project) -> None:
    graph = acme.graph("main.py", rules=(rule("acme.heavy", "warn", "acme.app"),))
    assert set(graph.modules) >= HEAVY
    (warning,) = acme.warnings
    assert "acme.app imports acme.heavy" in warning.message and "pybuild.toml:20" in warning.message
    assert "main.py:1" in warning.message  # the chain
    assert warning.place is not None and (warning.place.line, warning.place.text) == (1, "import acme.heavy")


def test_a_rule_that_forbids(acme: Project) -> None:
    with pytest.raises(UserError) as caught:
        acme.graph("main.py", rules=(rule("acme.heavy", "error"),))
    importers = sorted(diagnostic.message.partition(" ")[0] for diagnostic in caught.value.diagnostics)
    assert importers == ["acme.app", "other"]  # all of them at once


def test_what_the_interpreter_starts_with_cannot_be_excluded(project: Project) -> None:
    project.write(main="")
    graph = project.graph("main.py", mode=Mode.STANDALONE, exclude=("encodings", "codecs"))
    assert "encodings.utf_8" in graph.modules and "codecs" in graph.modules


def test_excluding_an_entry_point_is_a_contradiction(acme: Project) -> None:
    with pytest.raises(UserError, match="kept out"):
        acme.graph("acme.app", exclude=("acme",))

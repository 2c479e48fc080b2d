"""What is said of modules that nobody has."""

from __future__ import annotations

import pytest

from pybuild.errors import UserError
from pybuild.resolve.model import Mode

from .conftest import Environment, Project


def missing(project: Project, **options: object) -> list[str]:
    return [item.name for item in project.graph("main.py", **options).missing]


def test_a_missing_module_is_a_warning_with_its_chain(project: Project) -> None:
    project.write(main="import acme.cli\n", acme__="", acme__cli="import os\nfrom nowhere.at import all\n")
    assert missing(project) == ["nowhere.at"]
    (warning,) = project.warnings
    lines = warning.message.splitlines()
    assert lines[0] == "no module named 'nowhere.at'"
    assert lines[1] == "  entry point main.py (pybuild.toml:1)"
    assert "main.py imports acme.cli" in lines[2] and "main.py:1)" in lines[2]
    assert "acme.cli imports nowhere.at" in lines[3] and "cli.py:2)" in lines[3]
    assert warning.place is not None
    assert (warning.place.path, warning.place.line, warning.place.text) == (project.folder / "acme/cli.py", 2, "from nowhere.at import all")
    assert warning.severity == "warning" and "install it" in warning.hint


def test_one_warning_a_module(project: Project) -> None:
    project.write(main="import nowhere\nimport a\n", a="import nowhere\n")
    assert missing(project) == ["nowhere", "nowhere"]
    assert len(project.warnings) == 1


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import nowhere\nexcept ImportError:\n    pass\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import nowhere\n",
        "import sys\nif sys.platform == 'none':\n    import nowhere\n",
        "try:\n    import nowhere\nexcept ImportError:\n    there = False\nif there:\n    from nowhere import x\n",
        "import a\n",
    ],
)
def test_who_is_prepared_is_not_warned(project: Project, source: str) -> None:
    project.write(main=source, a="try:\n    import b\nexcept ImportError:\n    pass\n", b="import nowhere\n")
    missing(project)
    assert project.warnings == []


def test_a_function_of_the_programs_own_may_run(project: Project) -> None:
    project.write(main="def f():\n    import nowhere\n")
    missing(project)
    assert len(project.warnings) == 1


def test_a_fallback_is_missed_only_when_what_it_replaces_is_missing_too(project: Project) -> None:
    source = "try:\n    import {}\nexcept ImportError:\n    import fallback\n"
    project.write(main=source.format("json"))
    missing(project)
    assert project.warnings == []
    project.write(main=source.format("nowhere"))
    missing(project)
    assert [warning.message.splitlines()[0] for warning in project.warnings] == ["no module named 'fallback'"]


def test_the_packages_of_a_missing_module_are_there(project: Project) -> None:
    """`import acme.none` runs acme before it fails."""
    project.write(main="try:\n    import acme.none\nexcept ImportError:\n    pass\n", acme__="")
    graph = project.graph("main.py")
    assert "acme" in graph.modules and [item.name for item in graph.missing] == ["acme.none"]


def test_a_relative_import_that_leaves_its_package(project: Project) -> None:
    project.write(main="from . import helper\n", helper="")
    assert missing(project) == ["."]
    (warning,) = project.warnings
    assert "relative" in warning.message and "absolute" in warning.hint


def test_submodules_of_a_module(project: Project) -> None:
    project.write(main="import os.path\nimport single.sub\n", single="")
    assert missing(project) == ["single.sub"]


@pytest.mark.parametrize("name", ["annotationlib", "compression.zstd", "cPickle", "urllib2", "string.templatelib", "winreg"])
@pytest.mark.parametrize(
    "source",
    [
        "import os\nif os.environ.get('X'):\n    import {}\n",
        "try:\n    import nowhere\nexcept ImportError:\n    import {}\n",
        "def f():\n    if x:\n        import {}\n",
    ],
)
def test_another_versions_or_systems_standard_library_under_a_condition_is_no_mistake(project: Project, name: str, source: str) -> None:
    project.write(main=source.format(name))
    assert name in missing(project)
    assert project.warnings == []


def test_another_versions_standard_library_without_a_condition_is_one(project: Project) -> None:
    project.write(main="import urllib2\ndef f():\n    import annotationlib\n")
    missing(project)
    assert len(project.warnings) == 2


def test_other_peoples_conditions_are_taken_for_good(environment: Environment, project: Project) -> None:
    environment.install("lib", lib="from lib2 import HAS\nif HAS:\n    import nowhere\n", lib2="HAS = bool(print())\n")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    assert missing(project, mode=Mode.STANDALONE)
    assert project.warnings == []
    project.write(main="import lib\nif lib.HAS:\n    import elsewhere\n")
    missing(project, mode=Mode.STANDALONE)
    assert len(project.warnings) == 1  # the program's own are not


def test_a_program_that_tries_a_module_in_one_place_knows_about_it_in_all(project: Project) -> None:
    compat = "try:\n    import nowhere\nexcept ImportError:\n    HAS = False\nelse:\n    HAS = True\n"
    project.write(main="from acme.compat import HAS\nif HAS:\n    import nowhere.part\n", acme__="", acme__compat=compat)
    missing(project)
    assert project.warnings == []


def test_other_peoples_functions_are_not_warned_of(environment: Environment, project: Project) -> None:
    environment.install("lib", lib="def rare():\n    import nowhere\n", lib2="import elsewhere\n")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\nimport lib2\n")
    assert {"nowhere", "elsewhere"} <= set(missing(project, mode=Mode.STANDALONE))
    assert [warning.message.splitlines()[0] for warning in project.warnings] == ["no module named 'elsewhere'"]
    assert any("not found: nowhere" in line for line in project.progress.details)


def test_the_standard_librarys_own_gaps_are_not_warned_of(project: Project) -> None:
    project.write(main="import subprocess\n")
    assert "msvcrt" in missing(project, mode=Mode.STANDALONE)
    assert project.warnings == []


def test_entry_points_that_do_not_exist(project: Project) -> None:
    """All of them at once, each at what is run."""
    project.write(acme__="", acme__cli="def main(): pass\n")
    wrong = (
        ("acme.cil:main", "no module 'acme.cil'", "did you mean acme.cli?"),
        ("amce:main", "no module 'amce'", "did you mean acme?"),
        ("acme.cli.main", "not a package", "`acme.cli:main` names a function"),
        ("acme.__main__", "no __main__.py", "module:function"),
    )
    with pytest.raises(UserError) as caught:
        project.graph(*(run for run, _, _ in wrong))
    for number, ((run, said, hint), diagnostic) in enumerate(zip(wrong, caught.value.diagnostics, strict=True), 1):
        assert said in diagnostic.message and hint in diagnostic.hint
        place = diagnostic.place
        assert place is not None
        assert (place.line, place.column, place.width, place.text) == (number, 7, len(run) + 2, f'run = "{run}"')


def test_functions_that_do_not_exist(project: Project) -> None:
    project.write(acme__="", acme__cli="def main(): pass\nimport broken\n", broken="print 'x'\n")
    with pytest.raises(UserError) as caught:
        project.graph("acme.cli:mian", "acme.cli:main", "acme.cli:other")
    first, second, third = caught.value.diagnostics
    assert "has no 'mian'" in first.message and "did you mean acme.cli:main?" in first.hint
    assert "has no 'other'" in second.message and second.place is not None and second.place.line == 3
    assert third.message.startswith("SyntaxError")  # with all else that is wrong


@pytest.mark.parametrize(
    "source",
    [
        "from other import *\n",
        "def __getattr__(name): return print\n",
        "globals()['main'] = print\n",
        "import other as main\n",
        "if x:\n    main = 1\nelse:\n    pass\n",
        "with a as main: pass\n",
        "class main: pass\n",
        "try:\n    pass\nexcept E:\n    main = 1\n",
        "for x, (main, y) in z: pass\n",
    ],
)
def test_functions_that_the_text_may_or_does_define(project: Project, source: str) -> None:
    project.write(acme=source, other="")
    project.graph("acme:main")

"""Modules that do not compile: errors, or warnings and the same error when they are imported."""

from __future__ import annotations

import pytest

from pybuild.errors import UserError
from pybuild.resolve.model import Mode

from .conftest import Environment, Project

BROKEN = "import os\nprint 'Python 2'\n"


def test_a_syntax_error_is_shown_as_python_shows_it(project: Project) -> None:
    project.write(main="import a\nimport b\n", a="x = (1,\n", b="def f(:\n    pass\n")
    with pytest.raises(UserError) as caught:
        project.graph("main.py")
    found = {d.place.path.name: d for d in caught.value.diagnostics if d.place}
    assert set(found) == {"a.py", "b.py"}  # all of them at once
    assert found["a.py"].message == "SyntaxError: '(' was never closed"
    assert (found["a.py"].place.line, found["a.py"].place.column, found["a.py"].place.text) == (1, 5, "x = (1,")
    assert (found["b.py"].place.line, found["b.py"].place.column) == (1, 7)


def test_a_syntax_error_in_the_entry_point(project: Project) -> None:
    project.write(main="print 'hello'\n")
    with pytest.raises(UserError, match="Missing parentheses"):
        project.graph("main.py")


def said(project: Project) -> list[str]:
    return [warning.message.splitlines()[0] for warning in project.warnings]


@pytest.mark.parametrize("guard", ["except SyntaxError:", "except Exception:", "except:", "except (ImportError, SyntaxError):"])
@pytest.mark.parametrize("mode", [Mode.STANDALONE, Mode.ACCELERATED])
def test_a_module_that_is_imported_where_its_error_is_caught_is_a_warning(project: Project, guard: str, mode: Mode) -> None:
    project.write(main=f"try:\n    import old\n{guard}\n    pass\n", old=BROKEN)
    graph = project.graph("main.py", mode=mode)
    assert graph.modules["old"].key and graph.missing == ()
    assert graph.modules["old"].problem.startswith("SyntaxError") and not graph.modules["@main.py"].problem
    (warning,) = project.warnings
    assert warning.message.startswith("SyntaxError: Missing parentheses") and warning.severity == "warning"
    assert warning.place is not None
    assert (warning.place.path, warning.place.line, warning.place.text) == (project.folder / "old.py", 2, "print 'Python 2'")


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import old\nexcept ImportError:\n    pass\n",
        "try:\n    import old\nexcept SyntaxError:\n    pass\nimport other\n",
        "try:\n    import old\nexcept SyntaxError:\n    pass\ndef f():\n    import old\n",
        "try:\n    pass\nexcept SyntaxError:\n    import old\n",
    ],
)
def test_one_import_that_does_not_catch_it_is_enough_for_an_error(project: Project, source: str) -> None:
    project.write(main=source, other="import old\n", old=BROKEN)
    with pytest.raises(UserError, match="Missing parentheses"):
        project.graph("main.py")


def test_an_import_further_up_may_catch_it(project: Project) -> None:
    project.write(main="try:\n    import middle\nexcept Exception:\n    pass\n", middle="import acme.old\n", acme__="", acme__old=BROKEN)
    project.graph("main.py")
    assert len(project.warnings) == 1


def test_a_package_whose_own_file_does_not_compile(project: Project) -> None:
    project.write(main="try:\n    from acme import tool\nexcept Exception:\n    pass\n", acme__=BROKEN, acme__tool="")
    graph = project.graph("main.py")
    assert graph.modules["acme"].is_package and len(project.warnings) == 1


def test_a_second_build_knows_it_without_compiling(project: Project) -> None:
    project.write(main="try:\n    import old\nexcept Exception:\n    pass\n", old=BROKEN)
    project.graph("main.py")
    again = project.graph("main.py")
    assert project.modules_asked == 0 and again.modules["old"].key and len(project.warnings) == 1


def test_someone_elses_file_that_does_not_compile_is_no_error(environment: Environment, project: Project) -> None:
    environment.install("lib", lib="import old\n", old=BROKEN)
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    graph = project.graph("main.py", mode=Mode.STANDALONE)
    assert graph.modules["old"].key and graph.missing == ()
    (warning,) = project.warnings
    assert "'old' cannot be compiled (SyntaxError: Missing parentheses" in warning.message
    assert warning.place is not None and warning.place.path.name == "lib.py"


@pytest.mark.parametrize(
    "lib",
    [
        "def rare():\n    import old\n",
        "try:\n    import old\nexcept SyntaxError:\n    pass\n",
        "import sys\nif sys.version_info < (3,):\n    import old\n",
        "try:\n    import json\nexcept ImportError:\n    import old\n",
    ],
)
def test_someone_elses_file_that_is_rarely_imported_is_told_with_verbose(environment: Environment, project: Project, lib: str) -> None:
    environment.install("lib", lib=lib, old=BROKEN)
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    project.graph("main.py", mode=Mode.STANDALONE)
    assert said(project) == []


def test_an_entry_point_that_does_not_compile_is_an_error_whosever_it_is(environment: Environment, project: Project) -> None:
    environment.install("lib", lib=BROKEN)
    project.interpreter = environment.interpreter()
    with pytest.raises(UserError, match="Missing parentheses"):
        project.graph("lib:main", mode=Mode.STANDALONE)

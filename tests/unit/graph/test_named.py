"""Modules that no import shows, but a string: classes of a logging configuration, an application for a server."""

from __future__ import annotations

import pytest

from pybuild.graph.model import ImportKind
from pybuild.resolve.model import Mode

from .conftest import Environment, Project


def test_a_module_of_the_program_that_a_string_names_is_in_it(project: Project) -> None:
    project.write(
        main="import acme.conf\n", acme__="", acme__conf='LOGGING = {\n    "()": "acme.log.Formatter"}\n', acme__log="import json\n"
    )
    graph = project.graph("main.py")
    edge = next(edge for edge in graph.edges if edge.imported == "acme.log")
    assert (edge.importer, edge.line, edge.kind) == ("acme.conf", 2, ImportKind.DYNAMIC)
    assert "acme.log.Formatter" in edge.reason
    assert "json" in graph.modules
    assert not project.warnings


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("'acme.web'", {"acme.web"}),
        ("'acme.web:app'", {"acme.web"}),
        ("'acme.web:make()'", {"acme.web"}),
        ("'acme.web.views.Index.get'", {"acme.web"}),
        ("('x', ('acme.web.App',))", {"acme.web"}),
        ("f('acme.web')", {"acme.web"}),
        ("'main:app'", {"main"}),
        ("'tasks:run'", {"tasks"}),
        ("'tasks.run'", {"tasks"}),
        ("'tasks.LIMIT'", {"tasks"}),
        ("'tasks.py'", set()),
        ("'main.py'", set()),
        ("'tasks'", set()),
        ("'see acme.web'", set()),
        ("'acme.nothing'", set()),
        ("f'acme.{x}'", set()),
        ("'html.parser'", set()),
    ],
)
def test_what_counts_as_a_name(project: Project, text: str, named: set[str]) -> None:
    project.write(
        main=f"import acme\ndef f(x):\n    return {text}\n", acme__="", acme__web="", tasks="LIMIT: int = 3\ndef run():\n    pass\n"
    )
    graph = project.graph("main.py")
    assert set(graph.modules) - {"@main.py", "acme"} == named
    assert not project.warnings


def test_what_is_there_already_is_not_named_again(project: Project) -> None:
    project.write(main="import acme.log\nx = 'acme.log.Formatter'\n", acme__="", acme__log="")
    assert [edge.line for edge in project.graph("main.py").edges if edge.imported == "acme.log"] == [1]


def test_an_excluded_module_is_not_named(project: Project) -> None:
    project.write(main="import acme\nx = 'acme.log.Formatter'\n", acme__="", acme__log="")
    assert "acme.log" not in project.graph("main.py", exclude=("acme.log",)).modules


def test_a_package_of_others_names_its_own_modules_only(project: Project, environment: Environment) -> None:
    environment.install(
        "lib",
        lib__="BACKENDS = {'a': 'lib.backends.a:Backend', 'b': 'otherlib.backend:Backend', 'c': 'lib.c:C'}",
        lib__backends__="",
        lib__backends__a="import nowhere",
        otherlib__="",
        otherlib__backend="",
    )
    project.interpreter = environment.interpreter()
    project.write(main="import lib\nx = 'otherlib.backend'\n")
    graph = project.graph("main.py", mode=Mode.STANDALONE)
    assert "lib.backends.a" in graph.modules
    assert not {"otherlib", "otherlib.backend"} & set(graph.modules)
    assert not project.warnings

"""Modules that a program runs in processes of its own Python: `sys.executable -m NAME`, `sys.executable -c TEXT`."""

from __future__ import annotations

import pytest

from pybuild.resolve.model import Mode

from .conftest import Environment, Project, edges


def test_a_module_that_is_run_is_in_the_graph_with_its_line(project: Project) -> None:
    project.write(main='import sys, subprocess\n\nsubprocess.run([sys.executable, "-u", "-m", "acme.tool"])\n', acme__="", acme__tool="")
    graph = project.graph("main.py")
    assert {"@main.py:3 acme.tool [dynamic]", "@main.py:3 runpy [dynamic]"} <= set(edges(graph, "@main.py"))
    assert "runpy" in graph.modules and graph.missing == () and project.warnings == []


def test_a_package_is_run_by_its_main_module(project: Project) -> None:
    project.write(
        main='import sys, subprocess\nsubprocess.run((sys.executable, "-m", "acme"))\n',
        acme__="",
        acme__one="",
        acme__two="",
    )
    project.file("acme/__main__.py", 'import acme.one\nif __name__ == "__main__":\n    import acme.two\n')
    assert {"acme.__main__", "acme.one", "acme.two"} <= set(project.graph("main.py").modules)


@pytest.mark.parametrize("order", ["import acme\nimport start\n", "import start\nimport acme\n"])
def test_what_is_imported_only_in_main_counts_in_what_is_run(project: Project, order: str) -> None:
    """Whether it was scanned before anybody was seen to run it, or after."""
    start = 'import sys, subprocess, later\nsubprocess.run([sys.executable, "-m", "acme"])\n'
    project.write(main=order, start="import deep\n", deep=start, later="", acme='if __name__ == "__main__":\n    import tool\n', tool="")
    graph = project.graph("main.py")
    assert "tool" in graph.modules
    assert edges(graph, "acme") == ["acme:2 tool"]


def test_a_module_that_runs_itself(project: Project) -> None:
    start = 'import sys, subprocess\ndef main():\n    subprocess.run([sys.executable, "-m", "acme"])\n'
    project.write(acme=start + 'if __name__ == "__main__":\n    import tool\n', tool="")
    assert "tool" in project.graph("acme:main").modules


def test_what_a_text_imports_is_in_the_graph(project: Project) -> None:
    project.write(main='import sys, subprocess\nsubprocess.run([sys.executable, "-c", "import acme.a; from acme import b"])\n')
    project.write(acme__="", acme__a="", acme__b="")
    assert {"@main.py:2 acme.a [dynamic]", "@main.py:2 acme.b [dynamic]"} <= set(edges(project.graph("main.py")))


def test_a_standalone_program_has_the_standard_librarys_modules_that_it_runs(project: Project) -> None:
    project.write(main='import sys, subprocess\nsubprocess.run([sys.executable, "-m", "json.tool"])\n')
    graph = project.graph("main.py", mode=Mode.STANDALONE)
    assert {"json.tool", "argparse", "runpy"} <= set(graph.modules)
    assert project.warnings == []


def test_a_child_may_try_whether_a_module_is_there(project: Project) -> None:
    project.write(
        main='import sys, subprocess\nsubprocess.run([sys.executable, "-m", "nowhere"])\nrun([sys.executable, "-c", "import no"])\n'
    )
    graph = project.graph("main.py")
    assert {item.name for item in graph.missing} == {"nowhere", "no"}
    assert project.warnings == []
    assert any("not found: nowhere" in line for line in project.progress.details)


def test_a_module_that_a_package_of_the_programs_own_does_not_have_is_a_mistake(project: Project) -> None:
    project.write(main='import sys, subprocess\nsubprocess.run([sys.executable, "-m", "acme.tol"])\n', acme__="", acme__tool="")
    project.graph("main.py")
    (warning,) = project.warnings
    assert warning.message.startswith("no module named 'acme.tol'") and warning.place is not None and warning.place.line == 2


def test_other_peoples_installing_brings_no_installer(environment: Environment, project: Project) -> None:
    command = 'import sys, subprocess\ndef f():\n    subprocess.run([sys.executable, "-m", "pip", "install", "x"])\n'
    environment.install("lib", lib=command)
    environment.install("pip", pip__="", pip__tool="")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    graph = project.graph("main.py", mode=Mode.STANDALONE)
    assert not any(name.startswith("pip") for name in graph.modules)
    project.write(main=command)
    assert "pip" in project.graph("main.py", mode=Mode.STANDALONE).modules

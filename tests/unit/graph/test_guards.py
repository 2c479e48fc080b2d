"""Imports that hang on a constant of another module."""

from __future__ import annotations

import pytest

from .conftest import Environment, Project, edges

COMPAT = "import sys\nNEVER = sys.version_info >= (9,)\nALWAYS = not NEVER\n"


@pytest.mark.parametrize(
    "head",
    [
        "from acme.compat import NEVER\n",
        "from acme import NEVER\n",  # which imports it itself
        "from acme.compat import NEVER as new\nNEVER_ = 1\n",
    ],
)
def test_an_import_that_never_runs_on_the_target_is_not_followed(project: Project, head: str) -> None:
    name = "new" if "new" in head else "NEVER"
    project.write(main=f"{head}if {name}:\n    import nowhere, one\nelse:\n    import two\n", one="", two="")
    project.write(acme__="from .compat import ALWAYS, NEVER\n", acme__compat=COMPAT)
    graph = project.graph("main.py")
    assert "two" in graph.modules and "one" not in graph.modules
    assert {"nowhere [unreachable]", "one [unreachable]"} <= {text.partition(" ")[2] for text in edges(graph, "@main.py")}
    assert graph.missing == () and project.warnings == []


def test_the_reason_is_told(project: Project) -> None:
    project.write(main="from compat import NEVER\nif NEVER:\n    import one\n", compat=COMPAT)
    (edge,) = [edge for edge in project.graph("main.py").edges if edge.imported == "one"]
    assert edge.reason == "compat.NEVER is False"


@pytest.mark.parametrize("condition", ["ALWAYS", "not NEVER", "compat.ALWAYS", "ALWAYS and len(x)"])
def test_one_that_runs_is_followed(project: Project, condition: str) -> None:
    project.write(
        main=f"import compat\nfrom compat import *\nfrom compat import ALWAYS, NEVER\nif {condition}:\n    from acme import one\n"
    )
    project.write(compat=COMPAT, acme__="", acme__one="")
    assert "acme.one" in project.graph("main.py").modules


@pytest.mark.parametrize("compat", ["FLAG = True\n", "FLAG = bool(print())\n", "def FLAG(): pass\n", "from compat import FLAG\n", ""])
def test_what_nobody_can_tell_is_followed(project: Project, compat: str) -> None:
    project.write(main="from compat import FLAG\nif FLAG:\n    import one\nelse:\n    import two\n", compat=compat, one="", two="")
    assert {"one", "two"} <= set(project.graph("main.py").modules)


def test_so_it_is_where_the_other_module_is_missing_or_is_not_looked_into(environment: Environment, project: Project) -> None:
    environment.install("lib", lib=COMPAT)
    project.interpreter = environment.interpreter()
    source = "try:\n    from nowhere import FLAG\nexcept ImportError:\n    pass\nif FLAG:\n    import one\n"
    project.write(main=f"{source}from lib import NEVER\nif NEVER:\n    import two\n", one="", two="")
    assert {"one", "two"} <= set(project.graph("main.py").modules)  # accelerated


def test_relative_imports_in_packages(project: Project) -> None:
    asked = "if NEVER:\n    from . import one\nif compat.NEVER:\n    from . import two\n"
    project.write(
        main="import acme.sub.tool\n",
        acme__="",
        acme__compat=COMPAT,
        acme__sub__="from ..compat import NEVER\n",
        acme__sub__tool=f"from . import NEVER\nfrom .. import compat\n{asked}",
        acme__sub__one="",
        acme__sub__two="",
    )
    graph = project.graph("main.py")
    assert {"acme.sub.one", "acme.sub.two"}.isdisjoint(graph.modules) and "acme.compat" in graph.modules

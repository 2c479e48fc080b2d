"""Which modules get into the program, and by which edges."""

from __future__ import annotations

import pytest

from pybuild.errors import UserError
from pybuild.graph.model import ModuleGraph, ModuleKind, Party
from pybuild.resolve.model import Mode

from .conftest import Project, edges


def own(graph: ModuleGraph) -> list[str]:
    return [name for name, module in graph.modules.items() if module.party is Party.FIRST]


def test_a_script_and_what_it_imports(project: Project) -> None:
    project.write(main="import acme.cli\n\nfrom acme import tools\n", acme__="", acme__cli="", acme__tools="", acme__unused="")
    graph = project.graph("main.py")
    assert own(graph) == ["@main.py", "acme", "acme.cli", "acme.tools"]
    assert edges(graph) == [
        ":0 @main.py [entry]",
        "@main.py:1 acme.cli",
        "@main.py:3 acme",
        "@main.py:3 acme.tools",
        "acme.cli:0 acme [parent]",
        "acme.tools:0 acme [parent]",
    ]


def test_a_name_after_from_is_a_submodule_or_an_attribute(project: Project) -> None:
    project.write(main="from acme import tools, version\nfrom acme.tools import helper\n", acme__="version = 1", acme__tools="")
    graph = project.graph("main.py")
    assert own(graph) == ["@main.py", "acme", "acme.tools"]
    assert graph.missing == ()


def test_relative_imports(project: Project) -> None:
    project.write(
        acme__="from . import b\n",
        acme__b="from .sub import x\nfrom .sub.deep import y\n",
        acme__sub__="from .. import c\nfrom .deep import z\n",
        acme__sub__deep="from ..b import q\n",
        acme__c="",
    )
    graph = project.graph("acme.b:x")
    assert own(graph) == ["acme", "acme.b", "acme.c", "acme.sub", "acme.sub.deep"]
    assert "acme.sub.deep:1 acme.b" in edges(graph)


def test_star_imports_bring_what_all_lists(project: Project) -> None:
    """Whether the package is scanned before or after the module that imports it."""
    project.write(
        main="from acme import *\nimport other\n",
        other="from acme import *\n",
        acme__='__all__ = ["one", "x"]\nx = 1',
        acme__one="",
        acme__two="",
    )
    graph = project.graph("main.py")
    assert own(graph) == ["@main.py", "acme", "acme.one", "other"]
    assert "@main.py:1 acme.one" in edges(graph) and "other:1 acme.one" in edges(graph)


def test_namespace_packages(project: Project) -> None:
    project.write(main="import space.one\nfrom space import two, three\n", space__one="", space__two="")
    graph = project.graph("main.py")
    assert graph.modules["space"].kind is ModuleKind.NAMESPACE
    assert graph.modules["space"].target == "space"
    assert graph.modules["space"].search_locations == (project.folder / "space",)
    assert own(graph) == ["@main.py", "space", "space.one", "space.two"]
    assert [item.name for item in graph.missing] == ["space.three"]  # a namespace package has no attributes


def test_a_namespace_over_two_roots(project: Project) -> None:
    project.file("a/space/one.py", "")
    project.file("b/space/two.py", "")
    project.write(main="import space.one, space.two\n")
    graph = project.graph("main.py", roots=("a", "b"))
    assert own(graph) == ["@main.py", "space", "space.one", "space.two"]


def test_dynamic_imports(project: Project) -> None:
    project.write(
        main='import importlib\nimportlib.import_module("acme.one")\n__import__("acme.two")\n', acme__="", acme__one="", acme__two=""
    )
    graph = project.graph("main.py")
    assert edges(graph, "@main.py")[1:] == ["@main.py:2 acme.one [dynamic]", "@main.py:3 acme.two [dynamic]"]


def test_computed_imports_are_told_with_verbose(project: Project) -> None:
    project.write(main="import importlib\nimportlib.import_module(input())\n")
    project.graph("main.py")
    assert [line for line in project.progress.details if "main.py:2" in line and "[modules] include" in line]


def test_kinds_of_edges(project: Project) -> None:
    project.write(
        main="""
        import sys
        from typing import TYPE_CHECKING
        try:
            import optional
        except ImportError:
            import fallback
        if sys.version_info >= (3, 0):
            import newer
        else:
            import older
        if TYPE_CHECKING:
            import checked
        def function():
            import inside
        """,
        **dict.fromkeys(["optional", "fallback", "newer", "older", "checked", "inside"], ""),
    )
    graph = project.graph("main.py")
    assert [line for line in edges(graph, "@main.py") if "typing" not in line and "sys" not in line] == [
        "@main.py:5 optional [optional]",
        "@main.py:7 fallback [optional]",
        "@main.py:9 newer [conditional]",
        "@main.py:11 older [unreachable]",
        "@main.py:13 checked [type-checking]",
        "@main.py:15 inside in a function",
    ]
    assert own(graph) == ["@main.py", "fallback", "inside", "newer", "optional"]


def test_main_code_counts_only_where_it_runs(project: Project) -> None:
    """`if __name__ == "__main__"` of a script, of a module that is run; not of a module that is imported."""
    main = 'if __name__ == "__main__":\n    import {}\n'
    project.write(script=main.format("a") + "import lib\n", run=main.format("b"), lib=main.format("c"), a="", b="", c="")
    assert own(project.graph("script.py", "run")) == ["@script.py", "a", "b", "lib", "run"]


def test_a_package_is_run_by_its_main_module(project: Project) -> None:
    project.file("acme/__init__.py", "")
    project.file("acme/__main__.py", "from . import cli\n")
    project.file("acme/cli.py", "")
    assert own(project.graph("acme.__main__")) == ["acme", "acme.__main__", "acme.cli"]


def test_scripts_with_blanks_and_dashes(project: Project) -> None:
    project.file("my-tool 2.py", "import helper\n")
    project.write(helper="")
    graph = project.graph("my-tool 2.py")
    assert own(graph) == ["@my-tool 2.py", "helper"]
    assert graph.modules["@my-tool 2.py"].target == "my-tool 2.py"


def test_the_main_module_itself_is_never_missing(project: Project) -> None:
    project.write(main="import __main__\n")
    graph = project.graph("main.py")
    assert graph.missing == () and own(graph) == ["@main.py"]


def test_cycles(project: Project) -> None:
    project.write(main="import a\n", a="import b\n", b="import a\nimport b\n")
    assert own(project.graph("main.py")) == ["@main.py", "a", "b"]


def test_a_module_for_the_entry_points_own_sake_and_as_an_import(project: Project) -> None:
    project.write(a="import b\n", b='def main(): pass\nif __name__ == "__main__":\n    import c\n', c="")
    graph = project.graph("a.py", "b:main")
    assert own(graph) == ["@a.py", "b"]
    assert ":0 b [entry]" in edges(graph) and "@a.py:1 b" in edges(graph)


def test_bytecode_alone_is_a_module(project: Project) -> None:
    import py_compile

    source = project.file("hidden.py", "import seen\n")
    py_compile.compile(str(source), str(source.with_suffix(".pyc")), dfile="hidden.py")
    source.unlink()
    project.write(main="import hidden\n", seen="")
    graph = project.graph("main.py")
    assert graph.modules["hidden"].kind is ModuleKind.BYTECODE and graph.modules["hidden"].target == "hidden.pyc"
    assert "hidden:1 seen" in edges(graph)


def test_the_standard_library_is_named_but_not_looked_into(project: Project) -> None:
    """In accelerated mode; standalone follows everything."""
    project.write(main="import json, sys, _json\n")
    graph = project.graph("main.py")
    assert "json" in graph.modules and "json.decoder" not in graph.modules
    assert graph.modules["sys"].kind is ModuleKind.BUILTIN
    assert graph.modules["json"].key == ""
    whole = project.graph("main.py", mode=Mode.STANDALONE)
    assert whole.modules["json.decoder"].party is Party.STDLIB and whole.modules["json.decoder"].key


def test_what_is_never_followed_is_kept_for_explanations(project: Project) -> None:
    project.write(main="import sys\nif sys.platform == 'win32':\n    import msvcrt\n")
    graph = project.graph("main.py")
    assert "@main.py:3 msvcrt [unreachable]" in edges(graph)
    assert "msvcrt" not in graph.modules and graph.missing == ()
    assert not any(edge.followed for edge in graph.edges if edge.imported == "msvcrt")


def test_helpers_of_one_name_in_two_script_folders_are_refused(project: Project) -> None:
    for folder in ("one", "two"):
        project.file(f"{folder}/{folder}_tool.py", "import helper\n")
        project.file(f"{folder}/helper.py", "")
    with pytest.raises(UserError) as caught:
        project.graph("one/one_tool.py", "two/two_tool.py", roots=())
    message = caught.value.diagnostics[0].message
    assert "'helper'" in message and "one/helper.py (beside the script one_tool.py)" in message and "two/helper.py" in message


def test_helpers_that_nobody_imports_may_have_one_name(project: Project) -> None:
    for folder in ("one", "two"):
        project.file(f"{folder}/{folder}_tool.py", "import shared_name\n" if folder == "one" else "")
        project.file(f"{folder}/helper.py", "")
    project.file("one/shared_name.py", "")
    assert own(project.graph("one/one_tool.py", "two/two_tool.py", roots=())) == ["@one_tool.py", "@two_tool.py", "shared_name"]


def test_a_folder_without_modules_does_not_make_a_name_ambiguous(project: Project) -> None:
    project.file("tools/run.py", "import data\n")
    project.file("tools/data/readme.txt", "")
    project.file("src/data.py", "")
    assert own(project.graph("tools/run.py", roots=("src",))) == ["@run.py", "data"]

"""From the graph to the bytecode that is embedded."""

from __future__ import annotations

import marshal
from pathlib import Path
from types import CodeType

import pytest

from pybuild.cache import Cache
from pybuild.compiler import compile_program
from pybuild.compiler.model import CompiledProgram
from pybuild.errors import BuildFailure
from pybuild.graph.model import ModuleGraph
from pybuild.interpreter import WorkerPool
from pybuild.package.payload import SUPPORT_MODULES
from pybuild.progress import Silent

from .conftest import Project


def compiled(project: Project, graph: ModuleGraph) -> CompiledProgram:
    with WorkerPool(project.interpreter, 1) as pool:
        return compile_program(project.plan("main.py"), graph, pool, project.cache, Silent())


def test_every_module_with_code_and_the_runtimes_own(project: Project) -> None:
    project.write(main="import acme.one, json\n", acme__="", acme__one="x = 'the constant'\n", space__two="")
    graph = project.graph("main.py")
    program = compiled(project, graph)
    assert set(program.modules) == {"@main.py", "acme", "acme.one", *SUPPORT_MODULES}
    assert list(program.modules) == sorted(program.modules)


def test_the_code_object(project: Project) -> None:
    """Read here, since this test runs on the Python that it builds for."""
    project.write(main="import acme.one\n", acme__="", acme__one="x = 'the constant'\n")
    module = compiled(project, project.graph("main.py")).modules["acme.one"]
    code = marshal.loads(module.read())
    assert isinstance(code, CodeType)
    assert code.co_filename == "acme/one.py" and "the constant" in code.co_consts
    assert len(module.read()) == module.size


def test_bytecode_files_keep_their_names(project: Project) -> None:
    import py_compile

    source = project.file("hidden.py", "x = 1\n")
    py_compile.compile(str(source), str(source.with_suffix(".pyc")), dfile="as/it/was.py")
    source.unlink()
    project.write(main="import hidden\n")
    code = marshal.loads(compiled(project, project.graph("main.py")).modules["hidden"].read())
    assert code.co_filename == "as/it/was.py"


def test_a_file_that_changes_while_it_is_built_is_noticed(project: Project, tmp_path: Path) -> None:
    project.cache = Cache(tmp_path / "cache")
    project.write(main="x = 1\n")
    graph = project.graph("main.py")
    project.cache.path("module", graph.modules["@main.py"].key).unlink()
    project.write(main="x = 2\n")
    with pytest.raises(BuildFailure, match="has changed during the build"):
        compiled(project, graph)


def test_a_cut_cache_file_is_made_again(project: Project, tmp_path: Path) -> None:
    project.cache = Cache(tmp_path / "cache")
    project.write(main="x = 1\n")
    graph = project.graph("main.py")
    path = project.cache.path("module", graph.modules["@main.py"].key)
    path.write_bytes(path.read_bytes()[:10])
    assert marshal.loads(compiled(project, graph).modules["@main.py"].read())

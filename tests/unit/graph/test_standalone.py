"""What a program needs besides its own imports: to start, from C code, from builtins, codecs; and what nobody comes to."""

from __future__ import annotations

import pytest

from pybuild.graph.model import ModuleGraph, ModuleKind, Party
from pybuild.resolve.model import Mode

from .conftest import Environment, Project, edges


def standalone(project: Project, **options: object) -> ModuleGraph:
    return project.graph("main.py", mode=Mode.STANDALONE, **options)


def chosen(graph: ModuleGraph) -> set[str]:
    """Names without codecs."""
    return {name for name in graph.modules if not name.startswith("encodings.")}


def test_hello_is_small(project: Project) -> None:
    project.write(main="print('hello')\n")
    graph = standalone(project)
    assert {"encodings", "encodings.utf_8", "encodings.ascii", "encodings.idna", "codecs", "io", "abc"} <= set(graph.modules)
    assert not {"typing", "warnings.something", "unittest", "subprocess", "inspect", "unicodedata", "bz2", "_codecs_iso2022"} & set(
        graph.modules
    )
    limit = {(3, 11): 18, (3, 12): 46, (3, 13): 66}[project.interpreter.version[:2]]
    assert len(chosen(graph)) <= limit
    assert all(edge.reason for edge in graph.edges if edge.kind == "essential")


def test_large_integers_need_a_module_since_312(project: Project) -> None:
    project.write(main="print(10 ** 99999 // 7 ** 9)\n")
    assert ("_pylong" in standalone(project).modules) == (project.interpreter.version >= (3, 12))


def test_tracebacks_are_printed_by_a_module_since_313(project: Project) -> None:
    project.write(main="")
    assert ("traceback" in standalone(project).modules) == (project.interpreter.version >= (3, 13))


def test_a_dormant_module_wakes_when_the_program_imports_it(project: Project) -> None:
    """`io` is there for the interpreter; what its functions import is there when somebody else imports io."""
    project.write(main="import io\n")
    assert "warnings" in standalone(project).modules
    project.write(main="import lib\n", lib="import abc\n")
    assert "warnings" not in chosen(standalone(project)) or project.interpreter.version >= (3, 13)


def test_a_script_may_be_called_like_a_module_that_the_interpreter_starts_with(project: Project) -> None:
    project.write(main="import abc, codecs\n", abc="raise SystemError\n")
    graph = standalone(project)
    assert graph.modules["abc"].party is Party.STDLIB


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("import datetime", {"_strptime"}),
        ("import time", {"_strptime"}),
        ("import json", {"json.decoder", "_json"}),
        ("import sqlite3", {"sqlite3.dump"}),
        ("import zoneinfo", {"zoneinfo._common"}),
        ("import pickle", {"_compat_pickle", "copyreg", "_pickle"}),
        ("import socket", {"encodings.idna", "stringprep", "unicodedata"}),
        ("import ssl", {"_socket", "unicodedata"}),
        (
            "import multiprocessing",
            {"multiprocessing.popen_spawn_posix", "multiprocessing.popen_forkserver", "multiprocessing.resource_tracker"},
        ),
        ("import xml.sax", {"xml.sax.expatreader", "pyexpat"}),
        ("import dbm", {"dbm.dumb"}),
        ("from concurrent.futures import ThreadPoolExecutor", {"concurrent.futures.thread"}),
        ("import decimal", {"_decimal", "numbers"}),
        ("help(1)", {"pydoc", "pydoc_data.topics"}),
        ("breakpoint()", {"pdb"}),
    ],
)
def test_hidden_imports(project: Project, source: str, needed: set[str]) -> None:
    project.write(main=source + "\n")
    there = set(standalone(project).modules)
    optional = {name for name in needed if name.startswith("_") and name not in there and project.interpreter.builtin_modules}
    assert needed - there <= optional - {"_strptime", "_compat_pickle", "_socket"}


def test_time_zones_come_along_where_they_are_installed(project: Project) -> None:
    project.write(main="import zoneinfo\n")
    assert "tzdata" not in standalone(project).modules
    project.write(tzdata="")
    assert "tzdata" in standalone(project).modules


@pytest.mark.parametrize(
    ("source", "needless"),
    [
        ("import pickle, difflib, inspect, ast, dis, tarfile, zipfile, uuid, gzip, calendar", {"doctest", "unittest", "pdb", "tkinter"}),
        ("import random", {"statistics"}),
        ("import multiprocessing", {"test", "test.support", "xmlrpc.client"}),
        ("import shutil", {"tarfile"}),
        ("import platform", {"plistlib", "socket"}),
        ("import heapq, bisect, functools, abc", {"_py_abc", "doctest"}),
        ("import decimal, datetime", {"_pydecimal", "_pydatetime"}),
    ],
)
def test_what_nobody_comes_to(project: Project, source: str, needless: set[str]) -> None:
    project.write(main=source + "\n")
    assert not needless & set(standalone(project).modules)


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("from shutil import make_archive", "tarfile"),
        ("import shutil\nshutil.unpack_archive('x')", "tarfile"),
        ("import shutil as s\ngetattr(s, 'make_archive')", "tarfile"),
        ("from shutil import *\nmake_archive()", "tarfile"),
        ("import multiprocessing.managers as m\nm.BaseManager(serializer='xmlrpclib')", "xmlrpc.client"),
    ],
)
def test_who_names_the_door_gets_what_is_behind_it(project: Project, source: str, needed: str) -> None:
    project.write(main=source + "\n")
    graph = standalone(project)
    assert needed in graph.modules
    assert any(edge.imported == needed and edge.followed for edge in graph.edges)


def test_the_codecs_of_all_locales_are_there_for_the_interpreter_to_start(project: Project) -> None:
    project.write(main="")
    of_locales = {"_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_multibytecodec"}
    graph = standalone(project)
    if project.interpreter.version[:2] == (3, 12):
        assert not of_locales & set(graph.modules)  # too large
        graph = standalone(project, include=("encodings.gbk",))
        assert of_locales & set(graph.modules) == {"_codecs_cn", "_multibytecodec"}
    else:
        assert of_locales <= set(graph.modules)
    without = standalone(project, exclude=("_codecs_*", "_multibytecodec"))
    assert not of_locales & set(without.modules) and project.warnings == []


CJK = "_codecs_iso2022"


@pytest.mark.parametrize(
    ("source", "included"),
    [
        ("open('x', encoding='utf-8')", False),
        ("open('x', encoding='iso-2022-jp')", True),
        ("b''.decode('csiso2022kr')", True),
        ("import encodings.iso2022_jp_2", True),
        ("open('x', encoding=input())", True),
        ("import email.message", True),
        ("import json", False),
    ],
)
def test_codecs_with_extension_modules(project: Project, source: str, included: bool) -> None:
    project.write(main=source + "\n")
    graph = standalone(project)
    assert (CJK in graph.modules) == included
    assert "encodings.shift_jis" in graph.modules


def test_the_standard_librarys_own_computed_codecs_do_not_count(project: Project) -> None:
    project.write(main="import tokenize, locale, xmlrpc.client\n")
    assert CJK not in standalone(project).modules


def test_kinds_and_places(project: Project) -> None:
    project.write(main="import json, sys, _frozen_importlib, math, os\n")
    graph = standalone(project)
    assert (graph.modules["json"].target, graph.modules["json"].is_package) == ("json/__init__.py", True)
    assert graph.modules["json.decoder"].target == "json/decoder.py"
    assert graph.modules["sys"].kind is ModuleKind.BUILTIN and graph.modules["sys"].path is None
    assert graph.modules["_frozen_importlib"].kind is ModuleKind.FROZEN
    assert graph.modules["os"].kind is ModuleKind.SOURCE
    math = graph.modules["math"]
    if math.kind is ModuleKind.EXTENSION:
        assert math.path is not None and math.target == f"lib-dynload/{math.path.name}"
    assert "posixpath" in graph.modules


def test_names_that_a_module_provides_itself(project: Project) -> None:
    project.write(main="import os.path\nfrom os.path import join\nimport importlib._bootstrap\n")
    graph = standalone(project)
    assert graph.missing == () or "os.path" not in [item.name for item in graph.missing]
    assert "@main.py:1 os" in edges(graph) and "importlib._bootstrap" not in graph.modules


def test_nothing_names_the_building_machine(project: Project) -> None:
    """sysconfig's data is compiled with another prefix in place of the interpreter's."""
    project.write(main="import sysconfig\n")
    graph = standalone(project)
    names = [name for name in graph.modules if name.startswith("_sysconfigdata_")]  # Debian has two, which are one file
    assert names
    for name in names:
        stored = project.cache.path("module", graph.modules[name].key).read_bytes()
        assert str(project.interpreter.base_prefix).encode() not in stored or str(project.interpreter.base_prefix) == "/usr"
        assert b"/install" in stored or str(project.interpreter.base_prefix) == "/usr"


def test_third_party_packages(environment: Environment, project: Project) -> None:
    environment.install(
        "acme-lib", "2.1", {"entry_points.txt": "[acme]\nx = lib:x\n"}, lib__="from . import part\n", lib__part="", lib__unused=""
    )
    environment.install("space-one", space__one="")
    environment.install("space-two", space__two="")
    environment.install("unused", unused="")
    project.interpreter = environment.interpreter()
    project.write(main="import lib, space.two\n")
    graph = standalone(project)
    part = graph.modules["lib.part"]
    assert (part.party, part.distribution, part.target) == (Party.THIRD, "acme-lib", "lib/part.py")
    assert graph.modules["space.two"].distribution == "space-two"
    assert [(item.name, item.version) for item in graph.distributions] == [("acme-lib", "2.1"), ("space-two", "1.0")]
    assert set(graph.distributions[0].files) == {"METADATA", "RECORD", "entry_points.txt"}


def test_metadata_asked_for_by_name(environment: Environment, project: Project) -> None:
    environment.install("only-metadata", "7")
    environment.install("main", "8")
    project.interpreter = environment.interpreter()
    project.write(main="import importlib.metadata\nimportlib.metadata.version('Only.Metadata')\n")
    assert [item.name for item in standalone(project).distributions] == ["only-metadata"]


def test_an_environment_in_the_project_is_not_the_programs_own(project: Project, environment: Environment) -> None:
    environment.folder.rename(project.folder / ".venv")
    environment.folder = project.folder / ".venv"
    environment.install("lib", lib="")
    project.interpreter = environment.interpreter()
    project.write(main="import lib\n")
    assert project.graph("main.py").modules["lib"].party is Party.THIRD

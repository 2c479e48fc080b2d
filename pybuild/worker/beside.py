"""What a module's code says of files that it opens by its own place, and of plug-ins that it asks for by a group's name.

Goes in: a module's code object, its marshalled bytes (which hold all its names and strings), its source where there is one.  Comes
out: facts that are added to its scan, only those that there are:

    beside      it names `__file__`, a loader's `get_data`, importlib.resources or the like: it may open files that lie beside it
    strings     where it does, its constants that may be names of such files
    resources   `[line, package]` where a function of these is given a package by a constant name
    groups      where it asks for entry points, its constants that may be names of their groups

The names say enough: a module that opens files beside itself must name one of them, and comments and most docstrings do not count.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

_PLACES = (
    b"__file__",
    b"__path__",
    b"__loader__",
    b"get_data",
    b"get_resource_reader",
    b"importlib.resources",
    b"importlib_resources",
    b"pkg_resources",
    b"submodule_search_locations",
    b"find_spec",
    b"getsourcefile",
    b"getfile",
    b"co_filename",
    b"PackageLoader",  # jinja2: templates of a package
    # these look for templates and files to be served beside the module whose name they are given
    b"Flask",
    b"Blueprint",
    b"Quart",
    b"AppConfig",
)
_RESOURCES = (b"resources", b"get_data", b"PackageLoader")
_GROUPS = (b"entry_points", b"entrypoints", b"EntryPoint", b"stevedore")
_TEXTS = ("read", "open")
_FUNCTIONS = {
    "PackageLoader",
    "as_file",
    "contents",
    "files",
    "get_data",
    "is_resource",
    "path",
    *(f"{verb}_{kind}" for verb in _TEXTS for kind in ("text", "binary")),
    *(f"resource_{what}" for what in ("exists", "filename", "isdir", "listdir", "stream", "string")),
}
_PACKAGE = {"anchor", "package", "package_name"}
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_FILE = re.compile(r"(?!(?:.*/)?\.\.?(?:/|$))[\w.~][\w.+~@ -]{0,79}(?:/[\w.][\w.+~@ -]{0,79}){0,5}/?")
_GROUP = re.compile(r"\w+(?:[.:-]\w+)*")


def facts(code: CodeType, marshalled: bytes, source: bytes | None) -> dict[str, Any]:
    """The facts about one module."""
    result: dict[str, Any] = {}
    if any(word in marshalled for word in _PLACES) or (b"importlib" in marshalled and b"resources" in marshalled):
        result["beside"] = True
        result["strings"] = sorted({text for text in _constants(code) if len(text) < 200 and _FILE.fullmatch(text)})
    if source is not None and any(word in marshalled for word in _RESOURCES):
        result["resources"] = sorted(_named_packages(source))
    if any(word in marshalled for word in _GROUPS):
        result["groups"] = sorted({text for text in _constants(code) if len(text) < 80 and _GROUP.fullmatch(text)})
    return {fact: value for fact, value in result.items() if value}


def _constants(code: CodeType) -> Iterator[str]:
    """Every string among the constants of `code` and of what is nested in it."""
    todo: list[Any] = [code]
    while todo:
        item = todo.pop()
        if isinstance(item, CodeType):
            todo += item.co_consts
        elif isinstance(item, tuple | frozenset):
            todo += item
        elif isinstance(item, str):
            yield item


def _named_packages(source: bytes) -> Iterator[list[Any]]:
    """`[line, package]` of each call that reads resources of a package which a constant, or a name for one, gives."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    known = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in _FUNCTIONS:
            continue
        given = node.args[0] if node.args else next((item.value for item in node.keywords if item.arg in _PACKAGE), None)
        text = given.value if isinstance(given, ast.Constant) else known.get(given.id, "") if isinstance(given, ast.Name) else ""
        if isinstance(text, str) and _MODULE.fullmatch(text):
            yield [node.lineno, text]

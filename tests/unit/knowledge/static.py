"""A plain static look at installed packages, apart from pybuild's own: which modules exist, and which ones import statements reach.

Deliberately simple: no knowledge, no conditions but TYPE_CHECKING, every statement counts wherever it stands.  What this does not reach
from a module is hidden, and what it reaches needs no knowledge.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from pybuild.graph.patterns import compile_exact


class Installed:
    """The modules on `search`; `suffixes` are those of extension modules."""

    def __init__(self, search: Iterable[Path], suffixes: Iterable[str]) -> None:
        self.search = tuple(search)
        self.suffixes = (*suffixes, ".py")
        self._found: dict[str, tuple[Path | None, tuple[Path, ...]] | None] = {}
        self._imports: dict[str, frozenset[str]] = {}

    def find(self, name: str) -> tuple[Path | None, tuple[Path, ...]] | None:
        """The file (None for a namespace package) and the folders (of a package) of module `name`; None when there is none."""
        if name not in self._found:
            parent, _, tail = name.rpartition(".")
            around = self.find(parent) if parent else (None, self.search)
            self._found[name] = self._find_in(around[1], tail) if around else None
        return self._found[name]

    def _find_in(self, folders: tuple[Path, ...], tail: str) -> tuple[Path | None, tuple[Path, ...]] | None:
        portions = []
        for folder in folders:
            for suffix in self.suffixes:
                init = folder / tail / f"__init__{suffix}"
                if init.is_file():
                    return init, (folder / tail,)
            for suffix in self.suffixes:
                if (folder / f"{tail}{suffix}").is_file():
                    return folder / f"{tail}{suffix}", ()
            if (folder / tail).is_dir():
                portions.append(folder / tail)
        return (None, tuple(portions)) if portions else None

    def below(self, package: str) -> Iterator[str]:
        """Every module below `package`, at any depth."""
        found = self.find(package)
        for folder in found[1] if found else ():
            for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
                name = next((entry.name[: -len(s)] for s in self.suffixes if entry.name.endswith(s)), "")
                if entry.is_dir() and entry.name != "__pycache__" and self.find(f"{package}.{entry.name}"):
                    yield f"{package}.{entry.name}"
                    yield from self.below(f"{package}.{entry.name}")
                elif entry.is_file() and name and name != "__init__":
                    yield f"{package}.{name}"

    def expand(self, text: str) -> list[str]:
        """The modules that a name or pattern of knowledge stands for."""
        if "*" not in text:
            return [text] if self.find(text) else []
        pattern = compile_exact(text)
        return [name for name in dict.fromkeys(self.below(pattern.literal)) if pattern.matches(name)]

    def imports(self, name: str, function: str = "") -> frozenset[str]:
        """The names that the import statements of module `name` mention (attributes among them), or those of one function of it."""
        key = f"{name}:{function}"
        if key not in self._imports:
            found = self.find(name)
            path, folders = found if found else (None, ())
            names: set[str] = set()
            if path is not None and path.suffix == ".py":
                try:
                    tree = _WithoutTypeChecking().visit(ast.parse(path.read_bytes()))
                    for part in filter(None, function.split(".")):
                        tree = next((n for n in ast.walk(tree) if getattr(n, "name", "") == part), ast.Pass())
                    names = set(_mentioned(tree, name if folders else name.rpartition(".")[0]))
                except SyntaxError:
                    pass  # templates of code generators
            self._imports[key] = frozenset(names)
        return self._imports[key]

    def reached(self, start: Iterable[str]) -> set[str]:
        """The modules that import statements reach from `start`, parents included."""
        seen: set[str] = set()
        todo = list(start)
        while todo:
            name = todo.pop()
            if name in seen or self.find(name) is None:
                continue
            seen.add(name)
            todo.extend(self.imports(name))
            if "." in name:
                todo.append(name.rpartition(".")[0])
        return seen

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The search path as text."""
        return tuple(str(folder) for folder in self.search)


class _WithoutTypeChecking(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> ast.If:
        self.generic_visit(node)
        test = node.test
        if (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
            isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
        ):
            node.body = [ast.Pass()]
        return node


def _mentioned(tree: ast.AST, package: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                base = ".".join([*parts[: len(parts) - node.level + 1], *([base] if base else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__"):
                yield node.args[0].value

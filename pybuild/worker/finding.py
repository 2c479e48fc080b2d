"""Operations `find` and `submodules`: where modules lie, as this interpreter's own finders say, without importing anything.

Goes in: names, each with the search locations of its parent package (none for a top-level name), and folders that are searched
before `sys.path`. Comes out per name: None, or `[kind, origin, search locations, other folders that have a top-level name of
this kind too]`. Finders on `sys.meta_path` other than the standard ones (editable installs) are asked as well.  Parents are
never imported: submodules are looked for in the search locations of the parent, entry by entry, as `PathFinder` does it.
"""

# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH121, PTH123
# (plain strings: this runs for every module)

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder
from typing import Any

_STANDARD = (BuiltinImporter, FrozenImporter, PathFinder)
_SUFFIXES = tuple(sorted((*importlib.machinery.all_suffixes(), ".pyc"), key=len, reverse=True))


def find(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Find `header["names"]`: a list of `[name, locations or None]`."""
    roots: list[str] = header["roots"]
    importlib.invalidate_caches()
    return {
        "found": [_submodule(name, locations) if locations is not None else _top_level(name, roots) for name, locations in header["names"]]
    }


def _top_level(name: str, roots: list[str]) -> list[Any] | None:
    if name in sys.builtin_module_names:
        return ["builtin", "", None, []]
    folders = [*roots, *(entry for entry in sys.path if entry not in roots)]
    if name == "distutils" and any(type(finder).__module__ == "_distutils_hack" for finder in sys.meta_path):
        answer = _of_setuptools(folders)
        if answer is not None:
            return answer
    for finder in sys.meta_path:
        if finder is PathFinder:
            answer = _on_path(name, folders)
            if answer is not None:
                _extend(name, folders, answer)
                answer.append(_elsewhere(name, roots, answer))
                return answer
        elif finder not in _STANDARD and type(finder).__module__ != "_distutils_hack":
            spec = _ask(finder, name)
            answer = _described(spec) if spec is not None else None
            if answer is not None:
                return [*answer, []]
    spec = FrozenImporter.find_spec(name)
    if spec is not None:
        return ["frozen", "", list(spec.submodule_search_locations) if spec.submodule_search_locations is not None else None, []]
    return None


def _of_setuptools(folders: list[str]) -> list[Any] | None:
    """The `distutils` that setuptools puts in the place of the standard library's: the `.pth` file that sees to that, and the folder."""
    found = _on_path("setuptools", folders)
    answer = _on_path("_distutils", found[2]) if found is not None and found[2] else None
    if found is None or answer is None or not answer[2]:
        return None
    file = os.path.join(os.path.dirname(os.path.dirname(found[1])), "distutils-precedence.pth")
    return ["source", file, answer[2], []] if os.path.isfile(file) else None


def _submodule(name: str, locations: list[str]) -> list[Any] | None:
    answer = _on_path(name, locations)
    if answer is None:
        for finder in sys.meta_path:
            if finder not in _STANDARD and type(finder).__module__ != "_distutils_hack":
                spec = _ask(finder, name, locations)
                answer = _described(spec) if spec is not None else None
                if answer is not None:
                    break
    return [*answer, []] if answer is not None else None


def _ask(finder: Any, name: str, path: list[str] | None = None) -> ModuleSpec | None:
    """What a finder of someone else's says; one that fails has nothing to say."""
    try:
        spec: ModuleSpec | None = finder.find_spec(name, path)
    except Exception:
        return None
    return spec


def _on_path(name: str, folders: list[str]) -> list[Any] | None:
    """The first module `name` in `folders`, or the namespace package that they make up."""
    portions: list[str] = []
    for folder in folders:
        finder = _entry_finder(folder)
        spec = finder.find_spec(name) if finder is not None else None
        if spec is None:
            continue
        if spec.loader is not None:
            return _described(spec)
        portions.extend(spec.submodule_search_locations or ())
    return ["namespace", "", portions] if portions else None


def _entry_finder(folder: str) -> Any:
    try:
        return sys.path_importer_cache[folder]
    except KeyError:
        pass
    found = None
    for hook in sys.path_hooks:
        try:
            found = hook(folder)
            break
        except ImportError:
            continue
    sys.path_importer_cache[folder] = found
    return found


def _described(spec: ModuleSpec) -> list[Any] | None:
    origin = spec.origin
    locations = list(spec.submodule_search_locations) if spec.submodule_search_locations is not None else None
    if spec.loader is None or origin is None or origin == "namespace":
        return ["namespace", "", locations] if locations else None
    if not os.path.isfile(origin):
        return ["archive", origin, locations]
    if origin.endswith(tuple(importlib.machinery.EXTENSION_SUFFIXES)):
        return ["extension", origin, locations]
    if origin.endswith(tuple(importlib.machinery.BYTECODE_SUFFIXES)):
        return ["bytecode", origin, locations]
    return ["source", origin, locations]


def _extend(name: str, folders: list[str], answer: list[Any]) -> None:
    """A package whose `__init__` extends its own `__path__` the old way also lies in the other folders of its name."""
    if answer[0] != "source" or not answer[2]:
        return
    others = [location for folder in folders if os.path.isdir(location := os.path.join(folder, name)) and location not in answer[2]]
    if others:
        with open(answer[1], "rb") as stream:
            text = stream.read()
        if b"extend_path" in text or b"declare_namespace" in text:
            answer[2].extend(others)


def _elsewhere(name: str, roots: list[str], answer: list[Any]) -> list[str]:
    """Other files of this name in `roots`, when the answer lies in one of them."""
    kind, origin = answer[0], answer[1]
    if len(roots) < 2 or kind == "namespace":
        return []
    found = [_on_path(name, [root]) for root in roots]
    files = [item[1] for item in found if item is not None and item[0] != "namespace"]
    if not any(file == origin for file in files):
        return []
    return [file for file in files if not os.path.samefile(file, origin)]


def submodules(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """Names below package `header["name"]` at `header["locations"]`, to any depth if `deep`; and the folders that were read."""
    folders: list[str] = []
    names: set[str] = set()
    prefix = f"{header['name']}." if header["name"] else ""
    _list(prefix, header["locations"], header["deep"], names, folders, set())
    return {"names": sorted(names), "folders": folders}


def _list(prefix: str, locations: list[str], deep: bool, names: set[str], folders: list[str], seen: set[str]) -> None:
    packages: dict[str, list[str]] = {}
    for location in locations:
        real = os.path.realpath(location)
        if real in seen:
            continue
        seen.add(real)
        try:
            entries = sorted(os.scandir(location), key=lambda entry: entry.name)
        except OSError:
            continue
        folders.append(location)
        for entry in entries:
            if entry.is_dir():
                if entry.name.isidentifier() and entry.name != "__pycache__" and _is_package(entry.path):
                    packages.setdefault(entry.name, []).append(entry.path)
            else:
                module = _module_name(entry.name)
                if module and "." not in module and module != "__init__":
                    names.add(prefix + module)
    for package in sorted(packages):
        names.add(prefix + package)
        if deep:
            _list(f"{prefix}{package}.", packages[package], deep, names, folders, seen)


def _module_name(file: str) -> str:
    for suffix in _SUFFIXES:
        if file.endswith(suffix):
            return file[: -len(suffix)]
    return ""


def _is_package(folder: str) -> bool:
    """A folder that holds a module, itself or one level down (a namespace package)."""
    try:
        for entry in os.scandir(folder):
            if _module_name(entry.name) and not entry.is_dir():
                return True
            if entry.is_dir() and entry.name.isidentifier() and os.path.isfile(os.path.join(entry.path, "__init__.py")):
                return True
    except OSError:
        pass
    return False

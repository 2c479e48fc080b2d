"""Folders that hold embedded modules and files on disk at once: namespace packages, and what pkgutil lists.

Called by runtime_c/importer (specs.c, folder.c).  Runs in the program, also while importlib starts: no imports at the top but of
what the interpreter always has.
"""

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
import sys


def namespace_spec(name, search, own):
    """The spec of the embedded namespace package `name`: its folders are `own`, then those found on disk along `search`."""
    path = _external._NamespacePath(name, _all_portions(name, search, own), _Portions(own))
    spec = _bootstrap.ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = path
    return spec


class _Portions:
    """Looks again for a namespace package's folders when the path of its parent has changed."""

    def __init__(self, own):
        self._own = own

    def __call__(self, name, search):
        spec = _bootstrap.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = _all_portions(name, search, self._own)
        return spec


def _all_portions(name, search, own):
    found = _external.PathFinder.find_spec(name, sys.path if search is None else search)
    if found is None or found.loader is not None:
        return list(own)
    return [*own, *(folder for folder in found.submodule_search_locations if folder not in own)]


def iter_modules(embedded, files, prefix):
    """(name, is_package) of the `embedded` modules and of those that the finder `files` sees on disk, in the order of names."""
    from pkgutil import iter_importer_modules

    modules = dict(iter_importer_modules(files))
    modules.update((name, is_package) for name, is_package in embedded if is_package is not None)
    return iter([(prefix + name, modules[name]) for name in sorted(modules) if not name.startswith("_pybuild_")])

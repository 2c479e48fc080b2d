"""importlib.resources and get_data for embedded packages.

A package's resources are the files in its folder, which really lie there on disk, and the sources of its modules, which are
embedded.  Traversables are paths, as they are for packages on disk, so that code which takes them for paths goes on working.
"""

import io
import os
import pathlib

import _pybuild


def get_data(path):
    """The bytes of the file; of an embedded module's file that is not on disk, its source if that was kept."""
    path = os.fspath(path)
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  (pathlib is not needed for it)
            return stream.read()
    except (FileNotFoundError, NotADirectoryError):
        source = _pybuild.source(path)
        if source is None:
            raise
        return source


class EmbeddedPath(type(pathlib.Path())):
    """A path in the program's folder that also sees what is embedded: folders of packages, and files of modules."""

    __slots__ = ()

    def _children(self):
        return _pybuild.children(str(self))

    def exists(self, **options):
        return super().exists(**options) or self.is_dir() or _pybuild.is_file(str(self))

    def is_dir(self, **options):
        return super().is_dir(**options) or self._children() is not None

    def is_file(self, **options):
        return super().is_file(**options) or (not super().is_dir(**options) and _pybuild.is_file(str(self)))

    def iterdir(self):
        children = self._children()
        if children is None:
            yield from super().iterdir()
            return
        names = dict.fromkeys(path.name for path in super().iterdir()) if super().is_dir() else {}
        for name, is_package in children:
            if is_package is not False:
                names[name] = None
            elif _pybuild.is_file(str(self / f"{name}.py")):
                names[f"{name}.py"] = None
        if _pybuild.is_file(str(self / "__init__.py")):
            names["__init__.py"] = None
        for name in names:
            yield self / name

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        try:
            return super().open(mode, buffering, encoding, errors, newline)
        except (FileNotFoundError, NotADirectoryError):
            source = _pybuild.source(str(self)) if "r" in mode and "+" not in mode else None
            if source is None:
                raise
            stream = io.BytesIO(source)
            return stream if "b" in mode else io.TextIOWrapper(stream, io.text_encoding(encoding), errors, newline)


class Reader:
    """What `importlib.resources` asks a loader for: resources below `folder`."""

    def __init__(self, folder):
        self._folder = EmbeddedPath(folder)

    def files(self):
        return self._folder

    def open_resource(self, resource):
        return self._folder.joinpath(resource).open("rb")

    def resource_path(self, resource):
        path = pathlib.Path(str(self._folder / resource))
        if path.is_file():
            return str(path)
        raise FileNotFoundError(path)

    def is_resource(self, path):
        return self._folder.joinpath(path).is_file()

    def contents(self):
        return (path.name for path in self._folder.iterdir())

"""`[[data]]` and `[[library]]`: which files go where in the program's folder.

Goes in: what the manifest asks for.  Comes out: one `DataFile` for every file, sorted by target, and what was read and listed to find them.

Rules.  A file to `x/` keeps its name, to `x` it is renamed.  A folder's contents go into `to`.  A glob keeps the structure below its last
literal folder.  Data of a package keep their place in the package.  Nothing to be found is an error.  A relative source must, its links
resolved, lie in the manifest's folder: what is taken from elsewhere must be written as an absolute path, where a reader sees it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pybuild.errors import Diagnostic, Place
from pybuild.resolve.model import DataFile
from pybuild.resolve.packages import Finder
from pybuild.resolve.targets import TOKEN, TargetError, file_target, normal_target
from pybuild.resolve.tree import Found, Tree, TreeError, is_glob, split_glob

_CODE = (".py", ".pyc", ".pyi", ".so", ".pyd", ".dll", ".dylib")  # what of a package is never meant by "its data"


@dataclass(frozen=True)
class DataRequest:
    """One table: either `source` (its `from`) with `to`, or `package`, which with `exclude` and without `patterns` adds nothing.

    `places` are those of the keys, "" for the table's."""

    source: str = ""
    to: str = ""
    package: str = ""
    patterns: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    reason: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, key: str) -> Place | None:
        """Where `key` is written, or the table."""
        return self.places.get(key) or self.places.get("")


class _Refused(Exception):
    """Ends the work on one table; the others are still looked at, so that all errors are shown at once."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True)
class DataFiles:
    """The outcome: `files` by target, `inputs` (files taken, folders listed), `diagnostics` of what is wrong."""

    files: tuple[DataFile, ...]
    inputs: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass
class _Collector:
    project: Path
    real_project: Path
    leave_out: frozenset[str]
    finder: Callable[[], Finder]
    inputs: set[Path] = field(default_factory=set)

    def collect(self, request: DataRequest) -> list[DataFile]:
        """The files of one table.  Raises _Refused."""
        try:
            pairs = self._of_package(request) if request.package else self._of_source(request)
            return [DataFile(found.path, target, request.reason) for found, target in pairs]
        except TreeError as error:
            raise _Refused(Diagnostic(str(error), request.place("from"), _TREE_HINT)) from error
        except TargetError as error:
            raise _Refused(Diagnostic(str(error), request.place("to"), error.hint)) from error

    def _of_source(self, request: DataRequest) -> list[tuple[Found, PurePosixPath]]:
        text = request.source
        if not text:
            raise _Refused(Diagnostic("'from' is empty", request.place("from"), "name a file, a folder or a glob"))
        absolute = os.path.isabs(text)  # noqa: PTH117 - the text is asked, not yet a path
        path = self.project / text
        tree = Tree(None if absolute else self.real_project, self.leave_out)
        if not absolute and not Path(os.path.normpath(path)).is_relative_to(self.project):
            raise TreeError(f"{text!r} leads out of the project")
        if path.is_file():
            tree.check(path)
            found = Found(path, path.name)
            pairs = [(found, self._file_target(request, path))]
        elif path.is_dir():
            folder = normal_target(request.to)
            pairs = [(found, file_target(folder, found.below)) for found in tree.folder(path)]
        elif is_glob(text):
            base, components = split_glob(text)
            folder = normal_target(request.to)
            pairs = [(found, file_target(folder, found.below)) for found in self._expand(tree, self.project / base, components)]
        else:
            raise _Refused(self._nothing(request, path))
        self.inputs.update(tree.listed)
        if not pairs:
            raise _Refused(self._nothing(request, path))
        self.inputs.update(found.path for found, _ in pairs)
        return pairs

    def _of_package(self, request: DataRequest) -> list[tuple[Found, PurePosixPath]]:
        location = self.finder().find(request.package)
        if location is None:
            hint = "install it for the Python that is built for, or correct the name (it is the import name, not the distribution's)"
            raise _Refused(Diagnostic(f"the package {request.package!r} is not found", request.place("package"), hint))
        if not location.folders:
            hint = f"name the file with 'from': {str(location.path)!r}"
            raise _Refused(
                Diagnostic(f"{request.package!r} is a module, not a package: it has no data files", request.place("package"), hint)
            )
        default = PurePosixPath(*request.package.split("."))
        tree = Tree(None, self.leave_out)
        pairs: list[tuple[Found, PurePosixPath]] = []
        for pattern in request.exclude:
            self._package_pattern(request, pattern, "exclude")
        for pattern in request.patterns or (() if request.exclude else ("**",)):
            base, components = self._package_pattern(request, pattern)
            before = len(pairs)
            for folder in location.folders:
                if (folder / base).joinpath(*components).is_dir():
                    base, components = "/".join((*base.split("/"), *components)).strip("/"), ("**",)
                for found in self._expand(tree, folder / base, components):
                    if not request.patterns and found.path.name.endswith(_CODE):
                        continue
                    pairs.append((found, file_target(default / base, found.below)))
            if len(pairs) == before:
                what = f"{pattern!r} matches no file" if request.patterns else "there is no data file"
                place = request.place("patterns") if request.patterns else request.place("package")
                raise _Refused(Diagnostic(f"{what} in the package {request.package!r} ({location.folders[0]})", place, _GLOB_HINT))
        self.inputs.update(tree.listed)
        self.inputs.update(found.path for found, _ in pairs)
        return pairs

    def _package_pattern(self, request: DataRequest, pattern: str, key: str = "patterns") -> tuple[str, tuple[str, ...]]:
        if pattern.startswith("/") or ".." in pattern.split("/"):
            message = f"the pattern {pattern!r} leads out of the package"
            raise _Refused(Diagnostic(message, request.place(key), f"'{key}' is relative to the package's folder"))
        try:
            return split_glob(pattern)
        except TreeError as error:
            raise _Refused(Diagnostic(str(error), request.place(key), "write 'folder/**' or 'folder/**/*.dat'")) from error

    def _expand(self, tree: Tree, base: Path, components: tuple[str, ...]) -> list[Found]:
        return tree.glob(base, components) if base.is_dir() else []

    def _file_target(self, request: DataRequest, path: Path) -> PurePosixPath:
        target = normal_target(request.to)
        if request.to.endswith(("/", "/.", "/..")) or target == PurePosixPath():
            return file_target(target, path.name)
        return target

    def _nothing(self, request: DataRequest, path: Path) -> Diagnostic:
        text, place = request.source, request.place("from")
        if path.is_dir():
            return Diagnostic(f"the folder {text!r} has no file", place, "remove the table, or put the files there before the build")
        if is_glob(text):
            base, _ = split_glob(text)
            if not (self.project / base).is_dir():
                return Diagnostic(
                    f"{text!r} matches no file: there is no folder {base!r}", place, _nearest(self.project, base) or _GLOB_HINT
                )
            return Diagnostic(f"{text!r} matches no file", place, _GLOB_HINT)
        if path.is_symlink():
            return Diagnostic(f"{text!r} is a link that leads nowhere", place, "")
        if "\\" in text:
            return Diagnostic(f"{text!r} does not exist", place, "folders are separated by '/' on every system")
        if TOKEN.search(text) or text.startswith("~"):
            return Diagnostic(f"{text!r} does not exist", place, "tokens and '~' are not expanded here; write a path")
        return Diagnostic(f"{text!r} does not exist", place, _nearest(self.project, text) or f"paths are relative to {str(self.project)!r}")


_TREE_HINT = "what lies outside the project must be named by an absolute path; links are followed"
_GLOB_HINT = "'*' stays within a folder, '**' crosses folders; hidden files need a pattern that begins with a dot; case counts"


def _nearest(project: Path, text: str) -> str:
    """A hint that names an existing path like `text`, or nothing."""
    path = project / text
    if not path.parent.is_dir():
        return ""
    try:
        near = difflib.get_close_matches(path.name, sorted(os.listdir(path.parent)), n=1)  # noqa: PTH208 - names only
    except OSError:
        return ""
    return f"did you mean {str(PurePosixPath(text).with_name(near[0]))!r}?" if near else ""


def collect(requests: Iterable[DataRequest], project: Path, output_dir: Path, finder: Callable[[], Finder]) -> DataFiles:
    """Find the files of all `requests`.

    `project` is the manifest's folder; `output_dir` is passed over where it lies in a folder that is taken; `finder` is called only if a
    table names a package.  Nothing is raised: every table's error is in `diagnostics`.
    """
    collector = _Collector(project, Path(os.path.realpath(project)), frozenset({os.path.realpath(output_dir)}), finder)
    by_target: dict[PurePosixPath, tuple[DataFile, DataRequest]] = {}
    diagnostics: list[Diagnostic] = []
    for request in requests:
        try:
            files = collector.collect(request)
        except _Refused as refused:
            diagnostics.append(refused.diagnostic)
            continue
        for file in files:
            other, _ = by_target.setdefault(file.target, (file, request))
            if other.source != file.source and not _same(other.source, file.source):
                message = (
                    f"two files would be placed at {str(file.target)!r}: {str(other.source)!r} ({other.reason}) and {str(file.source)!r}"
                )
                diagnostics.append(Diagnostic(message, request.place("to"), "give one of them another 'to'"))
                break
    diagnostics.extend(_nested(by_target))
    ordered = tuple(by_target[target][0] for target in sorted(by_target))
    return DataFiles(ordered, tuple(sorted(collector.inputs)), tuple(diagnostics))


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _nested(by_target: Mapping[PurePosixPath, tuple[DataFile, DataRequest]]) -> Iterable[Diagnostic]:
    """Files that would have to be folders for other files."""
    for target, (_, request) in by_target.items():
        for parent in target.parents:
            if parent in by_target:
                other = by_target[parent][0]
                message = f"{str(parent)!r} cannot be a file ({other.reason}) and the folder of {str(target)!r}"
                yield Diagnostic(
                    message, request.place("to"), "give one of them another 'to'; a file goes into a folder with 'to = \"folder/\"'"
                )
                return

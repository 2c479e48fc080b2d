"""From the merged manifest to the plan: every table made concrete for one interpreter and one file tree.

Goes in: the manifest of this build and the interpreter it is for.  Comes out: a `Plan` in which nothing is left to be decided; or all that
is wrong at once, each at its line.  Manifest and file system meet here, and only here: the manifest stage knows no files, later stages
know no manifest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.interpreter.model import Interpreter
from pybuild.resolve.data import DataFiles, DataRequest, collect
from pybuild.resolve.entries import Entries, EntryRequest, Find, resolve_entries
from pybuild.resolve.hints import HintFiles, collect_hints
from pybuild.resolve.model import (
    CompilerOptions,
    DataExclusion,
    EntryPoint,
    Mode,
    ModuleRule,
    ModuleSelection,
    Plan,
    Product,
    PythonFlags,
)
from pybuild.resolve.output import check_output
from pybuild.resolve.packages import Finder
from pybuild.resolve.product import VersionError, version_from_attribute, version_from_file
from pybuild.resolve.targets import TOKEN

if TYPE_CHECKING:
    from pybuild.manifest import MergedManifest

Path_ = str | tuple[str | int, ...]
LIBRARY_FOLDER = "lib/"  # where the executable's run path finds them


def resolve(merged: MergedManifest, interpreter: Interpreter) -> Plan:
    """The plan of `merged` for `interpreter`.  Raises UserError with everything that is wrong."""
    return _Resolver(merged, interpreter).plan()


@dataclass
class _Resolver:
    merged: MergedManifest
    interpreter: Interpreter

    def __post_init__(self) -> None:
        self.model = self.merged.model
        self.project = Path(os.path.normpath(self.merged.project_dir.absolute()))
        self.problems: list[Diagnostic] = []
        self.inputs: list[Path] = list(self.merged.inputs)

    def plan(self) -> Plan:
        build, compiler = self.model.build, self.model.compiler
        entries = self._entries()
        output_dir = self._output_dir()
        data = self._collect([*self._data_requests()], output_dir)
        libraries = self._collect([*self._library_requests()], output_dir)
        hints = self._hints()
        main = next((point for point in entries.points if point.default), entries.points[0] if entries.points else None)
        plan = Plan(
            product=self._product(),
            mode=Mode(build.mode),
            name=self.model.product.name or (main.name if main else ""),
            executable_name=main.name if main else "",
            output_dir=output_dir,
            project_dir=self.project,
            manifest_path=self.merged.path,
            source_roots=self.source_roots,
            script_dirs=entries.folders,
            entry_points=entries.points,
            interpreter=self.interpreter,
            libpython=build.libpython,
            python_flags=self._python_flags(),
            keep_source=build.keep_source,
            modules=self._modules(),
            data=data.files,
            libraries=libraries.files,
            compiler=CompilerOptions(
                cc=self._compiler_path(compiler.cc),
                optimize=compiler.optimize,
                lto=None if compiler.lto == "auto" else compiler.lto,
                pgo=compiler.pgo.command if compiler.pgo else (),
                launcher=compiler.launcher,
                jobs=0 if compiler.jobs == "auto" else compiler.jobs,
                cflags=compiler.cflags,
                ldflags=compiler.ldflags,
                count=self._count(),
            ),
            data_exclusions=tuple(DataExclusion(data.package, data.exclude) for data in self.model.data if data.package and data.exclude),
            project_distribution=self.merged.distribution,
            hints=hints.hints,
            max_glibc=self.model.linux.max_glibc or "",
            entry_override=build.entry_override,
            inputs=tuple(
                dict.fromkeys(
                    [*self.inputs, *_scripts(entries.points), *data.inputs, *libraries.inputs, *hints.inputs, *self._profiled_files()]
                )
            ),
        )
        if not self.problems:
            self.problems += check_output(plan, self._place("build.output-dir"))
        if self.problems:
            raise UserError(tuple(self.problems))
        return plan

    # -- places

    def _place(self, path: Path_) -> Place | None:
        return self.merged.place(path)

    def _short(self, path: Path_) -> str:
        return self.merged.origin(path).short

    def _places(self, path: tuple[str | int, ...], keys: tuple[tuple[str, tuple[str | int, ...]], ...]) -> dict[str, Place]:
        """Places of the table at `path` ("") and of those of its `keys` that are written somewhere."""
        found = {name: self._place((*path, *key)) for name, key in (("", ()), *keys)}
        return {name: place for name, place in found.items() if place is not None}

    # -- identity

    def _product(self) -> Product:
        product = self.model.product
        texts = (product.description, product.license, product.company, product.copyright)
        description, licence, company, rights = (text or "" for text in texts)
        return Product(product.name or "", self._version(), description, licence, company, rights)

    def _version(self) -> str:
        version = self.model.product.version
        if version is None or isinstance(version, str):
            return version or ""
        from pybuild.manifest.models import VersionAttr

        try:
            if isinstance(version, VersionAttr):
                text, path = version_from_attribute(version.attr, self.finder(()))
            else:
                path = self.project / version.file
                text = version_from_file(path)
        except VersionError as error:
            self.problems.append(Diagnostic(str(error), self._place("product.version"), error.hint, code="resolve-version"))
            return ""
        self.inputs.append(path)
        return text

    # -- folders

    @cached_property
    def source_roots(self) -> tuple[Path, ...]:
        """The folders of first-party modules; one that does not exist is an error."""
        roots: list[Path] = []
        for index, text in enumerate(self.model.build.source_roots):
            root = Path(os.path.normpath(self.project / text))
            roots.append(root)
            if not root.is_dir():
                what = "is a file, not a folder" if root.exists() else "does not exist"
                place = self._place(("build", "source-roots", index))
                hint = f"paths are relative to {str(self.project)!r}"
                self.problems.append(Diagnostic(f"the source root {text!r} {what}", place, hint, code="resolve-source-root"))
        return tuple(dict.fromkeys(roots))

    def _output_dir(self) -> Path:
        text = self.model.build.output_dir
        if token := TOKEN.search(text):
            message = f"the token {token[0]} cannot be used in 'output-dir'"
            self.problems.append(Diagnostic(message, self._place("build.output-dir"), "write a folder's path", code="resolve-output"))
        return Path(os.path.normpath(self.project / text))

    def finder(self, script_dirs: tuple[Path, ...]) -> Finder:
        """Looks along the program's search path."""
        search = (*script_dirs, *self.source_roots, *(Path(entry) for entry in self.interpreter.sys_path if entry))
        return Finder(search, self.interpreter.extension_suffixes)

    def _compiler_path(self, text: str) -> str:
        return str(Path(os.path.normpath(self.project / text))) if "/" in text else text

    def _profiled_files(self) -> Iterator[Path]:
        """The files that the command of `pgo` names."""
        command = self.model.compiler.pgo.command if self.model.compiler.pgo else ()
        yield from (path for word in command if (path := Path(os.path.normpath(self.project / word))).is_file())

    def _count(self) -> bool:
        if not self.model.compiler.count:
            return False
        from pybuild.compiler.native import VERSIONS

        if self.interpreter.version[:2] not in VERSIONS:
            version = ".".join(map(str, self.interpreter.version[:2]))
            message = f"`count` needs native code, which this version does not make for Python {version}"
            self.problems.append(
                Diagnostic(message, self._place("compiler.count"), "build for Python 3.11, or remove `count`", code="resolve-count")
            )
        return True

    # -- entry points

    def _entries(self) -> Entries:
        requests = []
        for index, entry in enumerate(self.model.entry_point):
            path = ("entry-point", index)
            keys = tuple((key, (key,)) for key in ("name", "run", "default"))
            aliases = tuple((f"aliases.{i}", ("aliases", i)) for i in range(len(entry.aliases)))
            places = self._places(path, (*keys, *aliases))
            text = self._short((*path, "name"))
            where = text if "name" in places else "command line"
            requests.append(EntryRequest(entry.name, entry.run, entry.aliases, entry.default, where, places))

        def find(folders: tuple[Path, ...]) -> Find:
            return self.finder(folders).find

        entries = resolve_entries(requests, self.project, find)
        self.problems += entries.diagnostics
        return entries

    # -- modules

    def _modules(self) -> ModuleSelection:
        modules = self.model.modules
        rules = tuple(
            ModuleRule(
                rule.module,
                rule.from_ or "",
                rule.action,
                self._short(("modules", "rule", index)),
                self._place(("modules", "rule", index, "module")),
            )
            for index, rule in enumerate(modules.rule)
        )
        places = tuple(
            (pattern, self._short(("modules", key, index)))
            for key in ("include", "exclude", "native", "bytecode")
            for index, pattern in enumerate(getattr(modules, key) or ())
        )
        include, native = (
            tuple(
                (pattern, place)
                for index, pattern in enumerate(getattr(modules, key) or ())
                if (place := self._place(("modules", key, index))) is not None
            )
            for key in ("include", "native")
        )
        return ModuleSelection(
            modules.include, modules.exclude, modules.native, modules.bytecode, rules, places, include, modules.native_hot, native
        )

    def _python_flags(self) -> PythonFlags:
        flags = frozenset(self.model.build.python_flags)
        return PythonFlags(
            no_asserts="no-asserts" in flags,
            no_docstrings="no-docstrings" in flags,
            isolated="use-environment" not in flags,
            unbuffered="unbuffered" in flags,
            no_warnings="no-warnings" in flags,
            utf8_mode="utf8-mode" in flags,
            dev_mode="dev-mode" in flags,
            dont_write_bytecode="dont-write-bytecode" in flags,
            hash_seed_zero="static-hashes" in flags,
            safe_path="safe-path" in flags,
            bytes_warning="bytes-warning" in flags,
        )

    # -- records

    def _hints(self) -> HintFiles:
        named = [(text, self._place(("hints", "files", index))) for index, text in enumerate(self.model.hints.files)]
        files = collect_hints(named, self.project, self.interpreter)
        self.problems += files.diagnostics
        return files

    # -- data

    def _data_requests(self) -> list[DataRequest]:
        requests = []
        for index, data in enumerate(self.model.data):
            path = ("data", index)
            places = self._places(path, tuple((key, (key,)) for key in ("from", "to", "package", "patterns", "exclude")))
            reason = self._short(path)
            source, to, package = data.from_ or "", data.to or "", data.package or ""
            requests.append(DataRequest(source, to, package, data.patterns, data.exclude, reason, places))
        return requests

    def _library_requests(self) -> list[DataRequest]:
        return [
            DataRequest(
                library.from_,
                LIBRARY_FOLDER,
                reason=self._short(("library", index)),
                places=self._places(("library", index), (("from", ("from",)),)),
            )
            for index, library in enumerate(self.model.library)
        ]

    def _collect(self, requests: list[DataRequest], output_dir: Path) -> DataFiles:
        finder: Callable[[], Finder] = lambda: self.finder(())  # noqa: E731 - made only if a package is named
        files = collect(requests, self.project, output_dir, finder)
        self.problems += files.diagnostics
        return files


def _scripts(points: tuple[EntryPoint, ...]) -> list[Path]:
    return [point.script for point in points if point.script is not None]

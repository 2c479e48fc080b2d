"""From a file to the manifest of one build, in two steps.

Loading reads and checks every section, whatever the target: all errors of the file come at once.  Merging chooses the sections
that apply to an interpreter and a profile and makes the typed manifest.  They are two because the interpreter is itself chosen
by the manifest: `python_setting` answers that from the sections that do not depend on it.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from pybuild.errors import Diagnostic, Place, UserError
from pybuild.manifest.checking import check
from pybuild.manifest.discovery import MANIFEST, PYPROJECT
from pybuild.manifest.document import Source, read_source
from pybuild.manifest.markers import SYSTEM_VARIABLES, VARIABLES
from pybuild.manifest.merge import merge_tables
from pybuild.manifest.merged import MergedManifest, finish
from pybuild.manifest.models import Document, Manifest
from pybuild.manifest.origin import Node, Origin, Where, from_file, from_option
from pybuild.manifest.project import EMPTY, Project, read_project
from pybuild.manifest.sections import DEFAULT, Conditional, Sections, split
from pybuild.manifest.settings import read_setting

if TYPE_CHECKING:
    from pybuild.manifest.positions import KeyPath
    from pybuild.request import Setting

TABLE: KeyPath = ("tool", "pybuild")


@dataclass(frozen=True)
class PythonSetting:
    """`[build] python`: `value` is relative to the manifest's folder."""

    value: str
    origin: Origin


@dataclass(frozen=True)
class LoadedManifest:
    """A manifest whose every section is known to be well-formed."""

    path: Path | None  # None when there is no file
    project_dir: Path
    sections: Sections
    project: Project = EMPTY
    warnings: tuple[Diagnostic, ...] = ()
    inputs: tuple[Path, ...] = ()

    @property
    def profiles(self) -> tuple[str, ...]:
        """The names that `--profile` takes."""
        return tuple(self.sections.names)

    def python_setting(
        self, markers: Mapping[str, str], profile: str | None = None, settings: Sequence[Setting] = ()
    ) -> PythonSetting | None:
        """`[build] python`, asked before there is an interpreter; `markers` gives the system variables (`host_markers()`)."""
        environment = {**dict.fromkeys(VARIABLES, ""), **{name: markers[name] for name in SYSTEM_VARIABLES}}

        def holds(section: Conditional) -> bool:
            return not section.condition.asks_python and section.condition.holds(environment)

        tables = [*self.sections.applicable(profile or DEFAULT, holds), *_read_settings(settings)]
        found = [node for table in tables if (node := table.at(("build", "python"))) is not None]
        return PythonSetting(found[-1].value, found[-1].origin) if found else None

    def merge(self, markers: Mapping[str, str], profile: str | None = None, settings: Sequence[Setting] = ()) -> MergedManifest:
        """The manifest for the target that `markers` describes (`Interpreter.markers`).

        Order: base, matching targets, the profile's chain root first with matching targets of each, `settings`.  Raises UserError.
        """
        environment = {name: markers[name] for name in VARIABLES}
        tree = self.tree(lambda section: section.condition.holds(environment), profile, settings)
        return finish(tree, self.project, path=self.path, project_dir=self.project_dir, warnings=self.warnings, inputs=self.inputs)

    def tree(self, holds: Callable[[Conditional], bool], profile: str | None, settings: Sequence[Setting]) -> Node:
        """The sections that apply, merged: of the conditional ones those that `holds`.  Raises UserError (profile, settings)."""
        given = _read_settings(settings)
        tree = Node({}, Origin())
        for tables in self.sections.applicable(profile or DEFAULT, holds):
            tree = merge_tables(tree, tables, Manifest)
        for tables in given:
            tree = merge_tables(tree, tables, Manifest, replace_arrays=True)
        return tree


def _read_settings(settings: Sequence[Setting]) -> list[Node]:
    read = [read_setting(setting) for setting in settings]
    problems = tuple(problem for _, found in read for problem in found)
    if problems:
        raise UserError(problems)
    return [node for node, _ in read if node is not None]


def load_manifest(path: Path) -> LoadedManifest:
    """Read and check the manifest `path`: a pybuild.toml, or a pyproject.toml with [tool.pybuild].

    Raises UserError with all its errors.
    """
    path = path.absolute()
    source, prefix, values = open_manifest(path)
    project, problems = project_of(source, path)
    sections, found = split(from_file(values, source, prefix), project.scripts)
    found = sorted([*check(Document, values, _where(source, prefix)), *found], key=_line)
    errors = (*(d for d in found if d.severity == "error"), *problems)
    if errors:
        raise UserError(errors)
    return LoadedManifest(path, path.parent, sections, project, tuple(found), tuple(dict.fromkeys([path, path.parent / PYPROJECT])))


def open_manifest(path: Path) -> tuple[Source, KeyPath, Mapping[str, Any]]:
    """The file `path`, and in it the manifest: its path of keys, and its values.  Raises UserError."""
    source = read_source(path)
    prefix: KeyPath = TABLE if path.name == PYPROJECT else ()
    values: Any = source.values
    for step in prefix:
        values = values.get(step) if isinstance(values, Mapping) else None
        if not isinstance(values, Mapping):
            raise UserError.of(
                f"`{path.name}` has no table [tool.pybuild]",
                hint="add one, or name a pybuild.toml",
                place=source.key_place(prefix),
                code="manifest-none",
            )
    return source, prefix, values


def project_of(manifest: Source, path: Path) -> tuple[Project, tuple[Diagnostic, ...]]:
    """What pyproject.toml beside `manifest` (or that itself) at `path` says, or what is wrong with it."""
    pyproject = path.parent / PYPROJECT
    try:
        if path.name == PYPROJECT:
            return read_project(manifest), ()
        return (read_project(read_source(pyproject)) if pyproject.is_file() else EMPTY), ()
    except UserError as error:
        return EMPTY, error.diagnostics


def _where(source: Source, prefix: KeyPath) -> Where:
    def place(path: KeyPath, key: bool) -> Place:
        whole = (*prefix, *path)
        return source.key_place(whole) if key else source.value_place(whole)

    return Where(place, prefix)


def _line(diagnostic: Diagnostic) -> tuple[int, int]:
    return (diagnostic.place.line, diagnostic.place.column) if diagnostic.place else (0, 0)


def manifest_for_scripts(runs: Sequence[str], folder: Path) -> LoadedManifest:
    """The manifest of a build without one: an entry point for each of `runs`, the first being the default.

    `runs` are scripts' paths, modules or `module:function`, relative to `folder`.  No file is read.  Raises UserError when two of them
    would have the same name.
    """
    named: dict[str, str] = {}
    for run in runs:
        if (folder / run).is_dir() and not name_for(run).strip("."):
            raise _no_script(run, folder)
        other = named.setdefault(name_for(run), run)
        if other != run:
            message = f"two entry points are called `{name_for(run)}`: `{other}` and `{run}`"
            raise UserError.of(
                message, hint="name them in a pybuild.toml: [[entry-point]] with `name` and `run`", code="manifest-entry-point"
            )
    entries = [{"name": name, "run": run, "default": index == 0} for index, (name, run) in enumerate(named.items())]
    base = from_option({"entry-point": entries}, "command line")
    return LoadedManifest(None, folder.absolute(), Sections(base))


def _no_script(run: str, folder: Path) -> UserError:
    """The error for a folder without a name of its own, like `.`: whoever gives one means the project in it."""
    inside = (folder / run).resolve()
    named = next((inside / name for name in (MANIFEST, PYPROJECT) if (inside / name).is_file()), None)
    hint = "name a script, a module or module:function"
    if named is not None:
        hint = f"its manifest is built by `pybuild build{'' if inside == folder.resolve() else f' --manifest {shlex.quote(str(named))}'}`"
    return UserError((Diagnostic(f"`{run}` is a folder, not something to run", None, hint, code="manifest-entry-point"),))


def name_for(run: str) -> str:
    """The name of a program that only says what it runs: a script's stem, else the last part of the module's name."""
    if "/" in run or run.endswith((".py", ".pyw")):
        return PurePath(run).stem
    module = run.partition(":")[0].removesuffix(".__main__")
    return module.rpartition(".")[2]

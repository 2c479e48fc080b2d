"""Package knowledge: what no import statement shows, as data (format: docs/design/knowledge.md).

Goes in: names of modules that are in the graph.  Comes out: the entries that count for the target.  A package's file is read
when the first of its modules comes up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pybuild.graph.patterns import Pattern, compile_exact

FOLDER = Path(__file__).resolve().parent
STDLIB = "stdlib"


@dataclass(frozen=True)
class Drop:
    """Edges of a module that are not followed; no `functions`: wherever they stand."""

    imports: Pattern
    functions: tuple[str, ...] = ()
    unless_named: tuple[str, ...] = ()
    by_text: tuple[str, ...] = ()  # and one of these stands in the module that names it, or in one of the first party

    def matches(self, imported: str, function: str) -> bool:
        """Whether the import of `imported` in `function` ("" at module level) is dropped."""
        return (not self.functions or (function or "<module>") in self.functions) and self.imports.matches(imported)


@dataclass(frozen=True)
class Entry:
    """One `[[module]]`."""

    name: str
    reason: str
    imports: tuple[str, ...] = ()
    required: bool = False
    provides: tuple[Pattern, ...] = ()
    metadata: tuple[str, ...] = ()
    codecs: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    drop: tuple[Drop, ...] = ()
    version: str = ""
    with_: tuple[str, ...] = ()
    direct: bool = False


@dataclass(frozen=True)
class Needed:
    """One `[[essential]]` or `[[builtin]]` (which has a `name`)."""

    imports: tuple[str, ...]
    reason: str
    name: str = ""
    functions: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """The content of one file, reduced to what counts for the target; `lists_data`: its entries name all data files of the package."""

    modules: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    lists_data: bool = False
    essential: tuple[Needed, ...] = ()
    builtin: tuple[Needed, ...] = ()


class Knowledge:
    """The entries of `folder` for a target of Python `version` whose PEP 508 environment is `markers`."""

    def __init__(self, version: tuple[int, ...], markers: Mapping[str, str], folder: Path = FOLDER) -> None:
        self._version = version
        self._markers = dict(markers)
        self._folder = folder
        self._there = {file.stem for file in folder.glob("*.toml")}
        self._files: dict[str, File] = {}
        self._doors: dict[str, bool] = {}

    def stdlib(self) -> File:
        """The knowledge of the standard library."""
        return self._file(STDLIB)

    def entries(self, module: str, stdlib: bool) -> tuple[Entry, ...]:
        """What is known of `module`."""
        if stdlib:
            return self._file(STDLIB).modules.get(module, ())
        found: tuple[Entry, ...] = ()
        end = 0
        while end != -1:  # the top-level package's file, then those of packages inside it
            end = module.find(".", end + 1)
            package = module if end == -1 else module[:end]
            if package in self._there and package != STDLIB:
                found += self._file(package).modules.get(module, ())
        return found

    def lists_data(self, package: str) -> bool:
        """Whether the data of a package are known, so that the general rule for files beside modules does not count for it."""
        end = 0
        while end != -1:
            end = package.find(".", end + 1)
            name = package if end == -1 else package[:end]
            if name in self._there and name != STDLIB and self._file(name).lists_data:
                return True
        return False

    def has_doors(self, package: str) -> bool:
        """Whether an edge of a module of top-level `package` is dropped unless something is named."""
        doors = self._doors.get(package)
        if doors is None:
            doors = any(_has_door(entries) for name, entries in self._file(STDLIB).modules.items() if name.partition(".")[0] == package)
            if package in self._there and package != STDLIB:
                doors |= any(_has_door(entries) for entries in self._file(package).modules.values())
            self._doors[package] = doors
        return doors

    def _file(self, name: str) -> File:
        file = self._files.get(name)
        if file is None:
            file = self._files[name] = self._read(name)
        return file

    def _read(self, name: str) -> File:
        if name not in self._there:
            return File()
        import tomli  # compiled, where the standard library's is not

        path = self._folder / f"{name}.toml"
        data = tomli.loads(path.read_text("utf-8"))
        _refuse_unknown(data, {"module", "essential", "builtin", "lists_data"}, path)
        lists_data = data.get("lists_data", any("data" in table for table in data.get("module", ())))
        modules: dict[str, list[Entry]] = {}
        for table in data.get("module", ()):
            if self._counts(table):
                modules.setdefault(table["name"], []).append(_entry(table, path))
        return File(
            {module: tuple(entries) for module, entries in modules.items()},
            bool(lists_data),
            tuple(_needed(table, path) for table in data.get("essential", ()) if self._counts(table)),
            tuple(_needed(table, path) for table in data.get("builtin", ()) if self._counts(table)),
        )

    def _counts(self, table: dict[str, Any]) -> bool:
        """Whether the table's conditions on the target hold; they are taken out of it."""
        since, before, when = table.pop("since", None), table.pop("before", None), table.pop("when", None)
        if since is not None and self._version < _parts(since):
            return False
        if before is not None and self._version >= _parts(before):
            return False
        if when is None:
            return True
        from packaging.markers import Marker

        return Marker(when).evaluate({**self._markers, "extra": ""})


def _has_door(entries: tuple[Entry, ...]) -> bool:
    return any(drop.unless_named for entry in entries for drop in entry.drop)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _entry(table: dict[str, Any], path: Path) -> Entry:
    table["with_"] = tuple(table.pop("with", ()))
    _refuse_unknown(table, {item.name for item in fields(Entry)}, path)
    table["drop"] = tuple(_drop(drop, path) for drop in table.pop("drop", ()))
    table["provides"] = tuple(compile_exact(text) for text in table.pop("provides", ()))
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Entry(**values)


def _drop(table: dict[str, Any], path: Path) -> Drop:
    _refuse_unknown(table, {"imports", "functions", "unless_named", "by_text", "reason"}, path)
    text = table["imports"]
    lists = (tuple(table.get(name, ())) for name in ("functions", "unless_named", "by_text"))
    return Drop(compile_exact("**" if text == "*" else text), *lists)


def _needed(table: dict[str, Any], path: Path) -> Needed:
    _refuse_unknown(table, {"imports", "reason", "name", "functions", "without"}, path)
    return Needed(
        tuple(table["imports"]), table["reason"], table.get("name", ""), table.get("functions", False), tuple(table.get("without", ()))
    )


def _refuse_unknown(table: Mapping[str, Any], known: Iterable[str], path: Path) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise ValueError(f"{path}: unknown {', '.join(unknown)}")

"""The shared libraries that the files of the result need, directly or through one another.

Goes in: the items of the layout and the launcher.  Comes out: every ELF file of the result with its facts and where each of
its needed libraries will lie.  Libraries that every Linux has are left out; those that a wheel brings along keep their place
relative to the module that needs them; all others go to `lib/`, where the executable's run path points.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pybuild.cache import Cache
from pybuild.errors import Diagnostic
from pybuild.link.model import Executable
from pybuild.package.elf import ElfFacts, is_elf, read_facts
from pybuild.package.layout import Item, ItemKind, placed_item
from pybuild.package.search import LibrarySearch, expand_origin, run_path_folders, system_libraries
from pybuild.progress import Progress
from pybuild.resolve.model import Plan

LIBRARY_FOLDER = "lib"


@dataclass(frozen=True)
class Binary:
    """An ELF file of the result; `provided` says where each needed library lies below the program's folder, where it does."""

    item: Item
    facts: ElfFacts
    provided: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Closure:
    """All ELF files of the result by target (without the executable), and the files that were looked at outside the layout."""

    binaries: Mapping[str, Binary]
    inputs: tuple[Path, ...]


@dataclass(frozen=True)
class _Found:
    """A file that waits to be looked at, and the DT_RPATH folders of those that load it."""

    item: Item
    loaders: tuple[Path, ...] = ()


def close(
    plan: Plan,
    items: Iterable[Item],
    executable: Executable,
    cache: Cache,
    progress: Progress,
    private_paths: Sequence[bytes] = (),
) -> Closure:
    """Follow the needed libraries from `items` and `executable`.  Raises OSError.

    A library that nobody has is a warning: the module that needs it may never be imported.
    """
    return _Walk(plan, executable, cache, progress, private_paths).run(list(items))


class _Walk:
    """The state of one walk through the needed libraries."""

    def __init__(self, plan: Plan, executable: Executable, cache: Cache, progress: Progress, private_paths: Sequence[bytes]) -> None:
        interpreter = plan.interpreter
        self._plan = plan
        self._cache = cache
        self._progress = progress
        self._private_paths = private_paths
        self._search = LibrarySearch(interpreter.multiarch, (interpreter.prefix / "lib", interpreter.base_prefix / "lib"))
        self._system = system_libraries()
        self._executable = executable
        self._launcher = read_facts(executable.path, cache)
        self._binaries: dict[str, Binary] = {}
        self._queue: deque[_Found] = deque()
        self._seen: set[str] = set()
        self._inputs: set[Path] = set()
        self._named: dict[str, Item] = {}  # by file name and soname: what [[library]] and package knowledge bring along
        base = interpreter.base_executable
        self._main_rpath = self._rpath(read_facts(base, cache), base) if base.is_file() else ()

    def run(self, items: list[Item]) -> Closure:
        for item in items:
            if item.kind is not ItemKind.DATA or (_may_be_elf(item) and is_elf(item.source)):
                self._enqueue(_Found(item))
            if item.kind is ItemKind.LIBRARY:
                soname = read_facts(item.source, self._cache, self._private_paths).soname
                self._named |= {name: item for name in (item.source.name, soname) if name}
        shared = self._executable.libpython
        for soname in self._launcher.needed:
            if soname in self._system:
                continue
            if shared is not None and soname.startswith("libpython"):
                self._enqueue(_Found(Item(shared, f"{LIBRARY_FOLDER}/{soname}", ItemKind.LIBRARY, "the shared libpython")))
            else:
                self._provide(soname, Item(self._executable.path, "", ItemKind.LIBRARY, "the executable"), self._launcher, ())
        missing: list[tuple[str, Item]] = []
        while self._queue:
            self._visit(self._queue.popleft(), missing)
        self._report(missing)
        return Closure(dict(sorted(self._binaries.items())), tuple(sorted(self._inputs)))

    def _enqueue(self, found: _Found) -> None:
        if found.item.target not in self._seen:
            self._seen.add(found.item.target)
            self._queue.append(found)

    def _visit(self, found: _Found, missing: list[tuple[str, Item]]) -> None:
        item = found.item
        facts = read_facts(item.source, self._cache, self._private_paths)
        if not facts.elf:
            return
        provided: dict[str, str] = {}
        for soname in facts.needed:
            if soname in self._system or self._is_linked_in(soname, item):
                continue
            target = self._provide(soname, item, facts, found.loaders)
            if target:
                provided[soname] = target
            else:
                missing.append((soname, item))
        self._binaries[item.target] = Binary(item, facts, provided)

    def _is_linked_in(self, soname: str, item: Item) -> bool:
        """Whether `soname` is the libpython that is part of the executable, whose own soname satisfies the dynamic linker."""
        if not self._executable.static_libpython or soname != self._launcher.soname:
            return False
        self._progress.detail(f"{item.target} needs {soname}: the executable itself, which libpython is linked into, is found as that")
        return True

    def _provide(self, soname: str, needer: Item, facts: ElfFacts, loaders: tuple[Path, ...]) -> str:
        """The target of the library `soname` that `needer` needs, which is added to the walk; empty when it is not found."""
        if soname in self._named:
            return self._provide_named(soname)
        rpath = () if facts.runpath else (*self._rpath(facts, needer.source), *loaders)
        runpath = run_path_folders(facts.runpath, needer.source.parent)
        main = () if facts.runpath else self._main_rpath
        for path in self._search.candidates(soname, (*rpath, *main), runpath):
            candidate = read_facts(path, self._cache, self._private_paths)
            if candidate.elf and candidate.machine == self._launcher.machine:
                reason = f"needed by {needer.target or needer.reason}"
                item = _place(self._plan, path, soname, needer, (*rpath, *runpath), reason)
                self._inputs.add(path)
                self._enqueue(_Found(item, rpath))
                return item.target
        return ""

    def _provide_named(self, soname: str) -> str:
        """The target of a library that was asked for by name: where it lies if the executable's run path leads there, else a copy."""
        item = self._named[soname]
        target = f"{LIBRARY_FOLDER}/{soname}"
        if item.target != target:
            self._enqueue(_Found(Item(item.source, target, ItemKind.LIBRARY, item.reason)))
        return target

    @staticmethod
    def _rpath(facts: ElfFacts, path: Path) -> tuple[Path, ...]:
        """The folders of DT_RPATH, which counts only without DT_RUNPATH."""
        return () if facts.runpath else run_path_folders(facts.rpath, path.parent)

    def _report(self, missing: list[tuple[str, Item]]) -> None:
        """Warn of what is missing, unless another file of the result is called that and will have been loaded before."""
        present = {name for b in self._binaries.values() for name in (b.facts.soname, PurePosixPath(b.item.target).name)}
        needers: dict[str, list[str]] = {}
        for soname, item in missing:
            if soname not in present:
                needers.setdefault(soname, []).append(item.target)
        for soname, targets in sorted(needers.items()):
            who = ", ".join(sorted(targets)[:3]) + (f" and {len(targets) - 3} more" if len(targets) > 3 else "")
            self._progress.warn(
                Diagnostic(
                    f"the shared library {soname} was not found; {who} cannot be loaded without it",
                    hint="install it on this machine, name it in [[library]], or exclude the module",
                    severity="warning",
                    code="missing-library",
                )
            )


def _may_be_elf(item: Item) -> bool:
    """Whether it is worth opening a data file to see: a name like a library's, or leave to run."""
    return ".so" in item.source.name or bool(item.source.stat().st_mode & 0o111)


def _place(plan: Plan, path: Path, soname: str, needer: Item, own_folders: Iterable[Path], reason: str) -> Item:
    """The library at `path` as an item.

    One that the needer's own run path leads to, and that lies in the tree which the needer's target mirrors (site-packages),
    keeps its place in that tree: the run path then leads there in the result, too.
    """
    source, target = str(needer.source), needer.mirrors or needer.target
    if target and source.endswith("/" + target):
        root = source[: -len(target)]
        normal = os.path.normpath(path)
        if normal.startswith(root) and Path(normal).parent in own_folders:
            item = placed_item(plan, path, normal[len(root) :], ItemKind.LIBRARY, reason)
            if not item.mirrors or item.target.split("/")[0] == needer.target.split("/")[0]:
                return item
    return Item(path, f"{LIBRARY_FOLDER}/{soname}", ItemKind.LIBRARY, reason)


def kept_run_path(binary: Binary) -> tuple[str, ...]:
    """The parts of the file's run path that still mean something: relative to $ORIGIN, and inside the program's folder."""
    raw = binary.facts.runpath or binary.facts.rpath
    return tuple(part for part in raw.split(":") if _stays_inside(part, binary.item.target))


def _stays_inside(part: str, target: str) -> bool:
    if not part.startswith(("$ORIGIN", "${ORIGIN}")):
        return False
    root = Path("/program")
    folder = expand_origin(part, (root / target).parent)
    return folder == str(root) or folder.startswith(f"{root}/")


def needs_executables_path(binary: Binary) -> bool:
    """Whether a needed library lies where only the executable's run path leads, which DT_RUNPATH would switch off."""
    folder = PurePosixPath(binary.item.target).parent
    reached = {expand_origin(part, Path("/program") / folder) for part in kept_run_path(binary)}
    return any(str(Path("/program") / PurePosixPath(target).parent) not in reached for target in binary.provided.values())

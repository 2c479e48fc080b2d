"""Where modules lie: asked of a worker in batches, remembered from build to build.

Goes in: dotted names.  Comes out: `Found` for each that exists.  A submodule is looked for in its package's search locations,
so names are resolved level by level; no package is imported.  A name that two folders of the program's own give to different
files is refused.
"""

# ruff: noqa: PTH120
# (plain strings: this runs for every module)

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pybuild.errors import Diagnostic, UserError
from pybuild.graph.archives import Archives
from pybuild.graph.memory import Memory
from pybuild.graph.model import ModuleKind
from pybuild.interpreter import WorkerPool
from pybuild.resolve.model import Plan


@dataclass(frozen=True, slots=True)
class Found:
    """A module that exists; `locations` is None for what is not a package."""

    kind: ModuleKind
    origin: str
    locations: tuple[str, ...] | None
    archived: str = ""  # where it lies in an archive, when `origin` is what was unpacked


class Finder:
    """Finds modules for one plan."""

    def __init__(self, plan: Plan, pool: WorkerPool, memory: Memory, archives: Archives) -> None:
        self._pool = pool
        self._memory = memory
        self._archives = archives
        self._plan = plan
        self.roots = roots_of(plan)
        self._top_folders = list(dict.fromkeys((*self.roots, *plan.interpreter.sys_path)))
        self._builtin = frozenset(plan.interpreter.builtin_modules)
        self._known: dict[str, Found | None] = {}
        self._more: list[str] = []
        self.folders: set[str] = set(self._top_folders)  # every folder that an answer depends on

    def get(self, name: str) -> Found | None:
        """What `resolve` has found for `name`; None for what does not exist."""
        return self._known.get(name)

    def extend(self, folders: Iterable[str]) -> bool:
        """Search `folders`, too, behind all others: a module of the program adds them to `sys.path`.  Whether any is new."""
        fresh = [folder for folder in folders if folder not in self._more and folder not in self._top_folders]
        if fresh:
            self._more += fresh
            self.folders.update(fresh)
            self._known = {name: found for name, found in self._known.items() if found is not None}
        return bool(fresh)

    def resolve(self, names: Iterable[str]) -> None:
        """Find `names` and the packages they lie in.  Raises UserError when one is ambiguous among the program's own folders."""
        waiting = [name for name in names if name not in self._known]
        level = 1
        while waiting:
            asked: dict[str, None] = {}
            deeper = []
            for name in waiting:
                parts = name.split(".", level)
                if len(parts) > level:
                    deeper.append(name)
                    name = ".".join(parts[:level])
                if name not in self._known:
                    asked[name] = None
            if asked:
                self._resolve_level(list(asked))
            waiting = deeper
            level += 1

    def pin_stdlib(self, names: Iterable[str]) -> None:
        """Find top-level `names` without the program's own folders: the interpreter imports them before it knows these."""
        questions = []
        for name in sorted(set(names)):
            remembered = self._memory.find(f"={name}")
            if name in self._builtin:
                self._known[name] = Found(ModuleKind.BUILTIN, "", None)
            elif remembered is not None:
                self._learn(name, remembered[0])
            else:
                questions.append((name, None))
        if questions:
            answer = self._pool.call("find", roots=[], names=questions)
            for (name, _), found in zip(questions, answer["found"], strict=True):
                kept = found[:3] if found is not None else None
                self._learn(name, kept)
                self._memory.learn_find(f"={name}", kept, [*self._plan.interpreter.sys_path, *self._own_folders(kept, None)])

    def _resolve_level(self, names: list[str]) -> None:
        """Find names whose packages are known."""
        questions: list[tuple[str, tuple[str, ...] | None]] = []
        for name in names:
            parent, _, last = name.rpartition(".")
            if not parent and last in self._builtin:
                self._known[name] = Found(ModuleKind.BUILTIN, "", None)
                continue
            locations = None
            if parent:
                package = self._known.get(parent)
                if package is None or package.locations is None:
                    self._known[name] = None
                    continue
                locations = package.locations
            remembered = self._memory.find(name)
            if remembered is not None:
                self._learn(name, remembered[0])
            else:
                questions.append((name, locations))
        if questions:
            self._ask(questions)
        if self._more:
            self._look_further([name for name in names if "." not in name and self._known[name] is None])

    def _look_further(self, names: list[str]) -> None:
        """Find top-level `names` in the folders that are searched last."""
        place = ":".join(self._more)
        questions = []
        for name in names:
            remembered = self._memory.find(f"{name} in {place}")
            if remembered is not None:
                self._learn(name, remembered[0])
            else:
                questions.append((name, None))
        if questions:
            answer = self._pool.call("find", roots=self._more, names=questions)
            for (name, _), found in zip(questions, answer["found"], strict=True):
                kept = found[:3] if found is not None else None
                self._learn(name, kept)
                self._memory.learn_find(f"{name} in {place}", kept, [*self._more, *self._own_folders(kept, None)])

    def _ask(self, questions: list[tuple[str, tuple[str, ...] | None]]) -> None:
        answer = self._pool.call("find", roots=self.roots, names=questions)
        for (name, locations), found in zip(questions, answer["found"], strict=True):
            if found is not None and found[3]:
                raise _ambiguous(name, [found[1], *found[3]], self._plan)
            kept = found[:3] if found is not None else None
            self._learn(name, kept)
            # a top-level name that some folder gives depends on the folders up to that one, but these are few and change rarely
            self._memory.learn_find(name, kept, [*(locations or self._top_folders), *self._own_folders(kept, locations)])

    def _own_folders(self, found: list[Any] | None, locations: tuple[str, ...] | None) -> list[str]:
        """The folders besides the searched ones that decide what `found` is: its own, and that of a file found by a finder of
        someone else's.
        """
        if found is None:
            return []
        own = list(found[2] or ())
        if found[1] and found[2] is None and (folder := os.path.dirname(found[1])) not in (locations or self._top_folders):
            own.append(folder)
        return own

    def _learn(self, name: str, found: list[Any] | None) -> None:
        if found is None:
            self._known[name] = None
            return
        kind, origin, locations = found
        if kind == "archive":
            origin = self._archives.unpacked(origin)
            kind = "bytecode" if origin.endswith(".pyc") else "source"
            locations = [self._archives.unpacked(location) for location in locations] if locations is not None else None
            self.folders.update(self._archives.files)
        if locations is not None:
            locations = tuple(locations)
            self.folders.update(locations)
        self._known[name] = Found(ModuleKind(kind), origin, locations, self._archives.archive_of(origin))

    def submodules(self, name: str, deep: bool) -> list[str]:
        """Names of the modules below package `name` ("" for the standard library's top level); [] when there is no such package."""
        if name:
            self.resolve([name])
            found = self._known[name]
            if found is None or found.locations is None:
                return []
            locations = list(found.locations)
        else:
            locations = [str(self._plan.interpreter.stdlib), str(self._plan.interpreter.platstdlib), str(self._plan.interpreter.dynload)]
        question = f"?{'**' if deep else '*'} {name}"
        names: list[str] | None = self._memory.answer(question)
        if names is None:
            answer = self._pool.call("submodules", name=name, locations=locations, deep=deep)
            names = list(answer["names"])
            self._memory.learn_answer(question, names, answer["folders"])
        return names


def roots_of(plan: Plan) -> list[str]:
    """The program's own folders in the order they are searched."""
    return list(dict.fromkeys(str(folder) for folder in (*plan.script_dirs, *plan.source_roots)))


def _ambiguous(name: str, files: list[str], plan: Plan) -> UserError:
    scripts = {str(entry.script.parent): entry for entry in plan.entry_points if entry.script is not None}
    lines = []
    for file in files:
        entry = next((entry for folder, entry in scripts.items() if file.startswith(folder + os.sep)), None)
        beside = f" (beside the script {entry.script_target})" if entry is not None else ""
        lines.append(f"  {file}{beside}")
    return UserError(
        (
            Diagnostic(
                f"the module name {name!r} stands for different files, but one program holds one module of a name:\n" + "\n".join(lines),
                hint="rename one of them, or make them one module that all entry points import",
                code="ambiguous-module",
            ),
        )
    )

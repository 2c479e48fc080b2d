"""`[[entry-point]]`: what each program runs, by which names it is started, and which one is the default.

Goes in: the tables of the manifest (or of pyproject's scripts, or the command line's scripts).  Comes out: `EntryPoint` values whose names
are fit for files and whose `run` is understood.  Whether a module exists is the graph's question, which searches for all modules alike;
what is decided here is what the text means, and whether a script is there.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pybuild.errors import Diagnostic, Place
from pybuild.resolve.model import EntryKind, EntryPoint
from pybuild.resolve.packages import Location

Find = Callable[[str], Location | None]


@dataclass(frozen=True)
class EntryRequest:
    """One table.  `places`: of its keys, "" for the table; "aliases.0" for the first alias.  `place_text` is for explanations."""

    name: str
    run: str
    aliases: tuple[str, ...] = ()
    default: bool = False
    place_text: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, key: str) -> Place | None:
        """Where `key` is written, or the table."""
        return self.places.get(key) or self.places.get("")


class RunError(Exception):
    """`run` cannot be understood, or names a file that is not there; `hint` is the next step."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Run:
    """What `run` means: `module` and `function`, or `script`."""

    kind: EntryKind
    module: str = ""
    function: str = ""
    script: Path | None = None


def parse_run(text: str, project: Path) -> Run:
    """What the text of `run` means.

    With a `/`, or an end of `.py` or `.pyw`, it is a script's path; with a `:` a module and a function in it; else a module.
    Raises RunError.
    """
    if not text.strip():
        raise RunError("'run' is empty", "name a function as 'module:function', a module, or a script's path")
    if "\\" in text:
        raise RunError(f"'run' has a backslash: {text!r}", "folders are separated by '/' on every system")
    if "/" in text or text.endswith((".py", ".pyw")):
        return _script(text, project)
    if ":" in text:
        module, _, function = (part.strip() for part in text.partition(":"))
        if not _is_dotted(module):
            raise RunError(f"{module!r} is not a module's name in {text!r}", _module_hint(module, project))
        if not _is_dotted(function):
            raise RunError(f"{function!r} is not a function's name in {text!r}", "write 'package.module:function'")
        return Run(EntryKind.FUNCTION, module, function)
    if not _is_dotted(text):
        raise RunError(f"{text!r} is neither a module's name nor a script's path", _module_hint(text, project))
    return Run(EntryKind.MODULE, text)


def _is_dotted(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))


def _module_hint(text: str, project: Path) -> str:
    for candidate in (f"{text}.py", text):
        if (project / candidate).is_file():
            return f"did you mean the script {candidate if candidate.endswith('.py') else './' + candidate!r}?"
    if "-" in text and _is_dotted(text.replace("-", "_")):
        return f"a module's name has no dash: did you mean {text.replace('-', '_')!r}? A script's path ends in .py or has a '/'"
    return "a module's name has letters, digits and '_' only; a script's path ends in .py or has a '/'"


def _script(text: str, project: Path) -> Run:
    path = Path(os.path.normpath(project / text))
    if path.is_dir():
        inside = "__main__.py" if (path / "__main__.py").is_file() else "main.py"
        package = (path / "__init__.py").is_file()
        hint = f"name the package: {path.name!r}" if package else f"name a file in it: '{text.rstrip('/')}/{inside}'"
        raise RunError(f"{text!r} is a folder", hint)
    if not path.is_file():
        raise RunError(f"the script {text!r} does not exist", _near_file(text, path) or f"paths are relative to {str(project)!r}")
    return Run(EntryKind.SCRIPT, script=path)


def _near_file(text: str, path: Path) -> str:
    head, colon, tail = text.partition(":")
    if colon and head.endswith(".py") and tail.isidentifier():
        return "a function is named by its module: 'module:function', without folders and .py"
    try:
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    except OSError:
        return f"there is no folder {str(path.parent)!r}"
    near = difflib.get_close_matches(path.name, names, n=1)
    return f"did you mean {text.rpartition('/')[0] + '/' + near[0] if '/' in text else near[0]!r}?" if near else ""


def check_name(name: str) -> str:
    """What keeps `name` from being a program's file name; empty when it is fit."""
    if not name:
        return "a name cannot be empty"
    if name in (".", ".."):
        return f"{name!r} is a folder's name"
    if any(c in '/\\<>:"|?*' or ord(c) < 32 or c == "\x7f" for c in name):
        return f"{name!r} cannot be a file's name: a name has no / \\ < > : \" | ? * and no control characters"
    if name != name.strip() or name.endswith("."):
        return f"{name!r} begins or ends with a blank or ends with a dot"
    if name.lower().endswith(".exe"):
        return f"{name!r} ends in .exe, which is removed before names are compared"
    try:
        if len(name.encode()) > 200:
            return f"{name[:30]!r}... is longer than 200 bytes"
    except UnicodeEncodeError:
        return f"{name!r} is not UTF-8"
    return ""


@dataclass(frozen=True)
class Entries:
    """The outcome; `folders` are the scripts' folders, in the entry points' order."""

    points: tuple[EntryPoint, ...]
    folders: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def resolve_entries(requests: Sequence[EntryRequest], project: Path, find: Callable[[tuple[Path, ...]], Find]) -> Entries:
    """The entry points.

    `find` gives, for the scripts' folders, the function that finds modules (it is called only when a module is to be run as `__main__`).
    Nothing is raised: all errors are in `diagnostics`.
    """
    diagnostics = [*_check_names(requests), *_check_defaults(requests)]
    runs: list[tuple[EntryRequest, Run]] = []
    for request in requests:
        try:
            runs.append((request, parse_run(request.run, project)))
        except RunError as error:
            diagnostics.append(Diagnostic(str(error), request.place("run"), error.hint))
    scripts = tuple(dict.fromkeys(run.script for _, run in runs if run.script is not None))
    folders = tuple(dict.fromkeys(map(_search_folder, scripts)))
    targets = script_targets(scripts, project)
    points: list[EntryPoint] = []
    finder: Find | None = None
    for request, run in runs:
        module = run.module
        if run.kind is EntryKind.MODULE:
            finder = finder or find(folders)
            module, problem = _main_module(request, run.module, finder)
            if problem is not None:
                diagnostics.append(problem)
        target = "" if run.script is None else targets[run.script]
        points.append(
            EntryPoint(
                request.name,
                request.aliases,
                request.default or len(requests) == 1,  # there is nothing else to start, whatever the binary was renamed to
                run.kind,
                module or f"@{target}",
                run.function,
                run.script,
                target,
                request.place_text,
                request.place("run"),
            )
        )
    return Entries(tuple(points), folders, tuple(diagnostics))


def _search_folder(script: Path) -> Path:
    """What CPython puts first on the search path: the folder of the file that a link leads to."""
    return Path(os.path.realpath(script)).parent if script.is_symlink() else script.parent


def _main_module(request: EntryRequest, name: str, find: Find) -> tuple[str, Diagnostic | None]:
    """The module that is run for `run = name`: a package's `__main__`."""
    location = find(name)
    if location is None or not location.folders:
        return name, None
    main = f"{name}.__main__"
    if find(main) is None:
        message = f"the package {name!r} cannot be run: it has no __main__ module"
        hint = f"add {location.folders[0] / '__main__.py'}, or name a function: '{name}:main'"
        return main, Diagnostic(message, request.place("run"), hint)
    return main, None


def _check_names(requests: Sequence[EntryRequest]) -> list[Diagnostic]:
    diagnostics: list[Diagnostic] = []
    seen: dict[str, tuple[EntryRequest, str]] = {}
    for request in requests:
        for key, name in (("name", request.name), *((f"aliases.{i}", alias) for i, alias in enumerate(request.aliases))):
            if problem := check_name(name):
                diagnostics.append(Diagnostic(problem, request.place(key), "names are those of files beside each other"))
            elif name in seen:
                other, other_key = seen[name]
                place = other.place(other_key)
                where = f"{place.path.name}:{place.line}" if place and place.line else other.place_text or "the command line"
                message = f"two programs are called {name!r}: it is already {'an alias' if other_key != 'name' else 'the name'} at {where}"
                diagnostics.append(Diagnostic(message, request.place(key), "every name and alias must differ: argv[0] chooses by it"))
            else:
                seen[name] = (request, key)
    return diagnostics


def _check_defaults(requests: Sequence[EntryRequest]) -> list[Diagnostic]:
    defaults = [request for request in requests if request.default]
    if len(defaults) < 2:
        return []
    message = f"{defaults[0].name!r} and {defaults[1].name!r} ({defaults[0].place_text}, {defaults[1].place_text}) are both the default"
    return [Diagnostic(message, defaults[1].place("default"), "leave 'default = true' at one of them")]


def script_targets(scripts: Sequence[Path], project: Path) -> dict[Path, str]:
    """The name of each script below the program's folder: its file name, or, where two share it, its path in the project.

    Scripts that share a name and do not all lie in the project are named from the folder that they have in common.
    """
    targets: dict[Path, str] = {}
    for script in scripts:
        same = [other for other in scripts if other.name == script.name]
        if len(same) == 1:
            targets[script] = script.name
            continue
        inside = all(other.is_relative_to(project) for other in same)
        base = project if inside else Path(os.path.commonpath([other.parent for other in same]))
        targets[script] = script.relative_to(base).as_posix()
    return targets

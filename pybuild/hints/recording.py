"""Preparing a recorded run: which program, with which interpreter, and what counts as the program's own code.

Goes in: the target of `pybuild record`, as the user wrote it, and the plan, if there is a manifest.  Comes out: the command
that runs it under the recorder; the caller becomes that command, so that signals, terminal and exit status are the program's own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pybuild.cache import Cache
from pybuild.errors import UserError
from pybuild.hints.extension import recorder_extension
from pybuild.interpreter.model import Interpreter
from pybuild.resolve.model import EntryKind, EntryPoint, Plan, PythonFlags

RECORDER = Path(__file__).resolve().parent.parent / "worker" / "recorder.py"
SUPPORTED = (3, 11)
_RUN_NAME = "_pybuild_recorder"  # as recorder.py expects it


@dataclass(frozen=True)
class Target:
    """What is run.  `name` is sys.argv[0] of an entry point's function, `main` what pybuild calls the module that is `__main__`."""

    kind: str  # "script" | "module" | "text"
    run: str  # the script's path as it was given, the module, or the text of a program
    shown: str  # as the record names it
    name: str = ""
    main: str = ""  # "": the recorder finds it out
    module: str = ""  # the module that an entry point's function is in
    search: tuple[str, ...] = ()  # folders that come first on sys.path, after a script's own


@dataclass(frozen=True)
class Run:
    """A command and its environment."""

    command: tuple[str, ...]
    environment: dict[str, str]


def choose_target(plan: Plan, text: str, folder: Path) -> Target:
    """What `text` means: an entry point of the manifest, else a script.  Raises UserError."""
    entry = next((entry for entry in plan.entry_points if text == entry.name or text in entry.aliases), None)
    if entry is not None and plan.manifest_path is not None:
        return _entry_target(plan, entry)
    path = folder / text
    if not path.exists():
        names = [entry.name for entry in plan.entry_points] if plan.manifest_path is not None else []
        hint = f"the entry points are: {', '.join(names)}" if names else "name a script, or a module with `-m MODULE`"
        raise UserError.of(f"there is neither an entry point nor a script {text!r}", hint=hint, code="record-target")
    if not os.access(path, os.R_OK):
        raise UserError.of(f"{text} cannot be read", hint="check its permissions", code="record-target")
    same = next((entry for entry in plan.entry_points if entry.script and entry.script.samefile(path)), None)
    return Target("script", text, text, main=same.module if same else f"@{path.name}")


def _entry_target(plan: Plan, entry: EntryPoint) -> Target:
    search = tuple(map(str, (*plan.script_dirs, *plan.source_roots)))
    if entry.kind is EntryKind.SCRIPT:
        return Target("script", str(entry.script), entry.name, main=entry.module, search=search)
    if entry.kind is EntryKind.MODULE:
        return Target("module", entry.module.removesuffix(".__main__"), entry.name, main=entry.module, search=search)
    first = entry.function.partition(".")[0]
    text = f"import sys\nfrom {entry.module} import {first}\nsys.exit({entry.function}())\n"
    return Target("text", text, entry.name, name=entry.name, main="__main__", module=entry.module, search=search)


def check_interpreter(interpreter: Interpreter) -> None:
    """Raises UserError when programs of this Python cannot be recorded."""
    if interpreter.version[:2] != SUPPORTED:
        version = ".".join(map(str, interpreter.version))
        raise UserError.of(
            f"programs are recorded with Python 3.11 only; this is {version}, {interpreter.executable} ({interpreter.chosen_by})",
            hint="native code, which records are for, is made for 3.11 only in this version: choose one with `--python 3.11`",
            code="record-python",
        )


def check_output(output: Path) -> None:
    """Raises UserError when the record could not be written after the run."""
    hint = "choose another file with --output"
    if output.is_dir():
        raise UserError.of(f"--output {output} is a folder", hint="name a file in it", code="record-output")
    if not output.parent.is_dir():
        raise UserError.of(
            f"the folder {output.parent} of --output does not exist", hint="make it, or choose another", code="record-output"
        )
    if not os.access(output.parent, os.W_OK):
        raise UserError.of(f"the folder {output.parent} of --output cannot be written", hint=hint, code="record-output")


def prepare_run(
    target: Target,
    arguments: Sequence[str],
    output: Path,
    interpreter: Interpreter,
    cc: str,
    folders: Sequence[Path],
    flags: PythonFlags,
    cache: Cache,
) -> Run:
    """The command that records `target`; `folders` hold the program's own code.  Raises UserError or BuildFailure."""
    check_interpreter(interpreter)
    check_output(output)
    options = python_options(flags)
    config: dict[str, Any] = {
        "kind": target.kind,
        "target": target.run,
        "shown": target.shown,
        "name": target.name,
        "main": target.main,
        "module": target.module,
        "search": list(target.search),
        "flags": list(options),
        "output": str(output),
        "extension": str(recorder_extension(interpreter, cc, cache)),
        "folder": str(RECORDER.parent),
        "first_party": _with_real(folders),
        "others": _with_real(_installed(interpreter)),
    }
    loader = f"__import__('_frozen_importlib_external').SourceFileLoader({_RUN_NAME!r}, {str(RECORDER)!r})"
    code = f"exec({loader}.get_code({_RUN_NAME!r}), {{'__name__': {_RUN_NAME!r}}})"  # leaves no name, and no warning, in __main__
    environment = {**os.environ, **({"PYTHONHASHSEED": "0"} if flags.hash_seed_zero else {})}
    return Run((str(interpreter.executable), *options, "-c", code, ascii(config), *arguments), environment)


def python_options(flags: PythonFlags) -> tuple[str, ...]:
    """The interpreter's options for those of `[build] python-flags` that change what a program does (isolation is the built program's)."""
    options: list[str] = []
    if flags.no_asserts:
        options.append("-OO" if flags.no_docstrings else "-O")
    for wanted, words in (
        (flags.unbuffered, ("-u",)),
        (flags.dont_write_bytecode, ("-B",)),
        (flags.safe_path, ("-P",)),
        (flags.bytes_warning, ("-b",)),
        (flags.no_warnings, ("-W", "ignore")),
        (flags.utf8_mode, ("-X", "utf8")),
        (flags.dev_mode, ("-X", "dev")),
    ):
        options += words if wanted else ()
    return tuple(options)


def _installed(interpreter: Interpreter) -> tuple[Path, ...]:
    """Where code of others is, also when a virtual environment lies in the project."""
    inside = (interpreter.stdlib, interpreter.platstdlib, interpreter.dynload, *interpreter.site_packages)
    return (*inside, interpreter.prefix, interpreter.base_prefix)


def _with_real(folders: Sequence[Path]) -> list[str]:
    """The folders as text that their files' names begin with, as given and with links resolved."""
    found = [os.path.join(path, "") for folder in folders for path in (os.path.abspath(folder), os.path.realpath(folder))]  # noqa: PTH118, PTH100
    return list(dict.fromkeys(found))

# ruff: noqa: PTH109, PTH117, PTH120
# (no pathlib: the program that is recorded should find as few modules loaded as under the plain interpreter)
"""Run a program under the recorder, as CPython itself would run it.

Goes in: `sys.argv[1]`, a dictionary as a Python literal (`pybuild.hints.recording` makes it).  Comes out: the program's own output and exit
status, and at its end the record.  This file runs by `python -c` in the target interpreter: it leaves no name in `__main__` and no
module in `sys.modules`, and its frames are taken off the stack before the program starts.
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

RUN_NAME = "_pybuild_recorder"


def main(config: dict[str, Any]) -> None:
    """Run the program that `config` describes."""
    recorder = load_extension(config["extension"])
    before = set(sys.modules)
    target = prepare(config)
    recording = Recording(config, recorder, before)
    atexit.register(recording.finish)
    os.register_at_fork(after_in_child=recording.forked)
    recorder.begin(config["first_party"], config["others"])
    status = run(recorder, config["kind"], target)
    if status and not recorder.interrupted():
        raise SystemExit(status)


def load_extension(path: str) -> Any:
    """The extension module at `path`, without an entry in `sys.modules`."""
    import _imp  # type: ignore[import-not-found,unused-ignore]
    from _frozen_importlib import ModuleSpec

    module = _imp.create_dynamic(ModuleSpec(RUN_NAME, None, origin=path))
    _imp.exec_dynamic(module)
    return module


def prepare(config: dict[str, Any]) -> str:
    """Set `sys.argv`, `sys.orig_argv` and `sys.path` as they would be; returns what is to be run."""
    kind, arguments = config["kind"], sys.argv[2:]
    target: str = config["target"]
    words = {"script": [target], "module": ["-m", target], "text": [config["name"]]}[kind]
    sys.orig_argv[:] = [sys.orig_argv[0], *config["flags"], *words, *arguments]
    sys.argv[:] = [words[0], *arguments]
    if not sys.flags.safe_path:
        del sys.path[0]  # what `-c` has put there
        if kind == "script":
            sys.path.insert(0, os.path.dirname(os.path.realpath(target)))
        elif kind == "module" and not config["search"]:
            sys.path.insert(0, os.getcwd())
    first = 1 if kind == "script" and not sys.flags.safe_path else 0
    sys.path[first:first] = [folder for folder in config["search"] if folder not in sys.path[:first]]
    if kind == "script" and not os.path.isabs(target):
        target = f"{os.getcwd()}/{target}"
    return target


def run(recorder: Any, kind: str, target: str) -> int:
    """Run it; the exit status, where no SystemExit tells one."""
    status: int
    if kind == "module":
        status = recorder.run_module(target, True)
    elif kind == "text":
        status = recorder.run_text(target)
    elif is_container(target):
        sys.path[0:1] = [target]
        status = recorder.run_module("__main__", False)
    else:
        status = recorder.run_script(os.fsencode(target))
    return status


def is_container(path: str) -> bool:
    """Whether a folder or an archive with a `__main__` in it is to be run: what has an importer, says CPython."""
    for hook in sys.path_hooks:
        try:
            hook(path)
        except ImportError:
            continue
        return True
    return False


class Recording:
    """The record of this process, until it is written."""

    def __init__(self, config: dict[str, Any], recorder: Any, before: set[str]) -> None:
        self.config, self.recorder, self.before = config, recorder, before
        self.first_process = os.getpid()
        self.written = False

    def finish(self) -> None:
        """Write the record, once; what goes wrong is told and does not change how the program ends."""
        if self.written:
            return
        self.written = True
        interrupted = self.recorder.interrupted()
        seen = self.recorder.end()
        loaded = set(sys.modules) - self.before
        limit = sys.getrecursionlimit()
        try:
            sys.setrecursionlimit(max(limit, 1000))  # a program's own may be too low to write anything
            self.load_output().write(self.config, seen, loaded, self.first_process)
        except BaseException as error:
            sys.stderr.write(f"pybuild record: {self.config['output']} was not written: {type(error).__name__}: {error}\n")
        try:  # noqa: SIM105 - contextlib may be one of the modules whose import the program is recorded for
            sys.setrecursionlimit(limit)
        except RecursionError:
            pass  # here it is deeper than the program allows
        self.recorder.set_interrupted(interrupted)

    def load_output(self) -> ModuleType:
        """The module that writes, found beside this file."""
        import importlib
        import types

        package = types.ModuleType(RUN_NAME)
        package.__path__ = [self.config["folder"]]
        sys.modules[RUN_NAME] = package
        return importlib.import_module(f"{RUN_NAME}.recorder_output")

    def forked(self) -> None:
        """In a forked child: begin anew.  One of multiprocessing's ends without `atexit`, but with its own finalizers."""
        self.recorder.after_fork()
        util = sys.modules.get("multiprocessing.util")
        if util is not None:
            util.register_after_fork(self, lambda self: util.Finalize(None, self.finish, exitpriority=-1000))


if __name__ == RUN_NAME:
    main(eval(sys.argv[1]))

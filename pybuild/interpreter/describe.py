"""What the interpreter that is built for is like: asked of a worker once, then read from the cache while nothing it depends on has changed.

Goes in: the executable and how it was chosen.  Comes out: an `Interpreter`.  The cache file lists what it depends on, each with
its time and size: the program, its `pyvenv.cfg`, its site-packages folders and the `.pth` files in them.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pybuild.cache import Cache, digest
from pybuild.errors import BuildFailure, UserError
from pybuild.interpreter.model import NEWEST, OLDEST, Interpreter

_FORMAT = "describe 1"


def describe(executable: Path, chosen_by: str, cache: Cache) -> Interpreter:
    """The interpreter at `executable`.  Raises UserError when it does not run or is not supported."""
    uname = os.uname() if hasattr(os, "uname") else ()
    key = digest(_FORMAT, str(executable), os.environ.get("HOME", ""), *(str(part) for part in uname))
    stored = cache.get("interpreter", key)
    if stored is not None:
        try:
            record = json.loads(stored)
            if all(_stamp(Path(path)) == stamp for path, stamp in record["watched"].items()):
                return _interpreter(record["answer"], executable, chosen_by)
        except (ValueError, KeyError, TypeError):
            pass  # a damaged file is made anew
    answer = _ask(executable, chosen_by)
    _check_supported(answer, executable, chosen_by)
    watched = {str(path): _stamp(path) for path in _watched(answer, executable)}
    cache.put("interpreter", key, json.dumps({"watched": watched, "answer": answer}).encode())
    return _interpreter(answer, executable, chosen_by)


def _ask(executable: Path, chosen_by: str) -> dict[str, Any]:
    from pybuild.interpreter.pool import WorkerPool

    class Candidate:
        def __init__(self) -> None:
            self.executable = executable

    try:
        with WorkerPool(Candidate(), 1) as pool:
            return pool.call("describe")
    except OSError as error:
        raise UserError.of(f"{executable} (chosen by {chosen_by}) cannot be run: {error.strerror}", hint=_NEXT, code="python") from error
    except BuildFailure as error:
        raise UserError.of(
            f"{executable} (chosen by {chosen_by}) does not work as a Python: {error}",
            hint=f"see what `{executable} -c pass` says; make the virtual environment anew if it is one; or {_NEXT}",
            code="python",
        ) from error


_NEXT = "choose another with `--python PATH` or `[build] python`"


def _check_supported(answer: dict[str, Any], executable: Path, chosen_by: str) -> None:
    supported = f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    version = tuple(answer.get("version", ()))
    old = answer.get("unsupported")
    what = ""
    if old is not None:
        what = f"Python {old}; pybuild supports CPython {supported}"
    elif answer["implementation"] != "cpython":
        what = f"{answer['implementation']}, not CPython"
    elif not OLDEST <= version[:2] <= NEWEST:
        what = f"Python {'.'.join(map(str, version))}; pybuild supports CPython {supported}"
    elif not answer["gil"]:
        what = "a free-threaded build, which pybuild does not support"
    if what:
        raise UserError.of(f"{executable} (chosen by {chosen_by}) is {what}", hint=_NEXT, code="python")


def _stamp(path: Path) -> list[int] | None:
    """Time and size of `path`, None when it is not there; as JSON gives it back."""
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_mtime_ns, status.st_size]


def _watched(answer: dict[str, Any], executable: Path) -> list[Path]:
    folders = [Path(folder) for folder in answer["site_packages"]]
    pth = [file for folder in folders if folder.is_dir() for file in sorted(folder.glob("*.pth"))]
    return [executable, executable.parent.parent / "pyvenv.cfg", executable.parent / "pyvenv.cfg", *folders, *pth]


def _interpreter(answer: dict[str, Any], executable: Path, chosen_by: str) -> Interpreter:
    version = (answer["version"][0], answer["version"][1], answer["version"][2])
    base = Path(answer["base_prefix"]) / "bin" / f"python{version[0]}.{version[1]}"
    base_executable = base if base.exists() else Path(os.path.realpath(answer["base_executable"]))
    stamp = _stamp(base_executable)
    return Interpreter(
        executable=executable,
        base_executable=base_executable,
        chosen_by=chosen_by,
        version=version,
        cache_tag=answer["cache_tag"],
        magic=answer["magic"],
        soabi=answer["soabi"],
        extension_suffixes=tuple(answer["extension_suffixes"]),
        multiarch=answer["multiarch"],
        prefix=Path(answer["prefix"]),
        base_prefix=Path(answer["base_prefix"]),
        stdlib=Path(answer["stdlib"]),
        platstdlib=Path(answer["platstdlib"]),
        dynload=Path(answer["dynload"]),
        site_packages=tuple(Path(folder) for folder in answer["site_packages"]),
        sys_path=tuple(answer["sys_path"]),
        builtin_modules=tuple(answer["builtin_modules"]),
        frozen_modules=tuple(answer["frozen_modules"]),
        stdlib_modules=tuple(answer["stdlib_modules"]),
        config={**answer["config"], "SYSCONFIGDATA": answer["sysconfigdata"]},
        markers=answer["markers"],
        identity=digest(*(str(part) for part in version), answer["magic"], answer["soabi"], str(base_executable), str(stamp)),
    )

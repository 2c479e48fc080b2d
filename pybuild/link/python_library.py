"""The interpreter as a C library: its headers, and the libpython that the executable is linked with.

Goes in: the interpreter's sysconfig and `[build] libpython` (auto, static, shared).  Comes out: the include folders, and the
libraries that may be tried, best first.  Whether a static library can be linked is found by linking: position independent first, and
for a `.a` that is not (Debian's) once more as a fixed-address executable; `choice.py`'s caller remembers what worked.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import digest
from pybuild.errors import PybuildError, UserError
from pybuild.interpreter.model import Interpreter
from pybuild.link.packages import install_hint

SYSTEM_PREFIXES = (Path("/"), Path("/usr"), Path("/usr/local"))


@dataclass(frozen=True)
class Headers:
    """Include folders of the interpreter; `identity` is a digest of its configuration and version headers."""

    folders: tuple[Path, ...]
    identity: str


@dataclass(frozen=True)
class PythonLibrary:
    """One way to link libpython.  `pie` False: only into an executable at a fixed address.  `libraries`: `-l` flags that it needs."""

    path: Path
    static: bool
    pie: bool
    libraries: tuple[str, ...]
    soname: str  # of the shared library, also where the static one is linked: `libpython3.11.so.1.0`

    def __str__(self) -> str:
        return f"{self.path.name} ({'static' if self.static else 'shared'}{'' if self.pie else ', not position independent'})"


def find_headers(interpreter: Interpreter) -> Headers:
    """The folders with Python.h and pyconfig.h.  Raises UserError that names the package to install."""
    config = interpreter.config
    named = [Path(config[key]) for key in ("INCLUDEPY", "CONFINCLUDEPY") if config.get(key)]
    named.append(interpreter.base_prefix / "include" / f"python{interpreter.short_version}{_abiflags(interpreter)}")
    folders = tuple(dict.fromkeys(folder for folder in named if folder.is_dir()))
    missing = [name for name in ("Python.h", "pyconfig.h") if not any((folder / name).is_file() for folder in folders)]
    if missing:
        looked = ", ".join(str(folder) for folder in dict.fromkeys(named))
        raise UserError.of(
            f"the C headers of Python {interpreter.short_version} are missing: no {missing[0]} in {looked}",
            hint=_how_to_get(interpreter, "headers", "use a Python that was installed with its headers (include/)"),
        )
    parts = [interpreter.soabi, ".".join(map(str, interpreter.version))]
    for name in ("patchlevel.h", "pyconfig.h"):
        parts += [(folder / name).read_text("utf-8", "replace") for folder in folders if (folder / name).is_file()]
    return Headers(folders, digest(*parts))


def library_candidates(interpreter: Interpreter, wanted: str) -> tuple[PythonLibrary, ...]:
    """The libraries to try, best first.  Raises UserError when `wanted` ("auto", "static", "shared") leaves none."""
    static = _static_libraries(interpreter) if wanted != "shared" else ()
    shared = _shared_libraries(interpreter)[:1] if wanted != "static" else ()
    if not static and not shared:
        raise missing_library(interpreter, wanted)
    return static + shared


def missing_library(interpreter: Interpreter, wanted: str) -> PybuildError:
    """The error for a libpython that is not installed."""
    version = interpreter.short_version
    if wanted == "static":
        hint = _how_to_get(interpreter, "libpython-static", 'use a Python that keeps its libpython.a, or [build] libpython = "auto"')
        return UserError.of(f'[build] libpython = "static": there is no libpython{version}.a in {_places(interpreter)}', hint=hint)
    if wanted == "shared":
        other = 'use a Python that was configured with --enable-shared, or [build] libpython = "auto"'
        hint = _how_to_get(interpreter, "libpython-shared", other)
        return UserError.of(f'[build] libpython = "shared": there is no libpython{version}.so in {_places(interpreter)}', hint=hint)
    hint = _how_to_get(interpreter, "libpython-static", "use a Python that has libpython.a, or was configured with --enable-shared")
    return UserError.of(f"Python {version} has neither a static nor a shared libpython in {_places(interpreter)}", hint=hint)


def _how_to_get(interpreter: Interpreter, package: str, otherwise: str) -> str:
    """A distribution's package for the system's Python; for one that lies elsewhere what its owner can do."""
    if interpreter.base_prefix in SYSTEM_PREFIXES[:2]:
        return install_hint(package, interpreter.short_version)
    return f"{otherwise}; with the system's Python: {install_hint(package, interpreter.short_version)}"


def _abiflags(interpreter: Interpreter) -> str:
    return "t" if re.match(r"cpython-\d+t", interpreter.soabi) else ""


def _folders(interpreter: Interpreter) -> tuple[Path, ...]:
    """Where libpython may lie: the configuration folder, the library folder, and Debian's multiarch folder."""
    config = interpreter.config
    folders = [Path(config[key]) for key in ("LIBPL", "LIBDIR") if config.get(key)]
    if config.get("LIBDIR") and config.get("MULTIARCH"):
        folders.append(Path(config["LIBDIR"]) / config["MULTIARCH"])
    folders.append(interpreter.base_prefix / "lib")
    return tuple(dict.fromkeys(folders))


def _places(interpreter: Interpreter) -> str:
    return ", ".join(str(folder) for folder in _folders(interpreter))


def soname_of(interpreter: Interpreter) -> str:
    """The name under which extension modules would ask for the shared library."""
    named = Path(interpreter.config.get("INSTSONAME", "")).name
    if re.fullmatch(r"libpython.*\.so\.[\d.]+", named):
        return named
    return f"libpython{interpreter.short_version}{_abiflags(interpreter)}.so.1.0"


def _static_libraries(interpreter: Interpreter) -> tuple[PythonLibrary, ...]:
    """Every libpython.a, position independent ones first, then each once more for a fixed-address executable."""
    stem = f"libpython{interpreter.short_version}{_abiflags(interpreter)}"
    folders = _folders(interpreter)
    plain = _first(folders, f"{stem}.a")
    independent = _first(folders, f"{stem}-pic.a")
    libraries = _needed_libraries(interpreter)
    soname = soname_of(interpreter)
    tries = [(independent, True), (plain, True), (plain, False)]
    return tuple(PythonLibrary(path, True, pie, libraries, soname) for path, pie in tries if path)


def _shared_libraries(interpreter: Interpreter) -> tuple[PythonLibrary, ...]:
    soname = soname_of(interpreter)
    found = _first(_folders(interpreter), soname)
    return (PythonLibrary(found, False, True, (), soname),) if found else ()


def _first(folders: tuple[Path, ...], name: str) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _needed_libraries(interpreter: Interpreter) -> tuple[str, ...]:
    """The `-l` flags of the interpreter's own link, in order; its `-L` and run paths are of no use elsewhere and left out."""
    words = [word for key in ("LIBS", "SYSLIBS", "MODLIBS") for word in shlex.split(interpreter.config.get(key, ""))]
    libraries = [word for word in words if word.startswith("-l") and not word.startswith("-lpython")]
    return tuple(dict.fromkeys([*libraries, "-lm", "-ldl", "-lpthread"]))

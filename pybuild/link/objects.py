"""The C files of a program and the keys of their objects.

Goes in: runtime_c and the compiler's generated C.  Comes out: one `Unit` a file, whose key says everything that its object was made
from: compiler, Python, flags, its text, and the headers that it may include.  These are runtime_c's, also for generated C, and are taken
together: reading which one includes which would cost a compiler run, and they change seldom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import digest
from pybuild.link.python_library import Headers
from pybuild.link.toolchain import Toolchain

ALL = "all.c"
KIND = "object"
_LAYOUT = "object 1"  # changes when the meaning of a key does


@dataclass(frozen=True)
class Unit:
    """One C file and the key of its object."""

    name: str  # as shown: "launcher/main.c"
    source: Path
    key: str


def runtime_sources(runtime: Path, native: bool = False) -> tuple[Path, ...]:
    """The C files that are linked into every program; with `native`, those that translated code calls as well."""
    parts = ("launcher", "importer", "native") if native else ("launcher", "importer")
    return tuple(path for part in parts for path in _sources(runtime / part))


def _sources(folder: Path) -> list[Path]:
    """The C files to compile: `all.c`, which includes the others, where there is one."""
    whole = folder / ALL
    return [whole] if whole.exists() else sorted(folder.glob("*.c"))


def units(
    runtime: Path, generated: Sequence[Path], toolchain: Toolchain, headers: Headers, flags: Sequence[str], own_flags: Sequence[str] = ()
) -> tuple[Unit, ...]:
    """All units of a program: the runtime's, then the generated ones, which have flags of their own.  Raises OSError when a file cannot be
    read."""
    common = digest(_LAYOUT, toolchain.identity, headers.identity, *flags)
    shared = _headers_digest(sorted(runtime.rglob("*.h")), runtime)
    made = []
    for source in runtime_sources(runtime, bool(generated)):
        name = source.relative_to(runtime).as_posix()
        included = sorted(source.parent.glob("*.c")) if source.name == ALL else [source]
        made.append(Unit(name, source, digest(common, shared, name, *(path.read_bytes() for path in included))))
    for source in generated:
        made.append(Unit(source.name, source, digest(common, shared, *own_flags, source.read_bytes())))
    return tuple(made)


def _headers_digest(headers: Sequence[Path], base: Path) -> str:
    return digest(*(part for header in headers for part in (header.relative_to(base).as_posix(), header.read_bytes())))

"""What the compiler hands to the linker and the packager."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CompiledModule:
    """The marshalled code object of one module, in the cache: bytes [offset, offset+size) of `path`."""

    name: str
    path: Path
    offset: int
    size: int

    def read(self) -> bytes:
        """The marshalled code object.  Raises OSError."""
        with self.path.open("rb") as stream:
            stream.seek(self.offset)
            return stream.read(self.size)


@dataclass(frozen=True, slots=True)
class NativeModule:
    """A translated module: its C files, its native functions' qualified names, and (name, line, reason) of those that stay bytecode.

    Bodies of modules and classes that stay bytecode are not among these.  `known` are all its code objects: qualified name,
    content hash.
    """

    name: str
    sources: tuple[Path, ...]
    native: tuple[str, ...]
    bytecode: tuple[tuple[str, int, str], ...]
    known: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CompiledProgram:
    """Bytecode of every module that has any, and C files to be linked into the executable."""

    modules: Mapping[str, CompiledModule]
    c_sources: tuple[Path, ...] = field(default=())
    native: tuple[NativeModule, ...] = field(default=())
    lifted: int = 0  # modules whose C was not in the cache

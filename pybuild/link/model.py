"""What the link stage hands to the packager."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Executable:
    """A linked, stripped launcher without its payload, in the cache."""

    path: Path
    key: str
    static_libpython: bool
    libpython: Path | None  # the shared library that has to be shipped beside it, None when static
    compiler: str  # "gcc 12.2.0"
    compiled: int = 0  # objects compiled in this build
    reused: int = 0  # objects taken from the cache
    zstd: bool = False  # whether it can unpack: its payload may be compressed
    inputs: tuple[Path, ...] = ()  # files besides that decided it, missing ones too
    units: tuple[tuple[str, str], ...] = ()  # what it was linked of: names, and the keys of their objects

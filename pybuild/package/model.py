"""What the packager says of its result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """The finished product on disk."""

    path: Path  # the executable (accelerated) or the folder (standalone)
    executable: Path
    links: tuple[Path, ...]  # one for every other entry point and alias
    size: int  # bytes of everything shipped
    files: tuple[Path, ...]  # everything written, for the up-to-date check and for `clean`
    glibc: str = ""  # highest GLIBC_x.y that a shipped file needs
    glibc_file: str = ""  # the file that needs it
    glibc_symbol: str = ""
    inputs: tuple[Path, ...] = ()  # files outside the graph that the result was made from: what a later build must find unchanged

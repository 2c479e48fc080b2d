"""The system's static libzstd, by which a launcher unpacks its payload.

Goes in: the toolchain.  Comes out: the archive that can be linked, or what stands against it.  Without it programs are built all the
same, with payloads that are not compressed.  It is tried once for each archive and toolchain: an archive that is not position
independent, or a linker that cannot keep its names to itself, would spoil the link, or extension modules that bring their own zstd.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pybuild.cache import Cache
from pybuild.link import probe
from pybuild.link.packages import install_hint
from pybuild.link.toolchain import Toolchain

NAME = "libzstd.a"
HIDDEN = f"-Wl,--exclude-libs,{NAME}"  # extension modules must not find its functions in the executable
_FUNCTION = "ZSTD_decompressDCtx"


@dataclass(frozen=True)
class Zstd:
    """`archive`: what is linked, None without; `problem` says why.  `place` is where it was looked for."""

    archive: Path | None
    place: Path
    problem: str = ""

    @property
    def link_words(self) -> tuple[str, ...]:
        """What the link command needs of it, behind the objects."""
        return (HIDDEN, str(self.archive)) if self.archive else ()

    @property
    def hint(self) -> str:
        """How to get it, where that would help."""
        return "" if self.place.is_file() else install_hint("libzstd")


def find_zstd(toolchain: Toolchain, cache: Cache) -> Zstd:
    """The archive that `toolchain` links; no error without one."""
    place = Path(probe.remember(cache, f"libzstd's place 1 {toolchain.identity}", [toolchain.path], lambda: _place(toolchain)))
    found = place if place.is_file() else _by_pkg_config()
    if found is None:
        return Zstd(None, place, f"there is no {NAME} in {place.parent}")
    question = f"libzstd links 3 {toolchain.identity} {toolchain.linker.identity}"
    problem = probe.remember(cache, question, [found], lambda: _try(toolchain, found))
    return Zstd(None if problem else found, found, problem)


def version_of(archive: Path) -> str:
    """The version of the library beside `archive`, "" when nothing tells."""
    header = next((folder / "include/zstd.h" for folder in archive.resolve().parents if (folder / "include/zstd.h").is_file()), None)
    text = header.read_text("utf-8", "replace") if header else ""
    return ".".join(re.findall(r"#define ZSTD_VERSION_(?:MAJOR|MINOR|RELEASE)\s+(\d+)", text))


def _place(toolchain: Toolchain) -> str:
    """Where the toolchain has its libraries: the archive's path, also when there is none."""
    for name in (NAME, "libc.so"):
        path = probe.output_of([*toolchain.command, f"-print-file-name={name}"])[1].strip()
        if path.startswith("/"):
            return str(Path(os.path.normpath(path)).with_name(NAME))
    return f"/usr/lib/{NAME}"


def _by_pkg_config() -> Path | None:
    program = probe.find_program("pkg-config")
    status, text = probe.output_of([str(program), "--variable=libdir", "libzstd"]) if program else (1, "")
    path = Path(text.strip()) / NAME
    return path if status == 0 and path.is_file() else None


def _try(toolchain: Toolchain, archive: Path) -> str:
    """Link a shared library with it; "" or what went wrong."""
    with TemporaryDirectory() as folder:
        words = [
            "-shared",
            "-Wl,-z,text",
            f"-Wl,-u,{_FUNCTION},--defsym,pb_probe={_FUNCTION}",
            "-o",
            f"{folder}/probe.so",
            HIDDEN,
            str(archive),
        ]
        status, text = probe.output_of([*toolchain.command, *words])
    return "" if status == 0 else f"{toolchain} cannot link {archive}: {next(iter(text.strip().splitlines()), f'exit status {status}')}"

"""Which C compiler builds the program: found, identified, and its linker with it.

Goes in: `[compiler] cc` (auto, gcc, clang, zig, or a path) and the cache.  Comes out: a `Toolchain`, whose `identity` stands in
the key of everything that it makes.  It is looked for in each build, because a key needs it, but only started when its file changed.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pybuild.cache import Cache, digest
from pybuild.errors import BuildFailure, PybuildError, UserError
from pybuild.link import probe
from pybuild.link.packages import install_hint, meant

AUTO = ("gcc", "clang", "cc", "zig")  # the order of `cc = "auto"`


@dataclass(frozen=True)
class Linker:
    """The linker that the compiler starts: `kind` is "GNU ld", "LLD", "mold", "gold" or "unknown"."""

    kind: str
    version: tuple[int, ...]
    path: Path | None
    identity: str

    @property
    def packs_relocations(self) -> bool:
        """Whether `-z pack-relative-relocs` is known to it (older ones warn, and ignore it)."""
        least = {"GNU ld": (2, 38), "LLD": (15,), "mold": (1, 10)}.get(self.kind)
        return least is not None and self.version >= least


@dataclass(frozen=True)
class Toolchain:
    """A C compiler.  `command` is what is put before the flags: one word, or `zig cc`."""

    family: str  # "gcc" | "clang" | "zig"
    command: tuple[str, ...]
    path: Path
    version: str
    target: str
    identity: str
    linker: Linker

    def __str__(self) -> str:
        return f"{self.family} {self.version}"


def find_toolchain(cc: str, cache: Cache, ldflags: Sequence[str] = (), site_packages: Sequence[Path] = ()) -> Toolchain:
    """The toolchain that `cc` asks for; `site_packages` are further places of pip's `ziglang`.

    Raises UserError when there is none, and when what was named is not a C compiler.
    """
    for name in AUTO if cc == "auto" else (cc,):
        found = _locate(name, site_packages)
        if found is not None:
            return identify(found, cache, ldflags)
    raise missing_compiler(cc)


def missing_compiler(cc: str) -> PybuildError:
    """The error for a compiler that is not on this machine."""
    pip = "pip install ziglang"
    if cc == "auto":
        return UserError.of(f"no C compiler found (looked for {', '.join(AUTO)} in PATH)", hint=f"{install_hint('gcc')}, or {pip}")
    if cc == "zig":
        return UserError.of('[compiler] cc = "zig": neither zig in PATH nor the Python package ziglang found', hint=pip)
    if cc in ("gcc", "clang"):
        return UserError.of(f'[compiler] cc = "{cc}": {cc} is not in PATH', hint=install_hint(cc))
    hint = f"{meant(cc, ('auto', 'gcc', 'clang', 'zig'))}name a program in PATH, an absolute path, or auto"
    return UserError.of(f'[compiler] cc = "{cc}": there is no such program', hint=hint)


def _locate(name: str, site_packages: Sequence[Path]) -> tuple[str, ...] | None:
    """The command for `name` as one would type it, or None.  A name from PATH stays a name: distcc and icecc refuse paths."""
    if name != "zig":
        return (name,) if probe.find_program(name) else None
    if probe.find_program("zig"):
        return ("zig", "cc")
    spec = importlib.util.find_spec("ziglang")
    folders = [Path(spec.origin).parent] if spec and spec.origin else []
    folders += [site / "ziglang" for site in site_packages]
    program = next((folder / "zig" for folder in folders if (folder / "zig").is_file()), None)
    return (str(program), "cc") if program else None


def identify(command: tuple[str, ...], cache: Cache, ldflags: Sequence[str] = ()) -> Toolchain:
    """Describe the compiler `command`, from the cache when its file is unchanged.  Raises UserError when it is not a compiler."""
    path = probe.find_program(command[0])
    if path is None:
        raise missing_compiler(command[0])
    if path.name == "zig" and command[1:] != ("cc",):
        command = (command[0], "cc")
    known = probe.remember(cache, f"compiler 1 {command}", [path], lambda: _describe(command))
    identity = digest(*sorted(f"{k}={v}" for k, v in known.items()), probe.stamp(path))
    linker = _linker(command, path, known["family"], cache, ldflags)
    return Toolchain(known["family"], command, path, known["version"], known["target"], identity, linker)


def _describe(command: tuple[str, ...]) -> dict[str, str]:
    """Ask a compiler what it is: gcc and clang both print version and target for `-v`."""
    status, text = probe.output_of([*command, "-v"])
    version = re.search(r"^(?:.* )?(gcc|clang) version (\d\S*)", text, re.MULTILINE)
    target = re.search(r"^Target: (\S+)", text, re.MULTILINE)
    if version is None or target is None:
        shown = " / ".join(text.strip().splitlines()[:3]) or "no output"
        raise UserError.of(
            f"{' '.join(command)} is neither gcc nor clang nor zig (asked with -v, exit status {status}): {shown}",
            hint='set [compiler] cc to "gcc", "clang", "zig" or the path of one of them',
        )
    if command[1:] == ("cc",):
        status, zig = probe.output_of([command[0], "version"])
        if status != 0:
            raise BuildFailure.of(f"{command[0]} version failed: {zig.strip()}", hint="reinstall zig")
        return {"family": "zig", "version": zig.strip(), "target": "native", "text": text}
    return {"family": version[1], "version": version[2], "target": target[1], "text": text}


def _linker(command: tuple[str, ...], path: Path, family: str, cache: Cache, ldflags: Sequence[str]) -> Linker:
    """The linker behind `command`, with the user's `-fuse-ld=`.  Unknown ones are no error: they only get no special flags."""
    if family == "zig":
        return Linker("zig", (), None, probe.stamp(path))
    choice = [flag for flag in ldflags if flag.startswith(("-fuse-ld=", "--ld-path=", "-B"))]
    program = next((flag.removeprefix("-fuse-ld=") for flag in reversed(choice) if flag.startswith("-fuse-ld=")), "")
    name = "ld" if not program else f"ld.{program}"
    where = probe.remember(cache, f"linker's path {command} {name}", [path], lambda: _linker_path(command, name))
    files = [path, Path(where)] if where and Path(where).is_file() else [path]
    kind, version = probe.remember(cache, f"linker 2 {command} {choice}", files, lambda: _ask_linker([*command, *choice]))
    # only what was parsed: gcc's answer also has names of temporary files, other ones each time
    identity = digest(kind, str(version), *(probe.stamp(file) for file in files[1:]))
    return Linker(kind, tuple(version), files[1] if len(files) > 1 else None, identity)


def _ask_linker(command: Sequence[str]) -> tuple[str, list[int]]:
    kind, version = parse_linker(probe.output_of([*command, "-Wl,--version"])[1])
    return kind, list(version)


def _linker_path(command: tuple[str, ...], name: str) -> str:
    status, text = probe.output_of([*command, f"-print-prog-name={name}"])
    found = probe.find_program(text.strip()) if status == 0 and text.strip() else None
    return str(found or "")


def parse_linker(text: str) -> tuple[str, tuple[int, ...]]:
    """Kind and version from what `--version` prints."""
    for kind, pattern in (
        ("GNU ld", r"GNU ld (?:\(.*\)|version) (\d+(?:\.\d+)+)"),
        ("gold", r"GNU gold \(.*\) (\d+(?:\.\d+)+)"),
        ("mold", r"mold (\d+(?:\.\d+)+)"),
        ("LLD", r"LLD (\d+(?:\.\d+)+)"),
    ):
        found = re.search(pattern, text, re.MULTILINE)
        if found:
            return kind, tuple(int(part) for part in found[1].split("."))
    return "unknown", ()

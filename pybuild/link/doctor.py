"""What a build needs of this machine: found, in which version, or what to install.

Goes in: the interpreter and the options that a build would take, where they are known.  Comes out: one `Finding` a program, library or
header.  It asks by the same functions that a build uses, so that it cannot say otherwise than the build.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pybuild.cache import Cache
from pybuild.errors import PybuildError
from pybuild.interpreter.model import Interpreter
from pybuild.link import probe
from pybuild.link.flags import host_glibc
from pybuild.link.launchers import KNOWN, launcher_prefix
from pybuild.link.packages import install_hint
from pybuild.link.python_library import find_headers, library_candidates
from pybuild.link.toolchain import Toolchain, find_toolchain, parse_linker
from pybuild.link.zstd import find_zstd, version_of
from pybuild.resolve.model import CompilerOptions, Plan

OK, MISSING, WARNING = "ok", "missing", "warning"
_COMPILERS = ("gcc", "clang", "zig")


@dataclass(frozen=True)
class Finding:
    """One line.  `status`: "ok"; "missing": a build fails without it; "warning": not there, or not as good as it could be.

    `note` says what it is for when it is there, and what to install when it is not.
    """

    name: str
    status: str
    path: Path | None = None
    version: str = ""
    note: str = ""


def diagnose(
    interpreter: Interpreter | None, plan: Plan | None = None, cache: Cache | None = None, options: CompilerOptions | None = None
) -> list[Finding]:
    """Look at everything.  `plan` says what is needed: its compiler, libpython and launchers; `options` does without a plan."""
    cache = cache or Cache.default()
    options = options or (plan.compiler if plan else CompilerOptions())
    interpreter = interpreter or (plan.interpreter if plan else None)
    site_packages = interpreter.site_packages if interpreter else ()
    found: dict[str, Toolchain] = {}
    findings = [*_compilers(options, site_packages, cache, found)]
    if interpreter:
        findings += _python(interpreter, plan.libpython if plan else "auto")
    findings += _linkers(found.get(options.cc))
    findings += [_tool("strip", WARNING, "binutils", "shrinks extension modules and libraries")]
    findings += [_tool("patchelf", WARNING, "patchelf", "edits run paths of libraries that have no room for it")]
    findings += [_scons(), *_launchers(options, found.get(options.cc)), _glibc(), _libzstd(found.get(options.cc), cache)]
    return findings


def _compilers(options: CompilerOptions, site_packages: tuple[Path, ...], cache: Cache, found: dict[str, Toolchain]) -> Iterator[Finding]:
    """The compiler that a build takes, then the others; `found` is filled."""
    for name in dict.fromkeys((options.cc, *_COMPILERS)):
        asked = name == options.cc
        try:
            chain = find_toolchain(name, cache, options.ldflags, site_packages)
        except PybuildError as error:
            first = error.diagnostics[0]
            yield Finding(
                f"C compiler ({name})" if asked else name, MISSING if asked else WARNING, note=_sentence(first.message, first.hint)
            )
            continue
        found[name] = chain
        title = f"C compiler ({name})" if asked else name
        yield Finding(title, OK, chain.path, str(chain), f"target {chain.target}" + (", taken by a build" if asked else ""))


def _python(interpreter: Interpreter, wanted: str) -> Iterator[Finding]:
    """Headers and libpython of the interpreter that is built for."""
    version = ".".join(map(str, interpreter.version))
    yield _ask("Python headers", MISSING, lambda: (find_headers(interpreter).folders[0], version, ""))
    both = _ask("libpython", MISSING, lambda: (library_candidates(interpreter, "auto")[0].path, "", ""))
    for kind in ("static", "shared"):
        status = MISSING if kind == wanted or both.status == MISSING else WARNING
        yield _ask(f"libpython, {kind}", status, lambda kind=kind: (library_candidates(interpreter, kind)[0].path, version, ""))  # type: ignore[misc]


def _ask(name: str, otherwise: str, look: Callable[[], tuple[Path, str, str]]) -> Finding:
    """The finding of `look`, whose error says what is missing and what to install."""
    try:
        path, version, note = look()
    except PybuildError as error:
        return Finding(name, otherwise, note=_sentence(error.diagnostics[0].message, error.diagnostics[0].hint))
    return Finding(name, OK, path, version, note)


def _linkers(toolchain: Toolchain | None) -> Iterator[Finding]:
    """The linker behind the compiler, then those that `-fuse-ld=` can choose."""
    if toolchain is not None:
        linker = toolchain.linker
        version = " ".join([linker.kind, ".".join(map(str, linker.version))]).strip()
        known = linker.kind != "unknown"
        note = "taken by a build" if known else "its kind is not known: it gets no flags that only some linkers have"
        yield Finding("linker", OK if known else WARNING, linker.path or toolchain.path, version, note)
    for name, package in (("ld", "binutils"), ("mold", "mold"), ("ld.lld", "lld")):
        path = probe.find_program(name)
        choice = f'ldflags = ["-fuse-ld={name.removeprefix("ld.")}"] takes it' if name != "ld" else ""
        if path is None:
            yield Finding(name, WARNING, note=install_hint(package))
        else:
            kind, version_parts = parse_linker(probe.output_of([str(path), "--version"])[1])
            yield Finding(name, OK, path, f"{kind} {'.'.join(map(str, version_parts))}", choice)


def _tool(name: str, otherwise: str, package: str, use: str) -> Finding:
    """A program that answers `--version`."""
    path = probe.find_program(name)
    if path is None:
        return Finding(name, otherwise, note=f"{use}; {install_hint(package)}")
    return Finding(name, OK, path, _version_in(probe.output_of([str(path), "--version"])[1]), use)


def _scons() -> Finding:
    """SCons in pybuild's own environment."""
    try:
        version = metadata.version("scons")
    except metadata.PackageNotFoundError:
        return Finding("SCons", MISSING, note=f"drives the compiler; {sys.executable} -m pip install scons")
    return Finding("SCons", OK, Path(sys.executable), version, "drives the compiler")


def _launchers(options: CompilerOptions, toolchain: Toolchain | None) -> Iterator[Finding]:
    """The programs of `[compiler] launcher`, then the other known ones."""
    asked = options.launcher[:1]
    for name in dict.fromkeys((*asked, *KNOWN)):
        if name in asked and toolchain is not None:
            try:
                launcher_prefix(options.launcher, toolchain)
            except PybuildError as error:
                yield Finding(
                    name, MISSING, probe.find_program(name), note=_sentence(error.diagnostics[0].message, error.diagnostics[0].hint)
                )
                continue
        path = probe.find_program(name)
        if path is not None:
            use = "put before each compile command" if name in asked else f'[compiler] launcher = ["{name}"] takes it'
            yield Finding(name, OK, path, _version_in(probe.output_of([str(path), "--version"])[1]), use)
        else:
            yield Finding(name, MISSING if name in asked else WARNING, note=install_hint(name) if name in KNOWN else "not in PATH")


def _glibc() -> Finding:
    """The C library, which bounds where results run."""
    version = ".".join(map(str, host_glibc()))
    if not version:
        return Finding("glibc", WARNING, note="this machine's C library is another one: results run where the same one is")
    return Finding("glibc", OK, version=version, note="results may need this version; [linux] max-glibc checks for an older one")


def _libzstd(toolchain: Toolchain | None, cache: Cache) -> Finding:
    """The static library by which programs unpack their payload."""
    use = "compresses what is in a program; without it programs are larger"
    if toolchain is None:
        return Finding("libzstd", WARNING, note=f"{use}; cannot be looked for without a C compiler; {install_hint('libzstd')}")
    found = find_zstd(toolchain, cache)
    if found.archive is None:
        return Finding("libzstd", WARNING, note=_sentence(f"{use}; {found.problem}", found.hint))
    return Finding("libzstd", OK, found.archive, version_of(found.archive), use)


def _version_in(text: str) -> str:
    """The first version number of what a program printed, else its first line."""
    number = re.search(r"\d+(?:\.\d+)+", text)
    return number[0] if number else next(iter(text.splitlines()), "").strip()


def _sentence(message: str, hint: str) -> str:
    return f"{message}; {hint}" if hint else message

"""`pybuild doctor`: what a build needs of this machine: found, in which version, or what to install.

The interpreter and the compiler that are looked at are those that `build` with the same options would take.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from pybuild import __version__
from pybuild.cache import Cache
from pybuild.cli import options as o
from pybuild.cli.session import Session, session
from pybuild.errors import PybuildError
from pybuild.progress import Silent

if TYPE_CHECKING:
    from pybuild.interpreter.model import Interpreter


@dataclass(frozen=True)
class Finding:
    """One line: `state` is "ok", "optional" (not there, but nothing needs it) or "missing"."""

    what: str
    state: str
    found: str
    hint: str = ""


def doctor(
    context: typer.Context,
    manifest: o.Manifest = None,
    profile: o.Profile = None,
    python: o.PythonOption = None,
    settings: o.Set = None,
    output_format: o.Format = o.OutputFormat.TEXT,
) -> None:
    """Look at compiler, headers, libpython, linker and launchers, and say what is missing."""
    with session(o.Output(format=output_format)) as current:
        request = o.make_request(context.obj.arguments, manifest=manifest, profile=profile)
        from pybuild.pipeline import find_interpreter

        cache = Cache.default()
        interpreter, options = find_interpreter(request, cache, Silent())
        findings = [*_own(cache), *_python(interpreter), *_compilers(options.cc, options.ldflags, interpreter, cache), *_programs()]
        _print(findings, current)
        if any(finding.state == "missing" for finding in findings):
            raise typer.Exit(1)


def _own(cache: Cache) -> Iterator[Finding]:
    yield Finding("pybuild", "ok", f"{__version__} on Python {platform.python_version()}, cache in {cache.root}")
    libc, version = platform.libc_ver()
    yield Finding("C library", "ok", f"{libc} {version}: results run where it is as new, or older if the summary of the build says so")


def _python(interpreter: Interpreter) -> Iterator[Finding]:
    from pybuild.link.python_library import find_headers, library_candidates

    version = ".".join(map(str, interpreter.version))
    yield Finding("Python to build for", "ok", f"{version}, {interpreter.executable} ({interpreter.chosen_by})")
    yield _try("headers", lambda: str(find_headers(interpreter).folders[0]))
    for kind in ("static", "shared"):
        finding = _try(f"libpython, {kind}", lambda kind=kind: str(library_candidates(interpreter, kind)[0].path))  # type: ignore[misc]
        yield finding if finding.state == "ok" else Finding(finding.what, "optional", finding.found, finding.hint)
    both = _try("libpython", lambda: str(library_candidates(interpreter, "auto")[0]))
    if both.state != "ok":
        yield both


def _compilers(cc: str, ldflags: tuple[str, ...], interpreter: Interpreter, cache: Cache) -> Iterator[Finding]:
    from pybuild.link.toolchain import find_toolchain

    def describe(name: str) -> str:
        toolchain = find_toolchain(name, cache, ldflags, interpreter.site_packages)
        linker = toolchain.linker
        version = ".".join(map(str, linker.version))
        return f"{toolchain}, {toolchain.path}, target {toolchain.target}; linker {linker.kind} {version}".rstrip()

    yield _try(f"C compiler ({cc})", lambda: describe(cc))
    for name in ("gcc", "clang", "zig"):
        if name != cc:
            finding = _try(name, lambda name=name: describe(name))  # type: ignore[misc]
            yield finding if finding.state == "ok" else Finding(name, "optional", "not found", finding.hint)


def _programs() -> Iterator[Finding]:
    from pybuild.link.launchers import KNOWN
    from pybuild.link.packages import install_hint
    from pybuild.link.probe import find_program, output_of

    for name in KNOWN:
        path = find_program(name)
        if path is None:
            yield Finding(name, "optional", "not found", install_hint(name))
        else:
            first = next(iter(output_of([str(path), "--version"])[1].splitlines()), "")
            yield Finding(name, "ok", f"{first.strip()}, {path}")
    strip = find_program("strip")
    yield Finding("strip", "ok", str(strip)) if strip else Finding("strip", "missing", "not found", install_hint("binutils"))


def _try(what: str, look: Callable[[], str]) -> Finding:
    """The finding of `look`, whose errors say what is missing and what to install."""
    try:
        return Finding(what, "ok", look())
    except PybuildError as error:
        first = error.diagnostics[0]
        return Finding(what, "missing", first.message, first.hint)


def _print(findings: list[Finding], current: Session) -> None:
    if current.output.json:
        current.data([vars(finding) for finding in findings])
        return
    width = max(len(finding.what) for finding in findings)
    marks = {"ok": "ok     ", "optional": "-      ", "missing": "MISSING"}
    for finding in findings:
        current.say(f"{marks[finding.state]} {finding.what:<{width}}  {finding.found}")
        if finding.hint and finding.state != "ok":
            current.say(f"{'':7} {'':<{width}}  {finding.hint}")

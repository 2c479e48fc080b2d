"""The flags of a compile and of a link, apart from the files' names.

Goes in: the plan's `[compiler]` options, the toolchain, the libpython.  Comes out: flags, which stand in the keys of what is made
with them; paths of this machine are kept out of them (they change from folder to folder and leave no trace in the result).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from pybuild.link import profile
from pybuild.link.dynamic_section import zig_run_path
from pybuild.link.python_library import PythonLibrary
from pybuild.link.toolchain import Toolchain
from pybuild.resolve.model import Mode, Plan

_OPTIMIZE = {"speed": ("-O2",), "size": ("-Os",), "debug": ("-O0", "-g")}
_RELR_GLIBC = (2, 36)  # the first glibc that relocates by DT_RELR


def compile_flags(plan: Plan, toolchain: Toolchain, static: bool, zstd: bool = False) -> tuple[str, ...]:
    """Flags of every compile; the user's cflags last, so that they win."""
    flags = [
        "-std=c11",
        *_OPTIMIZE[plan.compiler.optimize],
        "-fPIE",
        "-fwrapv",
        "-fvisibility=hidden",
        "-ffunction-sections",
        "-fdata-sections",
    ]
    flags += ["-DNDEBUG", f"-DPB_LIBPYTHON_STATIC={int(static)}", f"-DPB_ZSTD={int(zstd)}"]
    if toolchain.family == "zig":
        flags.append("-fno-sanitize=undefined")  # zig adds it to unoptimised C
    if toolchain.family == "gcc":
        flags.append("-gno-record-gcc-switches")
    if plan.compiler.lto:
        flags.append("-flto")
    if plan.compiler.count:
        flags.append("-DPB_COUNT=1")
    flags += profile.compile_flags(toolchain, plan.compiler.profile)
    return (*flags, *plan.compiler.cflags)


def limit_errors(toolchain: Toolchain) -> tuple[str, ...]:
    """No more messages than one reads; what is compiled does not depend on it."""
    return ("-fmax-errors=5",) if toolchain.family == "gcc" else ("-ferror-limit=5",)


def path_flags(source: Path, runtime: Path, include: Sequence[Path], project: Path) -> tuple[str, ...]:
    """Include folders, and the maps that keep the folders' names out of the object (of several that fit, compilers take the last)."""
    maps = {project: ".", source.parent: "src", runtime: "runtime_c"}
    maps.update(dict.fromkeys(include, "include"))
    return (*(f"-ffile-prefix-map={path}={name}" for path, name in maps.items()), *(f"-I{folder}" for folder in (runtime, *include)))


def link_flags(plan: Plan, toolchain: Toolchain, library: PythonLibrary, native: bool = False) -> tuple[str, ...]:
    """Flags of the link, before the objects; the user's ldflags are not among them (they come last: see `link_command`)."""
    flags = ["-pie" if library.pie else "-no-pie", "-rdynamic", "-Wl,--gc-sections", "-Wl,--as-needed", "-Wl,--build-id=none"]
    # zig binds everything at start unless told not to; its second hash table is needed (see dynamic_section.py)
    flags += ["-Wl,-z,lazy"] if toolchain.family == "zig" else ["-Wl,-O1", "-Wl,--hash-style=gnu"]
    if plan.compiler.lto:
        flags += ["-flto=auto" if toolchain.family == "gcc" else "-flto", *_OPTIMIZE[plan.compiler.optimize]]
    flags += profile.link_flags(plan.compiler.profile)
    if plan.compiler.optimize != "debug":
        flags.append("-s")
    if library.static and toolchain.family != "zig":
        # the wrapped function looks for pyvenv.cfg and the standard library, which is all known (see runtime_c/launcher/config.c)
        flags += [f"-Wl,-soname,{library.soname}", "-Wl,--wrap=_PyConfig_InitPathConfig"]
        if native:
            # frames are looked at through these: what is unboxed gets into its slot first (see runtime_c/native/frames.c)
            wrapped = ["_PyFrame_MakeAndSetFrameObject", "_PyFrame_FastToLocalsWithError", "PyFunction_New"]
            if plan.compiler.count:
                wrapped.append("_PyErr_CheckSignalsTstate")  # see runtime_c/native/counting.c
            flags += [f"-Wl,--wrap={name}" for name in wrapped]
    if library.pie and toolchain.linker.packs_relocations and allows_packed_relocations(plan.max_glibc):
        flags.append("-Wl,-z,pack-relative-relocs")
    run_path = run_path_of(plan, library)
    if toolchain.family == "zig" and library.static:
        run_path = zig_run_path(run_path, library.soname)
    if run_path:
        flags += [f"-Wl,-rpath,{run_path}", "-Wl,--disable-new-dtags"]
    return tuple(flags)


def run_path_of(plan: Plan, library: PythonLibrary) -> str:
    """Where the program's shared libraries are found: beside it (standalone), or where libpython is installed (accelerated)."""
    if plan.mode is Mode.STANDALONE:
        return "$ORIGIN/lib"
    return "" if library.static else str(library.path.parent)


def link_command(
    plan: Plan,
    toolchain: Toolchain,
    library: PythonLibrary,
    objects: Sequence[Path],
    output: Path,
    zstd: Sequence[str] = (),
    *,
    native: bool = False,
) -> tuple[str, ...]:
    """The whole command that links `objects`, libpython and the words `zstd` into `output`."""
    files = [str(path) for path in objects]
    return (
        *toolchain.command,
        *link_flags(plan, toolchain, library, native),
        *files,
        *_whole(library),
        *zstd,
        *library.libraries,
        *(("-lm",) if native else ()),
        *plan.compiler.ldflags,
        "-o",
        str(output),
    )


def _whole(library: PythonLibrary) -> tuple[str, ...]:
    """The library's words.  All of a static one: extension modules use functions of its API that nothing in it calls."""
    if not library.static:
        return (str(library.path),)
    return ("-Wl,--whole-archive", str(library.path), "-Wl,--no-whole-archive")


def host_glibc() -> tuple[int, ...]:
    """The glibc of this machine, () where the C library is another one."""
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):
        return ()
    return tuple(int(part) for part in version.split(".")) if name == "glibc" else ()


def allows_packed_relocations(max_glibc: str) -> bool:
    """Whether the result may need glibc 2.36: this machine's has to be, and `[linux] max-glibc` has to permit it."""
    allowed = tuple(int(part) for part in max_glibc.split(".")) if max_glibc else _RELR_GLIBC
    return min(allowed, host_glibc()) >= _RELR_GLIBC

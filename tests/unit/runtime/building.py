"""Building small programs for the runtime's tests without the rest of pybuild: gcc, a target Python, and `pybuild.package.payload`.

Goes in: source texts by file name, entry points, an interpreter.  Comes out: an executable.  The launcher is compiled once for
each (Python, static or shared), and the standard library is marshalled once for each Python; both are kept in a folder that the
whole test session shares, so that a program costs a subprocess for its own modules and one file write.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledModule
from pybuild.package.packing import pack
from pybuild.package.payload import SUPPORT_MODULES, Payload, PayloadEntry, PayloadModule, write_payload
from pybuild.resolve.model import PythonFlags
from pybuild.resources import folder

SUPPORTED = ("3.11", "3.12", "3.13")
WARNINGS = ("-std=c11", "-Wall", "-Wextra", "-Werror")
ZSTD = ("-DPB_ZSTD=1", "-Wl,-u,ZSTD_createDCtx,-u,ZSTD_decompressDCtx,-u,ZSTD_getFrameContentSize", "-l:libzstd.a")
HELPER = Path(__file__).with_name("marshaller.py")


@dataclass(frozen=True)
class Target:
    """An interpreter that programs are built for."""

    executable: Path
    version: str
    include: Path
    library_dir: Path
    config_dir: Path
    stdlib: Path
    dynload: Path
    prefix: Path
    libraries: tuple[str, ...]  # the -l flags that a static libpython needs

    @property
    def static_library(self) -> Path:
        """The library that fits a position independent program: Debian has one of its own for that."""
        independent = self.config_dir / f"libpython{self.version}-pic.a"
        return independent if independent.exists() else self.config_dir / f"libpython{self.version}.a"

    @property
    def shared_library(self) -> Path:
        return self.library_dir / f"libpython{self.version}.so.1.0"


_DESCRIBE = """
import json, sys, sysconfig
get = sysconfig.get_config_var
print(json.dumps({"executable": sys.executable, "version": get("VERSION"), "include": sysconfig.get_path("include"),
 "library_dir": get("LIBDIR"), "config_dir": get("LIBPL"), "stdlib": sysconfig.get_path("stdlib"),
 "dynload": get("DESTSHARED"), "prefix": sys.base_prefix,
 "libraries": [word for name in ("LIBS", "SYSLIBS", "MODLIBS") for word in (get(name) or "").split() if word.startswith("-l")]}))
"""


@cache
def find_targets() -> tuple[Target, ...]:
    """Each supported version once: pyenv's, else the PATH's.  Those without headers are left out."""
    candidates = [path for version in SUPPORTED for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))]
    candidates += [Path(found) for version in SUPPORTED if (found := shutil.which(f"python{version}"))]
    targets: dict[str, Target] = {}
    for candidate in candidates:
        ran = subprocess.run([candidate, "-I", "-S", "-c", _DESCRIBE], capture_output=True, text=True)
        if ran.returncode != 0:
            continue
        fields = json.loads(ran.stdout)
        version, libraries = fields.pop("version"), tuple(dict.fromkeys(fields.pop("libraries")))
        target = Target(version=version, libraries=libraries, **{name: Path(value) for name, value in fields.items()})
        if target.version not in targets and (target.include / "Python.h").exists():
            targets[target.version] = target
    return tuple(targets[version] for version in sorted(targets))


@cache
def work_dir() -> Path:
    """Where launchers and marshalled modules are kept: by content, so that runs of the tests share it."""
    path = Path(tempfile.gettempdir()) / f"pybuild-runtime-tests-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _digest(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=10).hexdigest()


@cache
def launcher(target: Target, libpython: str = "static", cc: tuple[str, ...] = ("gcc",), options: tuple[str, ...] = ()) -> Path:
    """The linked launcher without a payload; `libpython` is "static" or "shared"."""
    runtime = folder("runtime_c")
    files = sorted(path for path in runtime.rglob("*") if path.suffix in (".c", ".h"))
    key = _digest(target, libpython, cc, options, [path.read_bytes() for path in files])
    result = work_dir() / f"launcher-{key}"
    if result.exists():
        return result
    objects = work_dir() / f"objects-{key}-{os.getpid()}"
    objects.mkdir()
    compile_options = [
        "-O2",
        "-fPIE",
        "-fwrapv",
        "-fvisibility=hidden",
        "-ffunction-sections",
        "-fdata-sections",
        "-DNDEBUG",
        *WARNINGS,
        f"-I{runtime}",
        f"-I{target.include}",
        f"-DPB_LIBPYTHON_STATIC={int(libpython == 'static')}",
    ]
    sources = [runtime / part / "all.c" for part in ("launcher", "importer")]  # which include the other files of their folders
    for source in sources:
        subprocess.run([*cc, *compile_options, *options, "-c", source, "-o", objects / f"{source.parent.name}-{source.stem}.o"], check=True)
    if libpython == "static":
        python = [
            "-Wl,--whole-archive",
            target.static_library,
            "-Wl,--no-whole-archive",
            "-Wl,--wrap=_PyConfig_InitPathConfig",
            *target.libraries,
        ]
    else:
        python = [target.shared_library, f"-Wl,-rpath,{target.library_dir}"]
    link = ["-pie", "-Wl,--gc-sections", *options, *sorted(objects.glob("*.o")), *python, "-rdynamic", "-ldl", "-lm", "-lpthread", "-lutil"]
    strip = [] if options or os.environ.get("PB_KEEP_SYMBOLS") else ["-s"]
    pack = ["-Wl,-z,pack-relative-relocs"] if cc == ("gcc",) else []
    subprocess.run([*cc, *link, *strip, *pack, "-o", f"{result}-{os.getpid()}"], check=True)
    Path(f"{result}-{os.getpid()}").rename(result)
    shutil.rmtree(objects)
    return result


def marshal_modules(target: Target, requests: Sequence[tuple[str, Path]], *, optimize: int = 0) -> Path:
    """Compile (co_filename, source) pairs in `target`; the result is a folder with `N` for request N."""
    contents = [(name, hashlib.blake2b(path.read_bytes()).hexdigest()) for name, path in requests]
    result = work_dir() / f"code-{_digest(target, optimize, contents, HELPER.read_bytes())}"
    if not result.exists():
        beside = Path(f"{result}-{os.getpid()}")
        beside.mkdir()
        listing = json.dumps([[name, str(path)] for name, path in requests])
        subprocess.run([target.executable, "-I", "-S", HELPER, beside, str(optimize)], input=listing, text=True, check=True)
        try:
            beside.rename(result)
        except OSError:  # another test process was faster
            shutil.rmtree(beside)
    return result


_LEFT_OUT = {
    "test",
    "idlelib",
    "tkinter",
    "turtledemo",
    "lib2to3",
    "ensurepip",
    "distutils",
    "site-packages",
    "__pycache__",
    "lib-dynload",
    "tests",
    "idle_test",
}


@cache
def standard_library(target: Target, optimize: int = 0) -> tuple[PayloadModule, ...]:
    """Every module of the standard library but the rarest, and its extension modules (as files of the installation)."""
    sources = sorted(path for path in target.stdlib.rglob("*.py") if not _LEFT_OUT.intersection(path.relative_to(target.stdlib).parts))
    sources = [path for path in sources if not path.parent.name.startswith("config-")]
    support = [folder("runtime_py") / f"{name}.py" for name in SUPPORT_MODULES]
    requests = [(str(path.relative_to(target.stdlib)), path) for path in sources] + [(path.name, path) for path in support]
    code = marshal_modules(target, requests, optimize=optimize)
    modules = [source_module(name, code / str(number)) for number, (name, _) in enumerate(requests)]
    for path in sorted(target.dynload.glob("*.so")):
        modules.append(PayloadModule(path.name.split(".")[0], path.name, str(target.dynload), extension=True))
    return tuple(modules)


def source_module(relative: str, code: Path, *, source: bytes | None = None, root: str = "", script: bool = False) -> PayloadModule:
    """The payload's module for the source at `relative`, whose marshalled code is the file `code`."""
    path = Path(relative)
    parts = path.parent.parts if path.name == "__init__.py" else path.with_suffix("").parts
    name = f"@{relative}" if script else ".".join(parts)
    compiled = CompiledModule(name, code, 0, code.stat().st_size)
    return PayloadModule(name, relative, root, is_package=path.name == "__init__.py", code=compiled, source=source)


@dataclass(frozen=True)
class Program:
    """What a test writes down: `files` are first-party modules and data below the project, `entries` run them."""

    files: Mapping[str, str | bytes]
    entries: Sequence[PayloadEntry]
    flags: PythonFlags = field(default_factory=PythonFlags)
    keep_source: bool = False
    mode: str = "standalone"
    roots: tuple[str, ...] = ()  # source roots below the project, for sys.path when accelerated
    namespaces: tuple[str, ...] = ()
    distributions: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    entry_override: bool = True
    packed: bool = False  # the payload is compressed
    only: tuple[str, ...] | None = None  # of the standard library; None for all of it


def script(name: str, *, default: bool = True, aliases: tuple[str, ...] = ()) -> PayloadEntry:
    """The entry point for the script `name`, called by its stem."""
    return PayloadEntry(Path(name).stem, aliases, default, "script", f"@{name}")


def build(target: Target, program: Program, where: Path, *, libpython: str = "static", base: Path | None = None) -> Path:
    """Write the program's executable into the folder `where` (and its data files, when standalone).  Returns its path.

    The sources lie in `where`/../source: that is what accelerated programs and CPython itself use.
    """
    source_dir = where.parent / "source"
    for name, content in program.files.items():
        path = source_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    optimize = int(program.flags.no_asserts) + (program.flags.no_asserts and program.flags.no_docstrings)
    names = [name for name in program.files if name.endswith(".py")]
    code = marshal_modules(target, [(name, source_dir / name) for name in names], optimize=optimize)
    standalone = program.mode == "standalone"
    scripts = {entry.module for entry in program.entries if entry.kind == "script"}
    modules = []
    for number, name in enumerate(names):
        source = (source_dir / name).read_bytes() if program.keep_source else None
        module = source_module(
            name, code / str(number), source=source, root="" if standalone else str(source_dir), script=f"@{name}" in scripts
        )
        modules.append(replace(module, first_party=True))
    modules += [
        PayloadModule(name, name.replace(".", "/"), "" if standalone else str(source_dir), is_package=True, is_namespace=True)
        for name in program.namespaces
    ]
    stdlib = standard_library(target, optimize)
    if not standalone:
        stdlib = tuple(module for module in stdlib if module.name in SUPPORT_MODULES)
    elif program.only is not None:
        stdlib = tuple(module for module in stdlib if module.name in program.only)
    payload = Payload(
        mode=program.mode,
        product_name="demo",
        product_version="1.2.3",
        pybuild_version="0.0.test",
        flags=program.flags,
        entries=tuple(program.entries),
        modules=(*modules, *stdlib),
        distributions=program.distributions,
        entry_override=program.entry_override,
    )
    if not standalone:
        installed = (*(str(source_dir / root) for root in program.roots), str(target.stdlib), str(target.dynload))
        payload = replace(
            payload, prefix=str(target.prefix), base_prefix=str(target.prefix), stdlib_dir=str(target.stdlib), sys_path=installed
        )
    where.mkdir(parents=True, exist_ok=True)
    default = next((entry for entry in program.entries if entry.default), program.entries[0])
    result = where / default.name
    shutil.copyfile(base or launcher(target, libpython, options=ZSTD if program.packed else ()), result)
    with result.open("r+b") as stream:
        stream.seek(0, os.SEEK_END)
        write_payload(stream, payload, (lambda blobs: pack(blobs, Cache(work_dir()), 2)) if program.packed else None)
    result.chmod(0o755)
    for entry in program.entries:
        for name in (entry.name, *entry.aliases):
            if not (where / name).exists():
                (where / name).symlink_to(result.name)
    if standalone:
        for name, content in program.files.items():
            if not name.endswith(".py"):
                path = where / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
    return result


if __name__ == "__main__":  # python building.py VERSION static|shared SCRIPT OUTPUT_DIR: for trying things by hand
    chosen = next(target for target in find_targets() if target.version == sys.argv[1])
    script_path = Path(sys.argv[3])
    made = build(
        chosen, Program({script_path.name: script_path.read_bytes()}, [script(script_path.name)]), Path(sys.argv[4]), libpython=sys.argv[2]
    )
    print(made)

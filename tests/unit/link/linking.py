"""What the tests of the link stage share: the Pythons of this machine, plans, and a runtime of a few lines.

The small runtime is a `main` that runs Python as `python` would, so that a test sees at once whether the linked program works, and
compiles in a tenth of a second.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pybuild.cache import Cache
from pybuild.compiler.model import CompiledProgram
from pybuild.interpreter.model import Interpreter
from pybuild.link.build import link_with
from pybuild.link.model import Executable
from pybuild.link.toolchain import find_toolchain
from pybuild.progress import Progress, Silent
from pybuild.resolve.model import CompilerOptions, Mode, ModuleSelection, Plan, Product, PythonFlags

SUPPORTED = ("3.11", "3.12", "3.13")

_DESCRIBE = """
import importlib.util, json, sys, sysconfig
config = {name: str(value) for name, value in sysconfig.get_config_vars().items() if isinstance(value, (str, int))}
print(json.dumps({"executable": sys.executable, "version": sys.version_info[:3], "cache_tag": sys.implementation.cache_tag,
 "magic": importlib.util.MAGIC_NUMBER.hex(), "prefix": sys.base_prefix, "stdlib": sysconfig.get_path("stdlib"), "config": config}))
"""

MAIN = """\
#include <Python.h>
#include "launcher/greeting.h"

#if PB_LIBPYTHON_STATIC /* --wrap leads here; weak, because not every linker knows it */
__attribute__((weak)) PyStatus __real__PyConfig_InitPathConfig(PyConfig *config, int compute_path_config);
PyStatus __wrap__PyConfig_InitPathConfig(PyConfig *config, int compute_path_config);

PyStatus __wrap__PyConfig_InitPathConfig(PyConfig *config, int compute_path_config) {
    return __real__PyConfig_InitPathConfig(config, compute_path_config);
}
#endif

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "%s, static: %d\\n", PB_GREETING, PB_LIBPYTHON_STATIC);
        return 3;
    }
    return Py_BytesMain(argc, argv);
}
"""


@cache
def pythons() -> dict[str, Interpreter]:
    """One interpreter with headers for each supported version: pyenv's, the PATH's, or the one that runs the tests."""
    candidates = [path for version in SUPPORTED for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))]
    candidates += [Path(found) for version in SUPPORTED if (found := shutil.which(f"python{version}"))]
    found: dict[str, Interpreter] = {}
    for candidate in [*candidates, Path(sys.executable)]:
        done = subprocess.run([candidate, "-I", "-c", _DESCRIBE], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            interpreter = _interpreter(json.loads(done.stdout))
            if (Path(interpreter.config["INCLUDEPY"]) / "Python.h").is_file():
                found.setdefault(interpreter.short_version, interpreter)
    return {version: found[version] for version in SUPPORTED if version in found}


def any_python() -> Interpreter:
    """The first one, for tests that do not depend on the version."""
    return next(iter(pythons().values()))


def _interpreter(fields: dict[str, Any]) -> Interpreter:
    executable, prefix, stdlib = (Path(fields[name]) for name in ("executable", "prefix", "stdlib"))
    config = fields["config"]
    return Interpreter(
        executable=executable,
        base_executable=executable,
        chosen_by="test",
        version=tuple(fields["version"]),
        cache_tag=fields["cache_tag"],
        magic=fields["magic"],
        soabi=config["SOABI"],
        extension_suffixes=(config["EXT_SUFFIX"],),
        multiarch=config.get("MULTIARCH", ""),
        prefix=prefix,
        base_prefix=prefix,
        stdlib=stdlib,
        platstdlib=stdlib,
        dynload=stdlib / "lib-dynload",
        site_packages=(),
        sys_path=(),
        builtin_modules=(),
        frozen_modules=(),
        stdlib_modules=(),
        config=config,
        markers={},
        identity=str(executable),
    )


def make_plan(
    folder: Path,
    interpreter: Interpreter | None = None,
    *,
    mode: Mode = Mode.STANDALONE,
    libpython: str = "auto",
    max_glibc: str = "",
    compiler: CompilerOptions | None = None,
) -> Plan:
    """A plan as the link stage needs it; gcc where nothing else is said."""
    return Plan(
        product=Product("test"),
        mode=mode,
        name="test",
        executable_name="test",
        output_dir=folder / "dist",
        project_dir=folder,
        manifest_path=None,
        source_roots=(folder,),
        script_dirs=(),
        entry_points=(),
        interpreter=interpreter or any_python(),
        libpython=libpython,
        python_flags=PythonFlags(),
        keep_source=False,
        modules=ModuleSelection(),
        data=(),
        libraries=(),
        compiler=compiler or CompilerOptions(cc="gcc", jobs=2),
        max_glibc=max_glibc,
    )


def with_compiler(plan: Plan, **options: Any) -> Plan:
    """`plan` with other `[compiler]` options."""
    return replace(plan, compiler=replace(plan.compiler, **options))


def small_runtime(folder: Path, greeting: str = "hello") -> Path:
    """A runtime of two C files and a header."""
    runtime = folder / "small_runtime"
    for part in ("launcher", "importer"):
        (runtime / part).mkdir(parents=True)
    (runtime / "launcher/main.c").write_text(MAIN)
    (runtime / "launcher/greeting.h").write_text(f'#define PB_GREETING "{greeting}"\n')
    (runtime / "importer/other.c").write_text("int pb_other(void);\nint pb_other(void) {\n    return 1;\n}\n")
    return runtime


def link(runtime: Path, plan: Plan, cache: Cache, progress: Progress | None = None, c_sources: tuple[Path, ...] = ()) -> Executable:
    """Link `plan` with the C of `runtime`."""
    return link_with(runtime, plan, CompiledProgram({}, c_sources), cache, progress or Silent())


def run(executable: Executable, *arguments: str, interpreter: Interpreter | None = None) -> subprocess.CompletedProcess[str]:
    """Start the program; with `interpreter` its standard library is found as by PYTHONHOME, and its libpython where it is installed."""
    environment = dict(os.environ)
    if interpreter is not None:
        environment["PYTHONHOME"] = str(interpreter.base_prefix)
        if executable.libpython is not None:
            environment["LD_LIBRARY_PATH"] = str(executable.libpython.parent)
    return subprocess.run([executable.path, *arguments], capture_output=True, text=True, env=environment, check=False)


@cache
def has_compiler(name: str) -> bool:
    """Whether `[compiler] cc = NAME` finds one here."""
    from pybuild.errors import UserError

    try:
        find_toolchain(name, Cache(Path(os.devnull)))
    except UserError:
        return False
    return True


def dynamic_tags(path: Path) -> dict[str, list[Any]]:
    """The dynamic section: tag name → values, strings resolved."""
    from elftools.elf.dynamic import DynamicSection
    from elftools.elf.elffile import ELFFile

    tags: dict[str, list[Any]] = {}
    with path.open("rb") as stream:
        section = ELFFile(stream).get_section_by_name(".dynamic")
        assert isinstance(section, DynamicSection)
        for tag in section.iter_tags():
            name = tag.entry.d_tag
            text = next((getattr(tag, field) for field in ("needed", "soname", "rpath", "runpath") if hasattr(tag, field)), None)
            tags.setdefault(name, []).append(tag.entry.d_val if text is None else text)
    return tags


def exported_names(path: Path) -> set[str]:
    """Names that a file defines in its dynamic symbol table."""
    from elftools.elf.elffile import ELFFile
    from elftools.elf.sections import SymbolTableSection

    with path.open("rb") as stream:
        section = ELFFile(stream).get_section_by_name(".dynsym")
        assert isinstance(section, SymbolTableSection)
        return {symbol.name for symbol in section.iter_symbols() if symbol["st_shndx"] != "SHN_UNDEF"}

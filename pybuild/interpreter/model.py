"""The interpreter that is built for, as a frozen value: everything later stages need to know of it without asking again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)  # the Pythons that can be built for


@dataclass(frozen=True)
class Interpreter:
    """One CPython, described by a worker that runs in it (`pybuild.interpreter.describe`)."""

    executable: Path  # as found: may be a venv's bin/python
    base_executable: Path  # the real program: sys.base_prefix/bin/python3.X where it exists
    chosen_by: str  # "--python", "[build] python", "$VIRTUAL_ENV", ".venv beside the manifest", "pybuild's own"
    version: tuple[int, int, int]
    cache_tag: str  # "cpython-311"
    magic: str  # importlib.util.MAGIC_NUMBER in hex
    soabi: str
    extension_suffixes: tuple[str, ...]
    multiarch: str
    prefix: Path
    base_prefix: Path
    stdlib: Path
    platstdlib: Path
    dynload: Path  # lib-dynload
    site_packages: tuple[Path, ...]  # purelib/platlib of the interpreter and of a venv
    sys_path: tuple[str, ...]  # with site run: .pth files and editable installs applied, without the script's folder
    builtin_modules: tuple[str, ...]
    frozen_modules: tuple[str, ...]
    stdlib_modules: tuple[str, ...]  # sys.stdlib_module_names
    # sysconfig variables: INCLUDEPY, CONFINCLUDEPY, LIBPL, LIBDIR, LIBRARY, LDLIBRARY, INSTSONAME, LIBS, SYSLIBS, MODLIBS,
    # Py_ENABLE_SHARED, CC, MULTIARCH ...; SYSCONFIGDATA is the name of the module they come from
    config: Mapping[str, str]
    markers: Mapping[str, str]  # the PEP 508 environment of this interpreter
    # digest of what of the above compiled code and objects depend on (version, magic, soabi, executable's path+mtime+size)
    identity: str

    @property
    def short_version(self) -> str:
        """`3.11`."""
        return f"{self.version[0]}.{self.version[1]}"

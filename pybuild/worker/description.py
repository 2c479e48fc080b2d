"""Operation `describe`: everything about this interpreter that the parent needs to know without asking again."""

# ruff: noqa: PTH119
# (plain strings: this runs for every module)

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import platform
import site
import sys
import sysconfig
from typing import Any

_CONFIG = [
    "AR",
    "ARFLAGS",
    "CC",
    "CCSHARED",
    "CFLAGS",
    "CONFIG_ARGS",
    "CONFINCLUDEPY",
    "DESTSHARED",
    "EXT_SUFFIX",
    "HOST_GNU_TYPE",
    "INCLUDEPY",
    "INSTSONAME",
    "LDFLAGS",
    "LDLIBRARY",
    "LDVERSION",
    "LIBDIR",
    "LIBFFI_LIBS",
    "LIBM",
    "LIBPC",
    "LIBPL",
    "LIBRARY",
    "LIBS",
    "LINKFORSHARED",
    "MODLIBS",
    "MULTIARCH",
    "OPT",
    "PLATLIBDIR",
    "PYTHONFRAMEWORK",
    "Py_DEBUG",
    "Py_ENABLE_SHARED",
    "Py_GIL_DISABLED",
    "SHLIBS",
    "SOABI",
    "SYSLIBS",
    "VERSION",
    "abs_builddir",
    "abs_srcdir",
    "installed_base",
    "prefix",
    "srcdir",
]


def describe(header: dict[str, Any], blobs: list[bytes]) -> dict[str, Any]:
    """The interpreter as plain data; paths as the interpreter gives them."""
    version = sys.version_info
    variables = sysconfig.get_config_vars()
    paths = sysconfig.get_paths()
    return {
        "implementation": sys.implementation.name,
        "version": list(version[:3]),
        "cache_tag": sys.implementation.cache_tag,
        "magic": importlib.util.MAGIC_NUMBER.hex(),
        "soabi": variables.get("SOABI") or "",
        "extension_suffixes": importlib.machinery.EXTENSION_SUFFIXES,
        "multiarch": variables.get("MULTIARCH") or getattr(sys.implementation, "_multiarch", ""),
        "executable": sys.executable,
        "base_executable": getattr(sys, "_base_executable", "") or sys.executable,
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "stdlib": paths["stdlib"],
        "platstdlib": sysconfig.get_path("platstdlib", vars={"platbase": sys.base_exec_prefix}),  # a venv has none of its own
        "dynload": next((entry for entry in sys.path if os.path.basename(entry) == "lib-dynload"), variables.get("DESTSHARED") or ""),
        "site_packages": _site_packages(paths),
        "sys_path": [entry for entry in sys.path if entry],
        "builtin_modules": sorted(sys.builtin_module_names),
        "frozen_modules": _frozen(),
        "stdlib_modules": sorted(sys.stdlib_module_names),
        "config": {name: str(variables[name]) for name in _CONFIG if variables.get(name) is not None},
        "sysconfigdata": _sysconfigdata(),
        "markers": _markers(),
        "gil": not variables.get("Py_GIL_DISABLED"),
    }


def _site_packages(paths: dict[str, str]) -> list[str]:
    folders = [*site.getsitepackages(), paths["purelib"], paths["platlib"]]
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return [folder for folder in dict.fromkeys(folders) if folder in sys.path]


def _frozen() -> list[str]:
    import _imp

    names = getattr(_imp, "_frozen_module_names", None)
    return sorted(names()) if names is not None else []


def _sysconfigdata() -> str:
    name = getattr(sysconfig, "_get_sysconfigdata_name", None)
    return name() if name is not None else ""


def _markers() -> dict[str, str]:
    """The environment of PEP 508."""
    version = f"{sys.implementation.version.major}.{sys.implementation.version.minor}.{sys.implementation.version.micro}"
    if (kind := sys.implementation.version.releaselevel) != "final":
        version += kind[0] + str(sys.implementation.version.serial)
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": version,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "platform_python_implementation": platform.python_implementation(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }

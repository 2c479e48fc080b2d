"""Names of distribution packages: what to install when a compiler, headers or a library are missing.

Goes in: what is missing.  Comes out: one line, with the command of this machine's package manager when `/etc/os-release` tells
which it is, else with those of all four families.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

_INSTALL = {"apt": "apt install", "dnf": "dnf install", "apk": "apk add", "pacman": "pacman -S"}
_FAMILIES = {
    "debian": "apt",
    "ubuntu": "apt",
    "fedora": "dnf",
    "rhel": "dnf",
    "centos": "dnf",
    "suse": "dnf",
    "alpine": "apk",
    "arch": "pacman",
}

# what is missing → package manager → package; {v} is the Python's short version
_PACKAGES: Mapping[str, Mapping[str, str]] = {
    "gcc": {"apt": "gcc libc6-dev", "dnf": "gcc", "apk": "gcc musl-dev", "pacman": "gcc"},
    "clang": {"apt": "clang", "dnf": "clang", "apk": "clang musl-dev", "pacman": "clang"},
    "headers": {"apt": "python{v}-dev", "dnf": "python{v}-devel", "apk": "python3-dev", "pacman": "python"},
    "libpython-static": {"apt": "libpython{v}-dev", "dnf": "python{v}-static", "apk": "python3-dev", "pacman": "python"},
    "libpython-shared": {"apt": "libpython{v}", "dnf": "python{v}-libs", "apk": "python3", "pacman": "python"},
    "binutils": {"apt": "binutils", "dnf": "binutils", "apk": "binutils", "pacman": "binutils"},
    "ccache": {"apt": "ccache", "dnf": "ccache", "apk": "ccache", "pacman": "ccache"},
    "sccache": {"apt": "sccache", "dnf": "sccache", "apk": "sccache", "pacman": "sccache"},
    "distcc": {"apt": "distcc", "dnf": "distcc", "apk": "distcc", "pacman": "distcc"},
    "icecc": {"apt": "icecc", "dnf": "icecream", "apk": "icecream", "pacman": "icecream"},
    "mold": {"apt": "mold", "dnf": "mold", "apk": "mold", "pacman": "mold"},
    "lld": {"apt": "lld", "dnf": "lld", "apk": "lld", "pacman": "lld"},
    "llvm": {"apt": "llvm", "dnf": "llvm", "apk": "llvm", "pacman": "llvm"},
    "patchelf": {"apt": "patchelf", "dnf": "patchelf", "apk": "patchelf", "pacman": "patchelf"},
    "libzstd": {"apt": "libzstd-dev", "dnf": "libzstd-devel libzstd-static", "apk": "zstd-dev zstd-static", "pacman": "zstd"},
    "pkg-config": {"apt": "pkg-config", "dnf": "pkgconf-pkg-config", "apk": "pkgconf", "pacman": "pkgconf"},
}


def package_manager(os_release: Path = Path("/etc/os-release")) -> str:
    """ "apt", "dnf", "apk" or "pacman" as `os_release` tells, or "" when it names another system or cannot be read."""
    try:
        lines = os_release.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    names = [fields.get("ID", ""), *fields.get("ID_LIKE", "").strip("\"'").split()]
    return next((_FAMILIES[name] for name in (n.strip("\"'") for n in names) if name in _FAMILIES), "")


def install_hint(missing: str, python_version: str = "", manager: str | None = None) -> str:
    """How to install `missing` (a key of the table above); `manager` overrides what this machine is."""
    names = _PACKAGES[missing]
    here = package_manager() if manager is None else manager
    chosen = [here] if here in names else list(names)
    return "install it: " + ", or ".join(f"{_INSTALL[m]} {names[m].format(v=python_version)}" for m in chosen)


def meant(text: str, known: Sequence[str]) -> str:
    """The beginning of a hint that names the one of `known` that `text` looks like; empty when it looks like none."""
    import difflib

    near = difflib.get_close_matches(text, known, n=1)
    return f'did you mean "{near[0]}"? Otherwise ' if near else ""

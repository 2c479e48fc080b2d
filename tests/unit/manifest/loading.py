"""What the tests of the manifest share: a manifest written, loaded and merged for a Linux machine with Python 3.11."""

from __future__ import annotations

from pathlib import Path

from pybuild.manifest import LoadedManifest, MergedManifest, load_manifest
from pybuild.request import Setting

LINUX = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_machine": "x86_64",
    "platform_system": "Linux",
    "platform_python_implementation": "CPython",
    "python_version": "3.11",
    "python_full_version": "3.11.7",
    "implementation_name": "cpython",
    "implementation_version": "3.11.7",
}

ENTRY = '[[entry-point]]\nname = "acme"\nrun = "acme.cli:main"\n'


def load(folder: Path, text: str, **files: str) -> LoadedManifest:
    """Write pybuild.toml and other files (`pyproject` for pyproject.toml) to `folder`, and load the manifest."""
    (folder / "pybuild.toml").write_text(text)
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content)
    return load_manifest(folder / "pybuild.toml")


def merge(folder: Path, text: str, *sets: str, profile: str | None = None, markers: dict[str, str] | None = None) -> MergedManifest:
    """The manifest `text`, with an entry point added, merged for Linux, a profile and `--set`s."""
    return load(folder, text + "\n" + ENTRY).merge({**LINUX, **(markers or {})}, profile, settings(*sets))


def settings(*sets: str) -> list[Setting]:
    """`KEY=VALUE` as `--set` gives it."""
    return [Setting(*text.partition("=")[::2], "--set") for text in sets]

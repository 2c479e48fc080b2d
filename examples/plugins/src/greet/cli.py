"""The command line: all plug-ins, or the modules of the package that are named."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution, entry_points, version


def main() -> int:
    """Greet; returns the exit status."""
    names = sys.argv[1:]
    if names == ["--versions"]:
        for name in ("greet", "greet-german", "greet-klingon"):
            try:
                print(name, version(name), distribution(name).metadata["Summary"])
            except PackageNotFoundError:
                print(name, "is not installed")
        return 0
    if names:
        for name in names:
            print(import_module(f"greet.languages.{name}").hello("you"))
        return 0
    for entry in sorted(entry_points(group="greet.languages"), key=lambda entry: entry.name):
        print(f"{entry.name} ({entry.value}): {entry.load()('you')}")
    return 0

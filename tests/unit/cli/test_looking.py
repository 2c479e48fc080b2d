"""What a name means to `tree` and `why`: an entry point or alias, a module, a script; or nothing, and what is near."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pybuild.cli.looking import Looked, nearest_names, nodes_called
from pybuild.graph.model import Module, ModuleGraph, ModuleKind, Party
from pybuild.resolve.model import EntryKind, EntryPoint


def looked(nodes: list[str], *points: EntryPoint) -> Looked:
    modules = {name: Module(name, ModuleKind.SOURCE, Party.FIRST, False, None, f"{name}.py") for name in nodes}
    return Looked(cast("Any", SimpleNamespace(entry_points=points)), ModuleGraph(modules, (), (), {}))


def entry(name: str, module: str, *aliases: str) -> EntryPoint:
    script = Path(module[1:]) if module.startswith("@") else None
    kind = EntryKind.SCRIPT if script else EntryKind.FUNCTION
    return EntryPoint(name, aliases, False, kind, module, "" if script else "main", script, module[1:] if script else "", "pybuild.toml:1")


PROGRAM = looked(
    ["acme", "acme.cli", "json", "@my tool.py", "@json"],
    entry("acme", "acme.cli", "ac", "me"),
    entry("my-tool", "@my tool.py"),
    entry("lost", "not.there"),
)


@pytest.mark.parametrize(
    ("name", "nodes"),
    [
        ("acme", ["acme.cli", "acme"]),  # the entry point, then the package
        ("me", ["acme.cli"]),
        ("acme.cli", ["acme.cli"]),
        ("my-tool", ["@my tool.py"]),
        ("my tool.py", ["@my tool.py"]),
        ("json", ["json", "@json"]),
        ("lost", []),
        ("os", []),
    ],
)
def test_what_a_name_means(name: str, nodes: list[str]) -> None:
    assert nodes_called(name, PROGRAM) == nodes


def test_near_names() -> None:
    assert nearest_names("my-tol", PROGRAM) == "did you mean my-tool or my tool.py?"
    assert nearest_names("acme.cly", PROGRAM).startswith("did you mean acme.cli")
    assert "pybuild tree" in nearest_names("xyzzy", PROGRAM)

"""Which modules become native, and what is said of patterns and records that make none so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.compiler.support import python311
from tests.end_to_end.conftest import pybuild, shared
from tests.end_to_end.support import Pybuild, Ran
from tests.unit.hints.records import function, write

__all__ = ["pybuild", "shared"]

MANIFEST = """\
[build]
mode = "{mode}"
[[entry-point]]
name = "app"
run = "app.py"
[modules]
{modules}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text("import textwrap\nimport helper\nimport _struct\n\n\ndef f():\n    pass\n\n\nf()\n")
    (tmp_path / "helper.py").write_text("def g():\n    pass\n")
    return tmp_path


def build(pybuild: Pybuild, project: Path, modules: str, *words: str | Path, mode: str = "accelerated") -> Ran:
    (project / "pybuild.toml").write_text(MANIFEST.format(mode=mode, modules=modules))
    ran = pybuild("build", "--python", python311(), *words, folder=project)
    assert ran.status == 0, ran.err
    return ran


def test_others_modules_of_an_accelerated_program_are_warned_of_at_their_place(pybuild: Pybuild, project: Path) -> None:
    ran = build(pybuild, project, 'native = ["helper", "textwrap"]')
    assert "warning: `native`: 'textwrap' stays as it is: it is stdlib, and an accelerated program takes those" in ran.err
    assert "pybuild.toml:7:21" in ran.err
    assert 'mode = "standalone"' in ran.err
    assert "1 function native" in ran.out
    again = build(pybuild, project, 'native = ["helper", "textwrap"]')  # nothing changed: it is still so
    assert "'textwrap' stays as it is" in again.err


def test_standalone_programs_have_native_code_of_others(pybuild: Pybuild, project: Path) -> None:
    ran = build(pybuild, project, 'native = ["textwrap"]', mode="standalone")
    assert "warning" not in ran.err
    assert "native beside the first party: textwrap: " in ran.out


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ('native = ["helpr"]', ["`native` names 'helpr', but the program has no such module", "did you mean 'helper'?"]),
        ('native = ["nothing.at.all"]', ["the program has no such module", "pybuild tree"]),
        ('native = ["_struct"]', ["'_struct' stays as it is: it is machine code already"]),
        ('native = ["helper"]\nbytecode = ["**.helper"]', ["'helper' stays as it is: `bytecode` names it, too"]),
        ('native = ["**.textwrap"]', ["nothing that '**.textwrap' stands for becomes native; textwrap for example stays: it is stdlib"]),
    ],
)
def test_patterns_that_lead_to_nothing(pybuild: Pybuild, project: Path, modules: str, said: list[str]) -> None:
    ran = build(pybuild, project, modules)
    for part in said:
        assert part in ran.err


@pytest.mark.parametrize("modules", ["native = []", 'native = ["**"]', "", 'bytecode = ["helper"]'])
def test_patterns_that_lead_to_something_are_not_told_of(pybuild: Pybuild, project: Path, modules: str) -> None:
    assert "warning" not in build(pybuild, project, modules).err


def test_records_of_another_program_are_warned_of(pybuild: Pybuild, project: Path) -> None:
    hints = write(project / "other.json", function("main", module="acme.cli"), function("run", module="acme.engine"))
    ran = build(pybuild, project, "", "--hints", hints)
    assert "the records are of another program and are ignored" in ran.err
    assert "acme.cli, acme.engine" in ran.err


def test_records_of_other_sources_are_warned_of(pybuild: Pybuild, project: Path) -> None:
    assert pybuild("record", "--python", python311(), "-o", "seen.json", "app.py", folder=project).status == 0
    assert "warning" not in build(pybuild, project, "", "--hints", "seen.json").err
    (project / "app.py").write_text((project / "app.py").read_text().replace("    pass", "    return 1"))
    ran = build(pybuild, project, "", "--hints", "seen.json")
    assert "recorded functions are not in the program as they were recorded" in ran.err
    assert "@app.py: f" in ran.err
    assert "pybuild record" in ran.err


def test_records_of_another_python_are_refused(pybuild: Pybuild, project: Path) -> None:
    (project / "pybuild.toml").write_text(MANIFEST.format(mode="accelerated", modules=""))
    hints = write(project / "old.json", function("f", module="@app.py"), python="3.10.4", magic="6f0d0d0a")
    ran = pybuild("build", "--python", python311(), "--hints", hints, "--output-format", "json", folder=project)
    assert ran.status == 2
    (problem,) = json.loads(ran.stdout)["diagnostics"]
    assert "it was recorded with Python 3.10.4, the program is built for 3.11" in problem["message"]
    assert problem["line"] == 3
    assert problem["hint"]

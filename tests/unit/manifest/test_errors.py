"""Every error of a manifest, as the user reads it.

The cases are text, in `errors.txt`: a title, the command line's `--profile` and `--set` if the case needs them, the files, and
after `---` the whole output.  A file other than pybuild.toml is announced by `>>> NAME`.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pybuild.cli.diagnostics import Style, render
from pybuild.errors import UserError
from pybuild.manifest import load_manifest
from tests.unit.manifest.loading import LINUX, settings


@dataclass
class Case:
    title: str
    arguments: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    expected: str = ""


def read_cases(text: str) -> list[Case]:
    cases = []
    for block in text.split("\n=== ")[1:]:
        title, _, rest = block.partition("\n")
        given, _, expected = rest.partition("\n---\n")
        case = Case(title, expected=expected.strip("\n"))
        name = "pybuild.toml"
        for line in given.split("\n"):
            if line.startswith("$ "):
                case.arguments = shlex.split(line[2:])
            elif line.startswith(">>> "):
                name = line[4:]
            else:
                case.files[name] = f"{case.files.get(name, '')}{line}\n"
        cases.append(case)
    return cases


CASES = read_cases(Path(__file__).with_name("errors.txt").read_text())


def run(case: Case, folder: Path) -> str:
    """What loading and merging say."""
    for name, text in case.files.items():
        (folder / name).write_text(text)
    manifest = "pybuild.toml" if "pybuild.toml" in case.files else "pyproject.toml"
    options = dict.fromkeys(("--profile", "--set"), "")
    sets = [value for option, value in zip(case.arguments[::2], case.arguments[1::2], strict=True) if option == "--set"]
    options.update(zip(case.arguments[::2], case.arguments[1::2], strict=True))
    try:
        merged = load_manifest(folder / manifest).merge(LINUX, options["--profile"] or None, settings(*sets))
    except UserError as error:
        assert error.exit_status == 2
        assert all(diagnostic.code.startswith("manifest-") for diagnostic in error.diagnostics)
        found = error.diagnostics
    else:
        found = merged.warnings
    return "\n".join(render(diagnostic, Style(False), folder) for diagnostic in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_error(case: Case, tmp_path: Path) -> None:
    assert run(case, tmp_path) == case.expected


def test_titles_are_unique() -> None:
    assert len({case.title for case in CASES}) == len(CASES)

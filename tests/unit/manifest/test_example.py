"""pybuild.toml.example: it shows every key, it is right, and what it comments out is known but not available."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from pybuild.errors import UserError
from pybuild.manifest import load_manifest
from pybuild.manifest.fields import NotYet, Table
from pybuild.manifest.models import Document, Manifest, Profile
from pybuild.manifest.structure import fields_of, item_type, mark, tables_in, value_type
from tests.unit.manifest.loading import LINUX

EXAMPLE = Path(__file__).parents[3] / "pybuild.toml.example"
LINES = EXAMPLE.read_text().split("\n")
DISABLED = re.compile(r"#(\[|[\w-]+ = )")
KEYS = [number for number, line in enumerate(LINES) if re.match(r"#[\w-]+ = ", line)]


def example_with(number: int) -> str:
    """The example with line `number` enabled: its header too if that is disabled, and without the line of the same key."""
    lines = list(LINES)
    enabled = [number]
    header = next(i for i in range(number, -1, -1) if re.match(r"#?\[", lines[i]))
    if lines[header].startswith("#"):
        enabled.append(header)
    key = lines[number][1:].partition(" = ")[0]
    for index in enabled:
        lines[index] = lines[index][1:]
    for index in range(header, len(lines)):
        if index > number and lines[index].startswith("["):
            break
        if index != number and lines[index].startswith(f"{key} = "):
            lines[index] = ""
    return "\n".join(lines)


def load(text: str, folder: Path) -> None:
    path = folder / "pybuild.toml"
    path.write_text(text)
    (folder / "pyproject.toml").write_text('[project]\nname = "acme"\n[project.scripts]\nacme-server = "acme.server:main"\n')
    load_manifest(path).merge(LINUX, "release")


def test_it_is_right(tmp_path: Path) -> None:
    load("\n".join(LINES), tmp_path)


@pytest.mark.parametrize("number", KEYS, ids=lambda number: LINES[number][1:40])
def test_what_is_commented_out_is_not_available(number: int, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(example_with(number), tmp_path)
    assert [d.message for d in caught.value.diagnostics if not d.message.endswith(" is not available in this version")] == []
    assert [d.code for d in caught.value.diagnostics] == ["manifest-not-available"]


def keys_of(table: type[Table], path: str = "") -> Iterator[str]:
    """Every key of every table, as `build.mode`; of `[target.*]` and `[profile.*]` only that they are there."""
    for key, field in fields_of(table).items():
        here = f"{path}.{key}".strip(".")
        item = item_type(field.annotation)
        inner = (*tables_in(field.annotation), *(tables_in(item) if item is not None else ()))
        yield here
        if value_type(field.annotation) is None:
            for one in inner:
                if one.__name__ not in {"VersionAttr", "VersionFile"}:
                    yield from keys_of(one, here)


def written(values: object, path: str = "") -> Iterator[str]:
    """Every key that a document uses, without array indices."""
    if isinstance(values, dict):
        for key, value in values.items():
            here = f"{path}.{key}".strip(".")
            yield here
            yield from written(value, here)
    elif isinstance(values, list):
        for value in values:
            yield from written(value, path)


def test_every_key_is_shown() -> None:
    enabled = "\n".join(line[1:] if DISABLED.match(line) and not line.startswith("#mode") else line for line in LINES)
    assert set(keys_of(Document)) - set(written(tomli.loads(enabled))) == set()
    assert {f"profile.release.{key}" for key in set(fields_of(Profile)) - set(fields_of(Manifest))} <= set(written(tomli.loads(enabled)))


def test_every_word_that_is_not_available_is_shown() -> None:
    mode = mark(fields_of(Manifest.model_fields["build"].annotation)["mode"], NotYet)
    assert mode is not None
    assert {f'#mode = "{word}"' for word in mode.values} == {line for line in LINES if line.startswith("#mode")}


def test_every_disabled_key_has_the_mark_and_every_mark_is_disabled() -> None:
    """A key whose stage comes is enabled in the models and here together."""

    def marked(table: type[Table], path: str = "") -> Iterator[str]:
        for key, field in fields_of(table).items():
            later = mark(field, NotYet)
            here = f"{path}.{key}".strip(".")
            if later is not None:
                yield here
            elif value_type(field.annotation) is None:
                for one in tables_in(field.annotation):
                    yield from marked(one, here)

    section, disabled = "", set()
    for line in LINES:
        if match := re.match(r"(#?)\[+([\w.-]+)\]", line):
            section = match[2]
            disabled |= {section} if match[1] else set()
        elif (match := re.match(r"#([\w-]+) = ", line)) and section not in disabled:
            disabled.add(f"{section}.{match[1]}")
    assert disabled == set(marked(Manifest))
